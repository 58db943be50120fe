package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the rules remember of a symbol's ticks and of its quotes: the tick before, and the trailing windows of both. */
final class SymbolHistory {

    private final StreamHistory ticks;
    private final StreamHistory quotes;

    // Of the last tick.
    private long lastUnits;
    private int lastScale;
    private int lastNanos;
    private int lastPartition;
    private long lastOffset;

    SymbolHistory() {
        this(new StreamHistory(), new StreamHistory());
    }

    private SymbolHistory(StreamHistory ticks, StreamHistory quotes) {
        this.ticks = ticks;
        this.quotes = quotes;
    }

    StreamHistory ticks() {
        return ticks;
    }

    StreamHistory quotes() {
        return quotes;
    }

    /** Whether there is a tick before. */
    boolean hasLast() {
        return ticks.hasLast();
    }

    /** The units of the last tick's price. */
    long lastUnits() {
        return lastUnits;
    }

    /** Its scale. */
    int lastScale() {
        return lastScale;
    }

    /** The last tick's price as a number of its own. */
    Decimal lastPrice() {
        return new Decimal(lastUnits, lastScale);
    }

    /** The time of the last tick, in epoch milliseconds. */
    long lastTime() {
        return ticks.lastTime();
    }

    /** The nanoseconds of that time after the millisecond. */
    int lastNanos() {
        return lastNanos;
    }

    int lastPartition() {
        return lastPartition;
    }

    long lastOffset() {
        return lastOffset;
    }

    void forgetAll() {
        ticks.forgetAll();
        quotes.forgetAll();
    }

    /** Drops windows in which there is nothing. */
    void dropWindows() {
        ticks.windows().forgetAll();
        quotes.windows().forgetAll();
    }

    /** Drops what the windows at this time, or at a later one, do not reach. */
    void advanceTo(long time) {
        ticks.windows().advanceTo(time);
        quotes.windows().advanceTo(time);
    }

    /**
     * Adds the next tick; the windows have been advanced to it.
     *
     * @param change its change since the tick before in per cent, or NaN; only if {@linkplain #needsReturns it is needed}
     * @param side the aggressor
     */
    void add(Tick tick, double change, @Nullable Side side) {
        ticks.windows().add(tick, change, side);
        ticks.follow(tick.time());
        lastUnits = tick.priceUnits();
        lastScale = tick.priceScale();
        lastNanos = tick.nanos();
        lastPartition = tick.origin().partition();
        lastOffset = tick.origin().offset();
    }

    /** Adds the next quote; the windows have been advanced to it. */
    void addQuote(long time) {
        quotes.windows().addQuote(time);
        quotes.follow(time);
    }

    /** Whether a window needs the returns of its ticks. */
    boolean needsReturns() {
        return ticks.windows().needReturns();
    }

    boolean isEmpty() {
        return ticks.isEmpty() && quotes.isEmpty();
    }

    SymbolHistory copy() {
        SymbolHistory copy = new SymbolHistory(ticks.copy(), quotes.copy());
        copy.lastUnits = lastUnits;
        copy.lastScale = lastScale;
        copy.lastNanos = lastNanos;
        copy.lastPartition = lastPartition;
        copy.lastOffset = lastOffset;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        ticks.writeTo(out);
        if (hasLast()) {
            lastPrice().writeTo(out);
            Varint.write(out, lastNanos);
            Varint.write(out, lastPartition);
            Varint.write(out, lastOffset);
        }
        quotes.writeTo(out);
    }

    static SymbolHistory readFrom(DataInput in) throws IOException {
        StreamHistory ticks = StreamHistory.readFrom(in);
        Decimal lastPrice = ticks.hasLast() ? Decimal.readFrom(in) : Decimal.ZERO;
        int lastNanos = ticks.hasLast() ? (int) Varint.read(in) : 0;
        int lastPartition = ticks.hasLast() ? (int) Varint.read(in) : 0;
        long lastOffset = ticks.hasLast() ? Varint.read(in) : 0;
        SymbolHistory history = new SymbolHistory(ticks, StreamHistory.readFrom(in));
        history.lastUnits = lastPrice.units();
        history.lastScale = lastPrice.scale();
        history.lastNanos = lastNanos;
        history.lastPartition = lastPartition;
        history.lastOffset = lastOffset;
        return history;
    }
}
