package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What the rules remember of a symbol's ticks: the first, the one before, and the trailing windows. */
final class SymbolHistory {

    private static final TrailingWindow[] NO_WINDOWS = {};

    private boolean hasLast;
    private long firstTime;
    private double lastPrice;
    private long lastTime;
    private int lastPartition;
    private long lastOffset;
    private TrailingWindow[] windows = NO_WINDOWS;

    /** Has the windows that are needed, in this order, and no others. */
    void need(WindowNeed[] needs) {
        TrailingWindow[] needed = new TrailingWindow[needs.length];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = windowOver(needs[i].length());
            // Where there is a last tick, none between it and the next one went by.
            needed[i].need(hasLast ? needs[i].knownAfter(lastTime) : needs[i]);
        }
        windows = needed;
    }

    private TrailingWindow windowOver(long over) {
        for (TrailingWindow window : windows) {
            // An empty one is not written either: it must not be known for longer than one that was.
            if (window.over() == over && !window.isEmpty()) {
                return window;
            }
        }
        return new TrailingWindow(over);
    }

    /** Whether there is a tick before. */
    boolean hasLast() {
        return hasLast;
    }

    /** The time of the first tick, in epoch milliseconds. */
    long firstTime() {
        return firstTime;
    }

    double lastPrice() {
        return lastPrice;
    }

    long lastTime() {
        return lastTime;
    }

    int lastPartition() {
        return lastPartition;
    }

    long lastOffset() {
        return lastOffset;
    }

    TrailingWindow window(int window) {
        return windows[window];
    }

    /** Has no tick before; the next one is the first. */
    void forgetLast() {
        hasLast = false;
    }

    void forgetAll() {
        hasLast = false;
        windows = NO_WINDOWS;
    }

    /** Drops what the windows of a tick of this time, or of a later one, do not reach. */
    void advanceTo(long time) {
        for (TrailingWindow window : windows) {
            window.advanceTo(time);
        }
    }

    /** Adds the next tick; the windows have been advanced to it. */
    void add(Tick tick) {
        double change = Double.NaN;
        for (TrailingWindow window : windows) {
            if (Double.isNaN(change) && window.cells().needs(Cell.Aspect.RETURNS)) {
                change = changeTo(tick.price());
            }
            window.add(tick, change);
        }
        if (!hasLast) {
            firstTime = tick.time();
            hasLast = true;
        }
        lastPrice = tick.price();
        lastTime = tick.time();
        lastPartition = tick.origin().partition();
        lastOffset = tick.origin().offset();
    }

    /** The change from the tick before to a price in per cent, or NaN. */
    double changeTo(double price) {
        return hasLast && lastPrice > 0 ? Percent.change(price, lastPrice) : Double.NaN;
    }

    boolean isEmpty() {
        return !hasLast && countWindows() == 0;
    }

    private int countWindows() {
        int count = 0;
        for (TrailingWindow window : windows) {
            count += window.isEmpty() ? 0 : 1;
        }
        return count;
    }

    SymbolHistory copy() {
        SymbolHistory copy = new SymbolHistory();
        copy.hasLast = hasLast;
        copy.firstTime = firstTime;
        copy.lastPrice = lastPrice;
        copy.lastTime = lastTime;
        copy.lastPartition = lastPartition;
        copy.lastOffset = lastOffset;
        copy.windows = new TrailingWindow[windows.length];
        Arrays.setAll(copy.windows, i -> windows[i].copy());
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(hasLast);
        if (hasLast) {
            out.writeLong(lastTime);
            Varint.write(out, lastTime - firstTime);
            out.writeDouble(lastPrice);
            Varint.write(out, lastPartition);
            Varint.write(out, lastOffset);
        }
        Varint.write(out, countWindows());
        for (TrailingWindow window : windows) {
            if (!window.isEmpty()) {
                window.writeTo(out);
            }
        }
    }

    static SymbolHistory readFrom(DataInput in) throws IOException {
        SymbolHistory history = new SymbolHistory();
        history.hasLast = in.readBoolean();
        if (history.hasLast) {
            history.lastTime = in.readLong();
            history.firstTime = history.lastTime - Varint.read(in);
            history.lastPrice = in.readDouble();
            history.lastPartition = (int) Varint.read(in);
            history.lastOffset = Varint.read(in);
        }
        history.windows = new TrailingWindow[(int) Varint.read(in)];
        for (int i = 0; i < history.windows.length; i++) {
            history.windows[i] = TrailingWindow.readFrom(in);
        }
        return history;
    }
}
