package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A symbol's ticks, or its quotes, in one trailing window, and in the baselines that it is compared with.
 *
 * <p>A window over W is cut into steps of b = max(1 ms, ⌈W / 60⌉), aligned to the epoch. At a tick of time t it reaches
 * from ⌊t / b⌋ · b − 60 · b up to and including that tick: the step of the tick and the 60 before it. So it spans
 * between W and W + b, and costs the same however many ticks it holds.
 *
 * <p>A baseline is such a window in its turn, which ends where this one begins: what is dropped here goes there. So that
 * this comes out even, cells are cut at the steps of the baselines, too; as those are longer, each baseline adds at
 * most as many as there are without.
 */
final class TrailingWindow {

    private static final int STEPS = 60;
    private static final Baseline[] NO_BASELINES = {};

    private final long over;
    private final long step;
    private final Cells cells;
    private Baseline[] baselines = NO_BASELINES;

    /** The first time that the window reaches, for times before {@link #stepEnd}; they never go back. */
    private long begin;

    private long stepEnd = Long.MIN_VALUE;

    private static final class Baseline {
        private final long length;
        private final long step;
        private final Cells cells;
        private long begin;

        Baseline(long length, Cells cells) {
            this.length = length;
            this.step = stepOf(length);
            this.cells = cells;
        }
    }

    /** @param over the window's length in milliseconds */
    TrailingWindow(long over) {
        this(over, new Cells());
    }

    private TrailingWindow(long over, Cells cells) {
        this.over = over;
        this.step = stepOf(over);
        this.cells = cells;
    }

    private static long stepOf(long length) {
        return Math.max(1, (length + STEPS - 1) / STEPS);
    }

    long over() {
        return over;
    }

    /** Has what the rules need of this window, and nothing else. */
    void need(WindowNeed need) {
        cells.need(need.aspects(), need.since());
        Baseline[] needed = new Baseline[need.baselines().length];
        for (int i = 0; i < needed.length; i++) {
            WindowNeed of = need.baselines()[i];
            needed[i] = baselineOf(of.length());
            needed[i].cells.need(of.aspects(), of.since());
        }
        baselines = needed;
        stepEnd = Long.MIN_VALUE;
    }

    private Baseline baselineOf(long length) {
        for (Baseline baseline : baselines) {
            if (baseline.length == length) {
                return baseline;
            }
        }
        return new Baseline(length, new Cells());
    }

    boolean isEmpty() {
        boolean empty = cells.isEmpty();
        for (Baseline baseline : baselines) {
            empty &= baseline.cells.isEmpty();
        }
        return empty;
    }

    /** Drops what the window of a tick of this time, or of a later one, does not reach. */
    void advanceTo(long time) {
        if (time < stepEnd) {
            return;
        }
        long current = Math.floorDiv(time, step) * step;
        stepEnd = current + step;
        begin = current - STEPS * step;
        while (!cells.isEmpty() && cells.oldest().start() < begin) {
            Cell dropped = cells.oldest();
            for (Baseline baseline : baselines) {
                baseline.cells.add(floor(dropped.start(), baseline.step), dropped);
            }
            cells.dropOldest();
        }
        for (Baseline baseline : baselines) {
            baseline.begin = floor(begin, baseline.step) - STEPS * baseline.step;
            while (!baseline.cells.isEmpty() && baseline.cells.oldest().start() < baseline.begin) {
                baseline.cells.dropOldest();
            }
        }
    }

    private static long floor(long time, long step) {
        return Math.floorDiv(time, step) * step;
    }

    /**
     * Adds a tick that is not before any other in the window; the window has been advanced to it.
     *
     * @param change its change since the tick before in per cent, or NaN
     * @param side the aggressor
     */
    void add(Tick tick, double change, @Nullable Side side) {
        cells.add(cellStart(tick.time()), tick, change, side);
    }

    /** Adds a quote of this time, likewise. */
    void addQuote(long time) {
        cells.addQuote(cellStart(time));
    }

    private long cellStart(long time) {
        long start = floor(time, step);
        for (Baseline baseline : baselines) {
            start = Math.max(start, floor(time, baseline.step));
        }
        return start;
    }

    /** The first time that the window reaches. */
    long begin() {
        return begin;
    }

    /** The ticks in it. */
    Cells cells() {
        return cells;
    }

    /** The first time that a baseline reaches; it ends where the window begins. */
    long baselineBegin(int baseline) {
        return baselines[baseline].begin;
    }

    /** The ticks in a baseline. */
    Cells baseline(int baseline) {
        return baselines[baseline].cells;
    }

    TrailingWindow copy() {
        TrailingWindow copy = new TrailingWindow(over, cells.copy());
        copy.baselines = new Baseline[baselines.length];
        for (int i = 0; i < baselines.length; i++) {
            copy.baselines[i] = new Baseline(baselines[i].length, baselines[i].cells.copy());
        }
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(over);
        cells.writeTo(out);
        Varint.write(out, baselines.length);
        for (Baseline baseline : baselines) {
            out.writeLong(baseline.length);
            baseline.cells.writeTo(out);
        }
    }

    static TrailingWindow readFrom(DataInput in) throws IOException {
        TrailingWindow window = new TrailingWindow(in.readLong(), Cells.readFrom(in));
        window.baselines = new Baseline[(int) Varint.read(in)];
        for (int i = 0; i < window.baselines.length; i++) {
            window.baselines[i] = new Baseline(in.readLong(), Cells.readFrom(in));
        }
        return window;
    }
}
