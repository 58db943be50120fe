package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.ExactSum;
import io.tapewatch.domain.exact.Figures;
import io.tapewatch.domain.rule.Aspect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.NullUnmarked;

/**
 * One stretch of time of a window: those aspects of its ticks, or of its quotes, that the rules need.
 *
 * <p>Its aspects say which sums it has; no type does. Nobody asks for the sum of an aspect that is not kept.
 */
@NullUnmarked
final class Cell {

    /** Within these a return and its square are added exactly; those beyond are taken to the nearest within. */
    private static final double LARGEST_RETURN = 0x1p62;

    private static final double SMALLEST_RETURN = 0x1p-43;
    private static final double RETURN_UNIT = 0x1p-96;

    private long start;
    private double first;
    private double high;
    private double low;
    private long count;
    private long sized;
    private long returns;
    private ExactSum sizes;
    private ExactSum turnover;
    private ExactSum returnSum;
    private ExactSum squaredReturns;
    private ExactSum bought;
    private ExactSum sold;

    /** Makes it an empty one of another stretch. */
    void begin(long start, int aspects) {
        this.start = start;
        count = 0;
        sized = 0;
        returns = 0;
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

    /** Has the sums for these aspects, and no others. */
    void keep(int aspects) {
        sizes = sum(sizes, Aspect.SIZES, aspects);
        turnover = sum(turnover, Aspect.TURNOVER, aspects);
        returnSum = sum(returnSum, Aspect.RETURNS, aspects);
        squaredReturns = sum(squaredReturns, Aspect.RETURNS, aspects);
        bought = sum(bought, Aspect.SIDES, aspects);
        sold = sum(sold, Aspect.SIDES, aspects);
    }

    private static ExactSum sum(ExactSum sum, Aspect aspect, int aspects) {
        return !Aspects.has(aspects, aspect) ? null : sum == null ? new ExactSum() : sum;
    }

    long start() {
        return start;
    }

    double first() {
        return first;
    }

    double high() {
        return high;
    }

    double low() {
        return low;
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

    ExactSum sizes() {
        return sizes;
    }

    ExactSum turnover() {
        return turnover;
    }

    ExactSum bought() {
        return bought;
    }

    ExactSum sold() {
        return sold;
    }

    /** The sample standard deviation of the returns, two at least. */
    double deviation() {
        return Figures.deviation(returnSum, squaredReturns, returns);
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
        double price = tick.priceNearest();
        if (count == 0) {
            first = price;
        }
        high = count == 0 ? price : Math.max(high, price);
        low = count == 0 ? price : Math.min(low, price);
        count++;
        if (tick.hasSize()) {
            sized++;
            if (sizes != null) {
                sizes.add(tick.sizeNearest());
            }
            if (turnover != null) {
                turnover.addProduct(price, tick.sizeNearest());
            }
            if (bought != null && side != null) {
                (side == Side.BUY ? bought : sold).add(tick.sizeNearest());
            }
        }
        if (returnSum != null && !Double.isNaN(change)) {
            double bounded = bounded(change);
            returns++;
            returnSum.add(bounded);
            squaredReturns.addProduct(bounded, bounded);
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
            first = later.first;
        }
        high = count == 0 ? later.high : Math.max(high, later.high);
        low = count == 0 ? later.low : Math.min(low, later.low);
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
            out.writeDouble(first);
        }
        if (Aspects.has(aspects, Aspect.RANGE)) {
            out.writeDouble(high);
            out.writeDouble(low);
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

    /** Reads what {@link #writeTo} wrote; what was not needed is as in a stretch of one tick at no price. */
    void readFrom(DataInput in, long from, int aspects) throws IOException {
        begin(from + Varint.read(in), aspects);
        count = 1;
        if (Aspects.has(aspects, Aspect.FIRST)) {
            first = in.readDouble();
        }
        if (Aspects.has(aspects, Aspect.RANGE)) {
            high = in.readDouble();
            low = in.readDouble();
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
