package io.tapewatch.domain.check;

import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.rule.Aspect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The trailing windows that rules need of a symbol's ticks, or of its quotes; the shortest first. */
final class TrailingWindows {

    private static final TrailingWindow[] NONE = {};

    private TrailingWindow[] windows = NONE;

    /** Known once it is said what is needed. */
    private boolean needReturns;

    /** Has the windows that are needed, in this order, and no others. */
    void need(WindowNeed[] needs) {
        TrailingWindow[] needed = new TrailingWindow[needs.length];
        for (int i = 0; i < needed.length; i++) {
            needed[i] = windowOver(needs[i].length());
            needed[i].need(needs[i]);
        }
        windows = needed;
        needReturns = Arrays.stream(windows).anyMatch(each -> each.cells().needs(Aspect.RETURNS));
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

    void forgetAll() {
        windows = NONE;
        needReturns = false;
    }

    TrailingWindow get(int window) {
        return windows[window];
    }

    /** Drops what the windows of a tick of this time, or of a later one, do not reach. */
    void advanceTo(long time) {
        for (TrailingWindow window : windows) {
            window.advanceTo(time);
        }
    }

    /** Whether one of them needs the returns of its ticks. */
    boolean needReturns() {
        return needReturns;
    }

    /** Adds the next tick; see {@link TrailingWindow#add}. */
    void add(Tick tick, double change, @Nullable Side side) {
        for (TrailingWindow window : windows) {
            window.add(tick, change, side);
        }
    }

    /** Adds the next quote. */
    void addQuote(long time) {
        for (TrailingWindow window : windows) {
            window.addQuote(time);
        }
    }

    boolean isEmpty() {
        return countFilled() == 0;
    }

    private int countFilled() {
        int count = 0;
        for (TrailingWindow window : windows) {
            count += window.isEmpty() ? 0 : 1;
        }
        return count;
    }

    TrailingWindows copy() {
        TrailingWindows copy = new TrailingWindows();
        copy.windows = new TrailingWindow[windows.length];
        Arrays.setAll(copy.windows, i -> windows[i].copy());
        copy.needReturns = needReturns;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        Varint.write(out, countFilled());
        for (TrailingWindow window : windows) {
            if (!window.isEmpty()) {
                window.writeTo(out);
            }
        }
    }

    static TrailingWindows readFrom(DataInput in) throws IOException {
        TrailingWindows read = new TrailingWindows();
        read.windows = new TrailingWindow[(int) Varint.read(in)];
        for (int i = 0; i < read.windows.length; i++) {
            read.windows[i] = TrailingWindow.readFrom(in);
        }
        return read;
    }
}
