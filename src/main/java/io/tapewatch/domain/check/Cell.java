package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.exact.Deviation;
import io.tapewatch.domain.exact.ExactSum;
import io.tapewatch.domain.exact.WideDecimal;
import io.tapewatch.domain.rule.Aspect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.NullUnmarked;

/**
 * One stretch of time of a window: those aspects of its ticks, or of its quotes, that the rules need.
 *
 * <p>Its aspects say which sums it has; no type does. Nobody asks for the sum of an aspect that is not kept.
 *
 * <p>Prices and sizes are pairs of {@link Decimals}, and their sums exact. A return is a quotient, and so the nearest double;
 * sums of these doubles and of their squares are exact in their turn.
 */
@NullUnmarked
final class Cell {

    /** Within these a return and its square are added exactly; those beyond are taken to the nearest within. */
    private static final double LARGEST_RETURN = 0x1p62;

    private static final double SMALLEST_RETURN = 0x1p-43;
    private static final double RETURN_UNIT = 0x1p-96;

    private long start;
    private long firstUnits;
    private int firstScale;
    private boolean keepsRange;
    private long highUnits;
    private int highScale;
    private long lowUnits;
    private int lowScale;
    private long count;
    private long sized;
    private long returns;
    private WideDecimal sizes;
    private WideDecimal turnover;
    private ExactSum returnSum;
    private ExactSum squaredReturns;
    private WideDecimal bought;
    private WideDecimal sold;

    /** Makes it an empty one of another stretch. */
    void begin(long start, int aspects) {
        this.start = start;
        count = 0;
        sized = 0;
        returns = 0;
        firstUnits = 0;
        firstScale = 0;
        highUnits = 0;
        highScale = 0;
        lowUnits = 0;
        lowScale = 0;
        keep(aspects);
        if (sizes != null) {
            sizes.clear();
        }
        if (turnover != null) {
            turnover.clear();
        }
        if (returnSum != null) {
            returnSum.clear();
            squaredReturns.clear();
        }
        if (bought != null) {
            bought.clear();
            sold.clear();
        }
    }

    /** Has what these aspects need, and nothing else. */
    void keep(int aspects) {
        keepsRange = Aspects.has(aspects, Aspect.RANGE);
        boolean hasSizes = Aspects.has(aspects, Aspect.SIZES);
        sizes = !hasSizes ? null : sizes == null ? WideDecimal.sum() : sizes;
        boolean hasTurnover = Aspects.has(aspects, Aspect.TURNOVER);
        turnover = !hasTurnover ? null : turnover == null ? WideDecimal.sumOfProducts() : turnover;
        boolean hasReturns = Aspects.has(aspects, Aspect.RETURNS);
        returnSum = !hasReturns ? null : returnSum == null ? new ExactSum() : returnSum;
        squaredReturns = !hasReturns ? null : squaredReturns == null ? new ExactSum() : squaredReturns;
        boolean hasSides = Aspects.has(aspects, Aspect.SIDES);
        bought = !hasSides ? null : bought == null ? WideDecimal.sum() : bought;
        sold = !hasSides ? null : sold == null ? WideDecimal.sum() : sold;
    }

    long start() {
        return start;
    }

    /** The units of the first price. */
    long firstUnits() {
        return firstUnits;
    }

    /** Its scale. */
    int firstScale() {
        return firstScale;
    }

    /** The units of the highest price. */
    long highUnits() {
        return highUnits;
    }

    /** Its scale. */
    int highScale() {
        return highScale;
    }

    /** The units of the lowest price. */
    long lowUnits() {
        return lowUnits;
    }

    /** Its scale. */
    int lowScale() {
        return lowScale;
    }

    long count() {
        return count;
    }

    long sized() {
        return sized;
    }

    long returns() {
        return returns;
    }

    WideDecimal sizes() {
        return sizes;
    }

    WideDecimal turnover() {
        return turnover;
    }

    WideDecimal bought() {
        return bought;
    }

    WideDecimal sold() {
        return sold;
    }

    /** The sample standard deviation of the returns, two at least. */
    double deviation() {
        return Deviation.of(returnSum, squaredReturns, returns);
    }

    /** Adds a quote. */
    void addQuote() {
        count++;
    }

    /**
     * Adds a tick.
     *
     * @param change its change since the tick before in per cent, or NaN
     * @param side the aggressor, or null
     */
    void add(Tick tick, double change, Side side) {
        long price = tick.priceUnits();
        int priceScale = tick.priceScale();
        if (count == 0) {
            firstUnits = price;
            firstScale = priceScale;
        }
        if (keepsRange) {
            widen(price, priceScale, price, priceScale);
        }
        count++;
        if (tick.hasSize()) {
            sized++;
            if (sizes != null) {
                sizes.add(tick.sizeUnits(), tick.sizeScale());
            }
            if (turnover != null) {
                turnover.addProduct(price, priceScale, tick.sizeUnits(), tick.sizeScale());
            }
            if (bought != null && side != null) {
                (side == Side.BUY ? bought : sold).add(tick.sizeUnits(), tick.sizeScale());
            }
        }
        if (returnSum != null && !Double.isNaN(change)) {
            double bounded = bounded(change);
            returns++;
            returnSum.add(bounded);
            squaredReturns.addProduct(bounded, bounded);
        }
    }

