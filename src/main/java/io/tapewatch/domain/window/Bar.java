package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Amount;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.exact.TickSums;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What some ticks of one symbol add up to: open, high, low, close, and the sums behind mean, deviation, volume and VWAP.
 *
 * <p>Its figures are those of the ticks that may set all prices: without sale conditions, of all. The others are kept
 * {@linkplain Aside aside}; {@link #view} has the figures of all, as a window sees them.
 *
 * <p>Adding ticks and merging bars is commutative and associative to the last digit: the same ticks make an equal bar in
 * any order and any grouping. The first and the last tick are those of {@link Tick#compareTo}. Prices and sums are exact
 * decimals. Mean, deviation and VWAP are the doubles nearest the exact values (of two equally near, the even one).
 *
 * <p>Bars are equal by their values. How many zeros a sum is kept with at its end is no part of it.
 *
 * <p>A bar without a tick that may set all prices has its counts, no deviation, VWAP, volume or turnover, and nothing else:
 * what asks it for more throws an {@link IllegalStateException}.
 */
public final class Bar {

    /** The layout of a bar with nothing aside. */
    private static final int LAYOUT = 1;

    /** The layout of a bar and what is aside of it. */
    private static final int LAYOUT_WITH_ASIDE = 2;

    private long count;
    private long sizedCount;

    // Pairs of Decimals: a tick makes no object.
    private long openUnits;
    private int openScale;
    private long highUnits;
    private int highScale;
    private long lowUnits;
    private int lowScale;
    private long closeUnits;
    private int closeScale;

    private final Position first = new Position();
    private final Position last = new Position();
    private long highTime;
    private long lowTime;

    private final TickSums sums = new TickSums();

    /** The prints that may not set all prices, and what else few bars have; null for nothing. */
    private @Nullable Aside aside;

    /** Adds a tick that counts for all. */
    public void add(Tick tick) {
        add(tick, tick.hasSize());
    }

    /**
     * Adds a tick that counts for some.
     *
     * @param days the days of which a tick can be the first
     */
    public void add(Tick tick, Eligibility eligibility, FirstsOfDays days) {
        if (eligibility.last() == Eligibility.Last.YES) {
            add(tick, tick.hasSize() && eligibility.volume());
        } else {
            openAside().add(tick, eligibility, days);
        }
    }

    private Aside openAside() {
        Aside opened = aside;
        if (opened == null) {
            opened = new Aside();
            aside = opened;
        }
        return opened;
    }

    /** @param sized whether its size counts; it has one then */
    void add(Tick tick, boolean sized) {
        long price = tick.priceUnits();
        int scale = tick.priceScale();
        if (count == 0 || first.isAfter(tick)) {
            setOpen(price, scale);
            first.set(tick);
        }
        if (count == 0 || last.isBefore(tick)) {
            setClose(price, scale);
            last.set(tick);
        }
        raiseHigh(price, scale, tick.time());
        reachLow(price, scale, tick.time());
        if (sized) {
            sums.add(price, scale, tick.sizeUnits(), tick.sizeScale());
            sizedCount++;
        } else {
            sums.add(price, scale);
        }
        count++;
    }

    /**
     * Takes a tick away that was added before, with the same eligibility and days. Counts and sums go back exactly.
     *
     * @return whether the tick was the first, the last, the highest, the lowest or the first of a day: then the bar is to be
     *     built anew from the ticks that are left, and not to be read before
     * @throws IllegalStateException if there is no such tick
     */
    public boolean subtract(Tick tick, Eligibility eligibility, FirstsOfDays days) {
        if (eligibility.last() == Eligibility.Last.YES) {
            return subtract(tick, tick.hasSize() && eligibility.volume());
        }
        if (aside == null) {
            throw new IllegalStateException("Nothing is aside of the bar");
        }
        boolean isBroken = aside.subtract(tick, eligibility, days);
        if (aside.isEmpty()) {
            aside = null;
        }
        return isBroken;
    }

    /** @param sized whether its size was counted */
    boolean subtract(Tick tick, boolean sized) {
        requireTicks();
        long price = tick.priceUnits();
        int scale = tick.priceScale();
        if (count == 1) {
            clear();
            return false;
        }
        if (sized) {
            sums.subtract(price, scale, tick.sizeUnits(), tick.sizeScale());
            sizedCount--;
        } else {
            sums.subtract(price, scale);
        }
        count--;
        return first.isAt(tick)
                || last.isAt(tick)
                || tick.time() == highTime && Decimals.compare(price, scale, highUnits, highScale) == 0
                || tick.time() == lowTime && Decimals.compare(price, scale, lowUnits, lowScale) == 0;
    }

    /** Forgets all ticks, so that it can be built anew; what is missing stays. */
    void clearTicks() {
        long missing = missing();
        clear();
        aside = null;
        addMissing(missing);
    }

    private void clear() {
        count = 0;
        sizedCount = 0;
        setOpen(0, 0);
        setClose(0, 0);
        highUnits = 0;
        highScale = 0;
        highTime = 0;
        lowUnits = 0;
        lowScale = 0;
        lowTime = 0;
        first.set(new Position());
        last.set(new Position());
        sums.clear();
    }

    /** Adds all ticks of another bar of the same symbol, and what it misses; no tick may be in both. */
    public void merge(Bar other) {
        if (other.aside != null) {
            openAside().merge(other.aside);
        }
        mergePlain(other);
    }

    /** Adds the ticks of another bar that may set all prices. */
    void mergePlain(Bar other) {
        if (other.count == 0) {
            return;
        }
        if (count == 0 || other.first.isBefore(first)) {
            setOpen(other.openUnits, other.openScale);
            first.set(other.first);
        }
        if (count == 0 || last.isBefore(other.last)) {
            setClose(other.closeUnits, other.closeScale);
            last.set(other.last);
        }
        raiseHigh(other.highUnits, other.highScale, other.highTime);
        reachLow(other.lowUnits, other.lowScale, other.lowTime);
        sums.merge(other.sums);
        sizedCount += other.sizedCount;
        count += other.count;
    }

    private void setOpen(long price, int scale) {
        openUnits = price;
        openScale = scale;
    }

    private void setClose(long price, int scale) {
        closeUnits = price;
        closeScale = scale;
    }

    private void raiseHigh(long price, int scale, long time) {
        int order = count == 0 ? 1 : Decimals.compare(price, scale, highUnits, highScale);
        if (order > 0) {
            highUnits = price;
            highScale = scale;
            highTime = time;
        } else if (order == 0) {
            highTime = Math.min(highTime, time);
        }
    }

    private void reachLow(long price, int scale, long time) {
        int order = count == 0 ? -1 : Decimals.compare(price, scale, lowUnits, lowScale);
        if (order < 0) {
            lowUnits = price;
            lowScale = scale;
            lowTime = time;
        } else if (order == 0) {
            lowTime = Math.min(lowTime, time);
        }
    }

    /** A bar of the same ticks that goes its own way from here. */
    public Bar copy() {
        Bar copy = new Bar();
        copy.merge(this);
        return copy;
    }

    /** Whether there is no tick at all, be it one that counts for nothing. */
    public boolean isEmpty() {
        return !hasTicks();
    }

    boolean hasTicks() {
        return count > 0 || aside != null && aside.hasTicks();
    }

    /** What it all is to the windows of one length. */
    BarView view(boolean ofDays, FirstsOfDays firsts) {
        return BarView.of(this, aside, ofDays, firsts);
    }

    /** Whether a tick is the close of such windows; if it is not so of a bar, it is so of no part of it. */
    boolean hasClose(boolean ofDays, FirstsOfDays firsts) {
        return count > 0 || aside != null && aside.hasClose(ofDays, firsts);
    }

    /** Whether there is a tick that can be an open or a close only as the first of its day, and is one, at this time. */
    boolean hasFirstOfDay(long time, FirstsOfDays firsts) {
        return aside != null && aside.hasFirst(time, firsts);
    }

    /** Whether it stands before the first tick of a bar that has one, too. */
    boolean beginsBefore(Bar other) {
        return first.isBefore(other.first);
    }

    /** Whether its first tick is this one. */
    boolean beginsWith(Tick tick) {
        return count > 0 && first.isAt(tick);
    }

    /** Whether its first tick is the first of its day. */
    boolean beginsADay(FirstsOfDays firsts) {
        return first.isFirst(firsts);
    }

    /** The event time of the latest tick of all, in epoch milliseconds, or {@link Long#MIN_VALUE} without one. */
    long latestTime() {
        long latest = count == 0 ? Long.MIN_VALUE : last.time();
        return aside == null ? latest : Math.max(latest, aside.latestTime());
    }

    /** How many of the feed's numbers are missing in it. */
    public long missing() {
        return aside == null ? 0 : aside.missing();
    }

    /** Adds to the numbers that are missing; below zero takes away, as far as there are some. */
    public void addMissing(long numbers) {
        if (numbers != 0) {
            Aside changed = openAside();
            changed.addMissing(numbers);
            if (changed.isEmpty()) {
                aside = null;
            }
        }
    }

    /** The number of ticks. */
    public long count() {
        return count;
    }

    /** The number of ticks that carried a size that counts, be it zero. */
    public long sizedCount() {
        return sizedCount;
    }

    /** The price of the first tick. */
    public Decimal open() {
        requireTicks();
        return new Decimal(openUnits, openScale);
    }

    /** The highest price. */
    public Decimal high() {
        requireTicks();
        return new Decimal(highUnits, highScale);
    }

    /** The lowest price. */
    public Decimal low() {
        requireTicks();
        return new Decimal(lowUnits, lowScale);
    }

    /** The price of the last tick. */
    public Decimal close() {
        requireTicks();
        return new Decimal(closeUnits, closeScale);
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
        return sums.mean(count);
    }

    /**
     * The sample standard deviation of the prices, √((n Σp² − (Σp)²) / (n (n − 1))), or null with fewer than two ticks.
     */
    public @Nullable Double stddev() {
        return count < 2 ? null : sums.deviation(count);
    }

    /**
     * The volume-weighted average price, Σ price · size / Σ size over the ticks that carried a size, or null when that
     * volume is zero.
     */
    public @Nullable Double vwap() {
        return sums.volume().isZero() ? null : sums.vwap();
    }

    /** Σ size, exactly and without zeros that end its decimals, or null when no tick carried a size. */
    public @Nullable BigDecimal volume() {
        return sizedCount == 0 ? null : sums.volume().toBigDecimal();
    }

    /** Σ price · size, in the same form, or null when no tick carried a size. */
    public @Nullable BigDecimal turnover() {
        return turnover(Decimal.ONE);
    }

    /** The same, times the multiplier of the instrument. */
    @Nullable
    BigDecimal turnover(Decimal multiplier) {
        if (sizedCount == 0) {
            return null;
        }
        return multiplier.equals(Decimal.ONE)
                ? sums.turnover().toBigDecimal()
                : Amount.turnover(sums.turnover(), multiplier.units(), multiplier.scale())
                        .toBigDecimal();
    }

    /**
     * Writes the bar: a byte that names the layout, then the counts, the four prices, the times as differences, and the
     * sums; before them what is aside, if anything is. A minute of fifty trades takes about 85 bytes.
     */
    public void writeTo(DataOutput out) throws IOException {
        if (aside == null) {
            out.writeByte(LAYOUT);
        } else {
            out.writeByte(LAYOUT_WITH_ASIDE);
            aside.writeTo(out);
        }
        Varint.write(out, count);
        if (count == 0) {
            return;
        }
        Varint.write(out, sizedCount);
        writePrice(out, openUnits, openScale);
        writePrice(out, highUnits, highScale);
        writePrice(out, lowUnits, lowScale);
        writePrice(out, closeUnits, closeScale);
        first.writeTo(out, new Position());
        last.writeTo(out, first);
        Varint.write(out, highTime - first.time());
        Varint.write(out, lowTime - first.time());
        sums.writeTo(out);
    }

    private static void writePrice(DataOutput out, long units, int scale) throws IOException {
        out.writeByte(scale);
        Varint.writeSigned(out, units);
    }

    private static Decimal readPrice(DataInput in) throws IOException {
        int scale = in.readByte();
        long units = Varint.readSigned(in);
        if (!Decimals.isInForm(units, scale)) {
            throw new IOException("Not a price: " + units + " at scale " + scale);
        }
        return new Decimal(units, scale);
    }

    /**
     * Reads a bar that {@link #writeTo} wrote.
     *
     * @throws IOException if the layout is not one that this version knows, or the bytes are not a bar
     */
    public static Bar readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT && layout != LAYOUT_WITH_ASIDE) {
            throw new IOException("A bar in layout " + layout + ", but this version reads layouts " + LAYOUT + " and "
                    + LAYOUT_WITH_ASIDE + " only; start without that savepoint");
        }
        Bar bar = new Bar();
        if (layout == LAYOUT_WITH_ASIDE) {
            bar.aside = Aside.readFrom(in);
        }
        bar.count = Varint.read(in);
        if (bar.count == 0) {
            return bar;
        }
        bar.sizedCount = Varint.read(in);
        Decimal open = readPrice(in);
        Decimal high = readPrice(in);
        Decimal low = readPrice(in);
        Decimal close = readPrice(in);
        bar.setOpen(open.units(), open.scale());
        bar.highUnits = high.units();
        bar.highScale = high.scale();
        bar.lowUnits = low.units();
        bar.lowScale = low.scale();
        bar.setClose(close.units(), close.scale());
        bar.first.readFrom(in, new Position());
        bar.last.readFrom(in, bar.first);
        bar.highTime = bar.first.time() + Varint.read(in);
        bar.lowTime = bar.first.time() + Varint.read(in);
        bar.sums.readFrom(in);
        return bar;
    }

    /** Whether the other is a bar that cannot be told from this one, now or after whatever is added to both. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bar bar
                && count == bar.count
                && sizedCount == bar.sizedCount
                && openUnits == bar.openUnits
                && openScale == bar.openScale
                && highUnits == bar.highUnits
                && highScale == bar.highScale
                && lowUnits == bar.lowUnits
                && lowScale == bar.lowScale
                && closeUnits == bar.closeUnits
                && closeScale == bar.closeScale
                && first.equals(bar.first)
                && last.equals(bar.last)
                && highTime == bar.highTime
                && lowTime == bar.lowTime
                && sums.equals(bar.sums)
                && Objects.equals(aside, bar.aside);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                count,
                sizedCount,
                openUnits,
                openScale,
                highUnits,
                highScale,
                lowUnits,
                lowScale,
                closeUnits,
                closeScale,
                first,
                last,
                highTime,
                lowTime,
                sums,
                aside);
    }

    @Override
    public String toString() {
        String plain = count == 0
                ? "Bar[empty]"
                : "Bar[count=%d, open=%s, high=%s, low=%s, close=%s, from %d to %d, volume=%s, turnover=%s]"
                        .formatted(
                                count,
                                open(),
                                high(),
                                low(),
                                close(),
                                first.time(),
                                last.time(),
                                sums.volume(),
                                sums.turnover());
        return aside == null ? plain : plain + " and " + aside;
    }

    private void requireTicks() {
        if (count == 0) {
            throw new IllegalStateException("An empty bar has no prices and no times");
        }
    }
}
