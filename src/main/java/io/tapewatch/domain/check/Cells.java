package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.rule.Aspect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cells that follow each other, of the ticks in a window: a new one at its head, the oldest dropped from its tail, and
 * what all of them add up to. Cells are used anew, so that nothing is allocated once there are enough.
 */
final class Cells {

    private static final Cell[] NONE = {};
    private static final int FIRST_CAPACITY = 4;

    /** For each aspect that is needed: it is known of ticks after this time. */
    private final long[] since = new long[Aspects.ALL.length];

    /** All of them are known of ticks after this time. */
    private long allSince;

    /** The aspects that are needed, a bit each. */
    private int aspects;

    // A ring, the oldest cell at tail. The capacity is 0 or a power of two; what is in no use may be null.
    private Cell[] cells = NONE;
    private int tail;
    private int size;

    private final Cell total = new Cell();

    /** Whether the cells with the highest and the lowest price are known: not once one of them was dropped. */
    private boolean knowsRange;

    private long highUnits;
    private int highScale;
    private long lowUnits;
    private int lowScale;

    /**
     * Says which aspects are needed. What was needed before goes on as it was; what is new is known from here on; what is
     * not needed any more is dropped.
     *
     * @param knownSince for each aspect the time after which it is known
     */
    void need(int needed, long[] knownSince) {
        for (Aspect aspect : Aspects.ALL) {
            if (Aspects.has(needed, aspect) && !Aspects.has(aspects, aspect)) {
                since[aspect.ordinal()] = knownSince[aspect.ordinal()];
            }
        }
        keep(needed);
        for (int i = 0; i < size; i++) {
            cell(i).keep(needed);
        }
    }

    private void keep(int needed) {
        aspects = needed;
        allSince = Long.MIN_VALUE;
        for (Aspect aspect : Aspects.ALL) {
            allSince = Aspects.has(needed, aspect) ? Math.max(allSince, since[aspect.ordinal()]) : allSince;
        }
        total.keep(needed & ~Aspects.bit(Aspect.RANGE)); // its sums are asked for, and no more
        knowsRange = false;
    }

    boolean needs(Aspect aspect) {
        return Aspects.has(aspects, aspect);
    }

    /** Whether these aspects are known of all ticks from this time on. */
    boolean areKnownFrom(long time, int asked) {
        return time > allSince && Aspects.hasAll(aspects, asked) || areSeverallyKnown(time, asked);
    }