    /** Takes a highest and a lowest price into the range; of an empty stretch, they are it. */
    private void widen(long high, int scaleOfHigh, long low, int scaleOfLow) {
        if (count == 0 || Decimals.compare(high, scaleOfHigh, highUnits, highScale) > 0) {
            highUnits = high;
            highScale = scaleOfHigh;
        }
        if (count == 0 || Decimals.compare(low, scaleOfLow, lowUnits, lowScale) < 0) {
            lowUnits = low;
            lowScale = scaleOfLow;
        }
    }

    private static double bounded(double change) {
        if (Math.abs(change) < SMALLEST_RETURN) {
            return Math.rint(change / RETURN_UNIT) * RETURN_UNIT;
        }
        return Math.max(-LARGEST_RETURN, Math.min(LARGEST_RETURN, change));
    }

    /** Adds what a later stretch holds. */
    void add(Cell later) {
        if (count == 0) {
            firstUnits = later.firstUnits;
            firstScale = later.firstScale;
        }
        if (keepsRange) {
            widen(later.highUnits, later.highScale, later.lowUnits, later.lowScale);
        }
        addSums(later);
    }

    private void addSums(Cell other) {
        count += other.count;
        sized += other.sized;
        returns += other.returns;
        if (sizes != null && other.sizes != null) {
            sizes.add(other.sizes);
        }
        if (turnover != null && other.turnover != null) {
            turnover.add(other.turnover);
        }
        if (returnSum != null && other.returnSum != null) {
            returnSum.add(other.returnSum);
            squaredReturns.add(other.squaredReturns);
        }
        if (bought != null && other.bought != null) {
            bought.add(other.bought);
            sold.add(other.sold);
        }
    }

    /** Takes the counts and sums of a part of it away. */
    void subtractSums(Cell part) {
        count -= part.count;
        sized -= part.sized;
        returns -= part.returns;
        if (sizes != null && part.sizes != null) {
            sizes.subtract(part.sizes);
        }
        if (turnover != null && part.turnover != null) {
            turnover.subtract(part.turnover);
        }
        if (returnSum != null && part.returnSum != null) {
            returnSum.subtract(part.returnSum);
            squaredReturns.subtract(part.squaredReturns);
        }
        if (bought != null && part.bought != null) {
            bought.subtract(part.bought);
            sold.subtract(part.sold);
        }
    }

    void writeTo(DataOutput out, long from, int aspects) throws IOException {
        Varint.write(out, start - from);
        if (Aspects.has(aspects, Aspect.FIRST)) {
            writePrice(out, firstUnits, firstScale);
        }
        if (Aspects.has(aspects, Aspect.RANGE)) {
            writePrice(out, highUnits, highScale);
            writePrice(out, lowUnits, lowScale);
        }
        if (Aspects.has(aspects, Aspect.COUNT)) {
            Varint.write(out, count);
        }
        if (sizes != null) {
            Varint.write(out, sized);
            sizes.writeTo(out);
        }
        if (turnover != null) {
            turnover.writeTo(out);
        }
        if (returnSum != null) {
            Varint.write(out, returns);
            returnSum.writeTo(out);
            squaredReturns.writeTo(out);
        }
        if (bought != null) {
            bought.writeTo(out);
            sold.writeTo(out);
        }
    }

    private static void writePrice(DataOutput out, long units, int scale) throws IOException {
        out.writeByte(scale);
        Varint.writeSigned(out, units);
    }

    /** Reads what {@link #writeTo} wrote; what was not needed is as in a stretch of one tick at no price. */
    void readFrom(DataInput in, long from, int aspects) throws IOException {
        begin(from + Varint.read(in), aspects);
        count = 1;
        if (Aspects.has(aspects, Aspect.FIRST)) {
            firstScale = in.readByte();
            firstUnits = Varint.readSigned(in);
        }
        if (Aspects.has(aspects, Aspect.RANGE)) {
            highScale = in.readByte();
            highUnits = Varint.readSigned(in);
            lowScale = in.readByte();
            lowUnits = Varint.readSigned(in);
        }
        if (Aspects.has(aspects, Aspect.COUNT)) {
            count = Varint.read(in);
        }
        if (sizes != null) {
            sized = Varint.read(in);
            sizes.readFrom(in);
        }
        if (turnover != null) {
            turnover.readFrom(in);
        }
        if (returnSum != null) {
            returns = Varint.read(in);
            returnSum.readFrom(in);
            squaredReturns.readFrom(in);
        }
        if (bought != null) {
            bought.readFrom(in);
            sold.readFrom(in);
        }
    }
}
