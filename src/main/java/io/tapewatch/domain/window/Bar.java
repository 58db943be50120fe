package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.ExactSum;
import io.tapewatch.domain.exact.Figures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What some ticks of one symbol add up to: open, high, low, close, and the sums behind mean, deviation, volume and VWAP.
 *
 * <p>Adding ticks and merging bars is commutative and associative to the last bit: the same ticks make an equal bar in
 * any order and any grouping. The first and the last tick are those of {@link Tick#compareTo}, the sums are exact, and
 * every figure is the double nearest the exact value (of two equally near, the even one) of the doubles that came in.
 *
 * <p>Prices and sizes are 0 or have a magnitude from 10⁻¹² to 10¹²; sizes are not negative. A zero is a zero: of −0.0
 * the sign is dropped, or the order of ticks would show in it.
 *
 * <p>An empty bar has its counts, no deviation, VWAP, volume or turnover, and nothing else: what asks it for more throws
 * an {@link IllegalStateException}.
 */
public final class Bar {

    /** The layout that {@link #writeTo} writes. */
    private static final int LAYOUT = 0;

    private long count;
    private long sizedCount;

    private double open;
    private double high;
    private double low;
    private double close;

    private final Position first = new Position();
    private final Position last = new Position();
    private long highTime;
    private long lowTime;

    private final ExactSum prices = new ExactSum();
    private final ExactSum squaredPrices = new ExactSum();
    private final ExactSum sizes = new ExactSum();
    private final ExactSum turnovers = new ExactSum();

    /**
     * Adds a tick.
     *
     * @throws IllegalArgumentException if its price or size is so far out of range that the sums cannot hold it; the
     *     bar must not be used any more
     */
    public void add(Tick tick) {
        double price = tick.priceNearest() + 0.0; // −0.0 + 0.0 is 0.0
        if (count == 0 || first.isAfter(tick)) {
            open = price;
            first.set(tick);
        }
        if (count == 0 || last.isBefore(tick)) {
            close = price;
            last.set(tick);
        }
        raiseHigh(price, tick.time());
        reachLow(price, tick.time());
        prices.add(price);
        squaredPrices.addProduct(price, price);
        if (tick.hasSize()) {
            sizes.add(tick.sizeNearest());
            turnovers.addProduct(price, tick.sizeNearest());
            sizedCount++;
        }
        count++;
    }

    /** Adds all ticks of another bar of the same symbol; no tick may be in both. */
    public void merge(Bar other) {
        if (other.isEmpty()) {
            return;
        }
        if (count == 0 || other.first.isBefore(first)) {
            open = other.open;
            first.set(other.first);
        }
        if (count == 0 || last.isBefore(other.last)) {
            close = other.close;
            last.set(other.last);
        }
        raiseHigh(other.high, other.highTime);
        reachLow(other.low, other.lowTime);
        prices.add(other.prices);
        squaredPrices.add(other.squaredPrices);
        sizes.add(other.sizes);
        turnovers.add(other.turnovers);
        sizedCount += other.sizedCount;
        count += other.count;
    }

    private void raiseHigh(double price, long time) {
        if (count == 0 || price > high) {
            high = price;
            highTime = time;
        } else if (price == high) {
            highTime = Math.min(highTime, time);
        }
    }

    private void reachLow(double price, long time) {
        if (count == 0 || price < low) {
            low = price;
            lowTime = time;
        } else if (price == low) {
            lowTime = Math.min(lowTime, time);
        }
    }

    /** A bar of the same ticks that goes its own way from here. */
    public Bar copy() {
        Bar copy = new Bar();
        copy.merge(this);
        return copy;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The number of ticks. */
    public long count() {
        return count;
    }

    /** The number of ticks that carried a size, be it zero. */
    public long sizedCount() {
        return sizedCount;
    }

    /** The price of the first tick. */
    public double open() {
        requireTicks();
        return open;
    }

    /** The highest price. */
    public double high() {
        requireTicks();
        return high;
    }

    /** The lowest price. */
    public double low() {
        requireTicks();
        return low;
    }

    /** The price of the last tick. */
    public double close() {
        requireTicks();
        return close;
    }

    /** The event time of the first tick, in epoch milliseconds. */
    public long firstTime() {
        requireTicks();
        return first.time();
    }

    /** The event time of the last tick, in epoch milliseconds. */
    public long lastTime() {
        requireTicks();
        return last.time();
    }

    /** The earliest event time, in epoch milliseconds, at which the price was the highest. */
    public long highTime() {
        requireTicks();
        return highTime;
    }

    /** The earliest event time, in epoch milliseconds, at which the price was the lowest. */
    public long lowTime() {
        requireTicks();
        return lowTime;
    }

    /** The arithmetic mean of the prices, each tick counting once: Σ price / count. */
    public double mean() {
        requireTicks();
        return Figures.mean(prices, count);
    }

    /**
     * The sample standard deviation of the prices, √((n Σp² − (Σp)²) / (n (n − 1))), or null with fewer than two ticks.
     */
    public @Nullable Double stddev() {
        return count < 2 ? null : Figures.deviation(prices, squaredPrices, count);
    }

    /**
     * The volume-weighted average price, Σ price · size / Σ size over the ticks that carried a size, or null when that
     * volume is zero.
     */
    public @Nullable Double vwap() {
        return sizes.isZero() ? null : Figures.quotient(turnovers, sizes);
    }

    /** Σ size, or null when no tick carried a size. */
    public @Nullable Double volume() {
        return sizedCount == 0 ? null : sizes.doubleValue();
    }

    /** Σ price · size, or null when no tick carried a size. */
    public @Nullable Double turnover() {
        return turnover(1);
    }

    /** The same, times a factor that is finite and above zero: the multiplier of the instrument. */
    @Nullable
    Double turnover(double multiplier) {
        return sizedCount == 0 ? null : Figures.times(turnovers, multiplier);
    }

    /**
     * Writes the bar: a byte that names the layout, then the counts, the four prices, the times as differences, and the
     * sums. A minute of fifty trades takes about 150 bytes.
     */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        Varint.write(out, count);
        if (count == 0) {
            return;
        }
        Varint.write(out, sizedCount);
        out.writeDouble(open);
        out.writeDouble(high);
        out.writeDouble(low);
        out.writeDouble(close);
        first.writeTo(out, new Position());
        last.writeTo(out, first);
        Varint.write(out, highTime - first.time());
        Varint.write(out, lowTime - first.time());
        prices.writeTo(out);
        squaredPrices.writeTo(out);
        sizes.writeTo(out);
        turnovers.writeTo(out);
    }

    /**
     * Reads a bar that {@link #writeTo} wrote.
     *
     * @throws IOException if the layout is not one that this version knows, or the bytes are not a bar
     */
    public static Bar readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("A bar in layout " + layout + ", but only layout " + LAYOUT + " is known here");
        }
        Bar bar = new Bar();
        bar.count = Varint.read(in);
        if (bar.count == 0) {
            return bar;
        }
        bar.sizedCount = Varint.read(in);
        bar.open = in.readDouble();
        bar.high = in.readDouble();
        bar.low = in.readDouble();
        bar.close = in.readDouble();
        bar.first.readFrom(in, new Position());
        bar.last.readFrom(in, bar.first);
        bar.highTime = bar.first.time() + Varint.read(in);
        bar.lowTime = bar.first.time() + Varint.read(in);
        bar.prices.readFrom(in);
        bar.squaredPrices.readFrom(in);
        bar.sizes.readFrom(in);
        bar.turnovers.readFrom(in);
        return bar;
    }

    /** Whether the other is a bar that cannot be told from this one, now or after whatever is added to both. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bar bar
                && count == bar.count
                && sizedCount == bar.sizedCount
                && Double.compare(open, bar.open) == 0
                && Double.compare(high, bar.high) == 0
                && Double.compare(low, bar.low) == 0
                && Double.compare(close, bar.close) == 0
                && first.equals(bar.first)
                && last.equals(bar.last)
                && highTime == bar.highTime
                && lowTime == bar.lowTime
                && prices.equals(bar.prices)
                && squaredPrices.equals(bar.squaredPrices)
                && sizes.equals(bar.sizes)
                && turnovers.equals(bar.turnovers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                count,
                sizedCount,
                open,
                high,
                low,
                close,
                first,
                last,
                highTime,
                lowTime,
                prices,
                squaredPrices,
                sizes,
                turnovers);
    }

    @Override
    public String toString() {
        return count == 0
                ? "Bar[empty]"
                : "Bar[count=%d, open=%s, high=%s, low=%s, close=%s, from %d to %d, volume=%s, turnover=%s]"
                        .formatted(count, open, high, low, close, first.time(), last.time(), volume(), turnover());
    }

    private void requireTicks() {
        if (count == 0) {
            throw new IllegalStateException("An empty bar has no prices and no times");
        }
    }
}
