package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Percent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the rules remember of a symbol's ticks and of its quotes: the tick before, and the trailing windows of both. */
final class SymbolHistory {

    private final StreamHistory ticks;
    private final StreamHistory quotes;

    // Of the last tick.
    private double lastPrice;
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

    double lastPrice() {
        return lastPrice;
    }

    /** The time of the last tick, in epoch milliseconds. */
    long lastTime() {
        return ticks.lastTime();
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
     * @param side the aggressor
     */
    void add(Tick tick, @Nullable Side side) {
        TrailingWindows windows = ticks.windows();
        windows.add(tick, windows.needReturns() ? changeTo(tick.priceNearest()) : Double.NaN, side);
        ticks.follow(tick.time());
        lastPrice = tick.priceNearest();
        lastPartition = tick.origin().partition();
        lastOffset = tick.origin().offset();
    }

    /** Adds the next quote; the windows have been advanced to it. */
    void addQuote(long time) {
        quotes.windows().addQuote(time);
        quotes.follow(time);
    }

    /** The change from the tick before to a price in per cent, or NaN. */
    double changeTo(double price) {
        return hasLast() && lastPrice > 0 ? Percent.change(price, lastPrice) : Double.NaN;
    }

    boolean isEmpty() {
        return ticks.isEmpty() && quotes.isEmpty();
    }

    SymbolHistory copy() {
        SymbolHistory copy = new SymbolHistory(ticks.copy(), quotes.copy());
        copy.lastPrice = lastPrice;
        copy.lastPartition = lastPartition;
        copy.lastOffset = lastOffset;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        ticks.writeTo(out);
        if (hasLast()) {
            out.writeDouble(lastPrice);
            Varint.write(out, lastPartition);
            Varint.write(out, lastOffset);
        }
        quotes.writeTo(out);
    }

    static SymbolHistory readFrom(DataInput in) throws IOException {
        StreamHistory ticks = StreamHistory.readFrom(in);
        double lastPrice = ticks.hasLast() ? in.readDouble() : 0;
        int lastPartition = ticks.hasLast() ? (int) Varint.read(in) : 0;
        long lastOffset = ticks.hasLast() ? Varint.read(in) : 0;
        SymbolHistory history = new SymbolHistory(ticks, StreamHistory.readFrom(in));
        history.lastPrice = lastPrice;
        history.lastPartition = lastPartition;
        history.lastOffset = lastOffset;
        return history;
    }
}