    private boolean areSeverallyKnown(long time, int asked) {
        for (Aspect aspect : Aspects.ALL) {
            if (Aspects.has(asked, aspect) && !(Aspects.has(aspects, aspect) && time > since[aspect.ordinal()])) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Cell oldest() {
        return cells[tail];
    }

    /** The counts and sums of all of them. */
    Cell total() {
        return total;
    }

    /** The units of the highest price; there is a cell. */
    long highUnits() {
        lookUpRange();
        return highUnits;
    }

    /** Its scale. */
    int highScale() {
        lookUpRange();
        return highScale;
    }

    /** The units of the lowest price; there is a cell. */
    long lowUnits() {
        lookUpRange();
        return lowUnits;
    }

    /** Its scale. */
    int lowScale() {
        lookUpRange();
        return lowScale;
    }

    private void lookUpRange() {
        if (knowsRange) {
            return;
        }
        Cell oldest = oldest();
        highUnits = oldest.highUnits();
        highScale = oldest.highScale();
        lowUnits = oldest.lowUnits();
        lowScale = oldest.lowScale();
        for (int i = 1; i < size; i++) {
            Cell cell = cell(i);
            widen(cell.highUnits(), cell.highScale(), cell.lowUnits(), cell.lowScale());
        }
        knowsRange = true;
    }

    private void widen(long high, int scaleOfHigh, long low, int scaleOfLow) {
        if (Decimals.compare(high, scaleOfHigh, highUnits, highScale) > 0) {
            highUnits = high;
            highScale = scaleOfHigh;
        }
        if (Decimals.compare(low, scaleOfLow, lowUnits, lowScale) < 0) {
            lowUnits = low;
            lowScale = scaleOfLow;
        }
    }

    /** Adds a quote to the cell of this start, which is the latest or a new one. */
    void addQuote(long start) {
        latest(start).addQuote();
        total.addQuote();
    }

    /** Adds a tick to the cell of this start, which is the latest or a new one. */
    void add(long start, Tick tick, double change, @Nullable Side side) {
        latest(start).add(tick, change, side);
        total.add(tick, change, side);
        if (knowsRange) {
            widen(tick.priceUnits(), tick.priceScale(), tick.priceUnits(), tick.priceScale());
        }
    }

    /** Adds what a cell holds to the cell of this start, which is the latest or a new one. */
    void add(long start, Cell cell) {
        latest(start).add(cell);
        total.add(cell);
        if (knowsRange) {
            widen(cell.highUnits(), cell.highScale(), cell.lowUnits(), cell.lowScale());
        }
    }

    private Cell latest(long start) {
        if (size > 0 && cell(size - 1).start() == start) {
            return cell(size - 1);
        }
        return append(start);
    }

    private Cell append(long start) {
        if (size == cells.length) {
            resize(Math.max(FIRST_CAPACITY, 2 * size));
        }
        knowsRange &= size > 0;
        int place = (tail + size) & (cells.length - 1);
        if (cells[place] == null) {
            cells[place] = new Cell();
        }
        cells[place].begin(start, aspects);
        size++;
        return cells[place];
    }

    void dropOldest() {
        Cell dropped = oldest();
        total.subtractSums(dropped);
        knowsRange &= Decimals.compare(dropped.highUnits(), dropped.highScale(), highUnits, highScale) < 0
                && Decimals.compare(dropped.lowUnits(), dropped.lowScale(), lowUnits, lowScale) > 0;
        tail = (tail + 1) & (cells.length - 1);
        size--;
        if (size == 0) {
            total.begin(0, aspects); // also to keep its sums as coarsely as what comes next
        }
    }

    private Cell cell(int index) {
        return cells[(tail + index) & (cells.length - 1)];
    }

    private void resize(int capacity) {
        Cell[] larger = new Cell[capacity];
        for (int i = 0; i < size; i++) {
            larger[i] = cell(i);
        }
        cells = larger;
        tail = 0;
    }

    Cells copy() {
        Cells copy = new Cells();
        System.arraycopy(since, 0, copy.since, 0, since.length);
        copy.keep(aspects);
        for (int i = 0; i < size; i++) {
            copy.add(cell(i).start(), cell(i));
        }
        return copy;
    }

    /** Writes which aspects there are and since when, then of each cell its start, as a difference, and these. */
    void writeTo(DataOutput out) throws IOException {
        Aspects.write(out, aspects);
        for (Aspect aspect : Aspects.ALL) {
            if (Aspects.has(aspects, aspect)) {
                writeTime(out, since[aspect.ordinal()]);
            }
        }
        Varint.write(out, size);
        if (size > 0) {
            out.writeLong(oldest().start());
        }
        for (int i = 0; i < size; i++) {
            cell(i).writeTo(out, cell(Math.max(0, i - 1)).start(), aspects);
        }
    }

    static Cells readFrom(DataInput in) throws IOException {
        Cells read = new Cells();
        Arrays.fill(read.since, Long.MIN_VALUE);
        int needed = Aspects.read(in);
        for (Aspect aspect : Aspects.ALL) {
            if (Aspects.has(needed, aspect)) {
                read.since[aspect.ordinal()] = readTime(in);
            }
        }
        read.keep(needed);
        long size = Varint.read(in);
        long start = size > 0 ? in.readLong() : 0;
        Cell cell = new Cell();
        for (long left = size; left > 0; left--) {
            cell.readFrom(in, start, needed);
            start = cell.start();
            read.add(start, cell);
        }
        return read;
    }

    /** A time that is usually the least there is. */
    private static void writeTime(DataOutput out, long time) throws IOException {
        out.writeBoolean(time != Long.MIN_VALUE);
        if (time != Long.MIN_VALUE) {
            out.writeLong(time);
        }
    }

    private static long readTime(DataInput in) throws IOException {
        return in.readBoolean() ? in.readLong() : Long.MIN_VALUE;
    }
}
