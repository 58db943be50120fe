package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The closes that a symbol's windows are compared with. As long as a window may still change its close is that of its last
 * slice; that of the last final one is kept apart ({@link SettledClose}), because slices are joined, and because windows
 * of other forms may still count ticks in them.
 *
 * <p>A close is known if every tick from its own time on is read. Where the job began to read, a tick that was not read may
 * be the later one.
 */
final class PreviousCloses {

    private final Windows windows;
    private final WindowsState state;
    private final SliceNodes nodes;

    PreviousCloses(Windows windows, WindowsState state, SliceNodes nodes) {
        this.windows = windows;
        this.state = state;
        this.nodes = nodes;
    }

    /** The close of the last window of this form before {@code start} that had ticks. */
    @Nullable
    Decimal before(int window, long start) {
        WindowSpec spec = windows.spec(window);
        if (!spec.comparesWithPrevious()) {
            return null;
        }
        SettledClose settled = settledClose(window);
        Slice last = state.slices.floor(start - 1, nodes);
        long end;
        Decimal close;
        if (last != null && last.start() >= settled.through()) {
            if (last.bar().lastTime() >= start) {
                // Cut before this form was there: which of its ticks came before the window is not known.
                return null;
            }
            if (!windows.areWholeFrom(last.bar().lastTime())) {
                return null;
            }
            end = spec.windowEnd(last.bar().lastTime());
            close = last.bar().close();
        } else if (settled.isKnown()) {
            end = settled.end();
            close = settled.close();
        } else {
            return null;
        }
        return start - end <= windows.previousCloseMaxAge() ? close : null;
    }

    private SettledClose settledClose(int window) {
        String name = windows.spec(window).name();
        for (SettledClose close : state.settledCloses) {
            if (close.window().equals(name)) {
                return close;
            }
        }
        return new SettledClose(name, EventTimes.BEGINNING, EventTimes.BEGINNING, null);
    }

    /** Keeps the close of the last window of this form that is final at {@code watermark}. */
    void settle(int window, long watermark) {
        long through = windows.finalEnd(window, watermark);
        SettledClose settled = settledClose(window);
        if (through <= settled.through()) {
            return;
        }
        Slice last = state.slices.floor(through == Long.MAX_VALUE ? through : through - 1, nodes);
        long end = settled.end();
        Decimal close = settled.close();
        if (last != null
                && last.start() >= settled.through()
                && last.bar().lastTime() < through
                && windows.areWholeFrom(last.bar().lastTime())) {
            end = windows.spec(window).windowEnd(last.bar().lastTime());
            close = last.bar().close();
        }
        state.settledCloses.remove(settled);
        state.settledCloses.add(new SettledClose(settled.window(), through, end, close));
    }

    /** Lets go of those that no window can be compared with any more. */
    void forget(long watermark) {
        state.settledCloses.removeIf(close -> windows.indexOf(close.window()) < 0);
        state.settledCloses.replaceAll(close -> isTooOld(close, watermark) ? close.forgotten() : close);
        state.settledCloses.removeIf(close -> !close.isKnown() && state.slices.isEmpty());
    }

    private boolean isTooOld(SettledClose close, long watermark) {
        int window = windows.indexOf(close.window());
        return close.isKnown() && windows.finalEnd(window, watermark) > close.end() + windows.previousCloseMaxAge();
    }

    /** The watermark at which the next of them may be dropped. */
    long nextForgotten() {
        long next = EventTimes.NEVER;
        for (SettledClose close : state.settledCloses) {
            if (close.isKnown()) {
                int window = windows.indexOf(close.window());
                long last = windows.spec(window).windowEnd(close.end() + windows.previousCloseMaxAge());
                next = Math.min(next, windows.finalAt(window, last));
            }
        }
        return next;
    }
}
