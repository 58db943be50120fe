package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.trade.FirstsOfDays;
import org.jspecify.annotations.Nullable;

/**
 * The closes that a symbol's windows are compared with. As long as a window may still change its close is that of its last
 * slice; that of the last final one is kept apart ({@link SettledClose}), because slices are joined, and because windows
 * of other forms may still count ticks in them. A window none of whose ticks can be a close has none, and is passed over.
 *
 * <p>A close is known if every tick from its own time on is read. Where the job began to read, a tick that was not read may
 * be the later one.
 */
final class PreviousCloses {

    private final Windows windows;
    private final WindowsState state;
    private final SliceNodes nodes;
    private final FirstsOfDays firsts;

    PreviousCloses(Windows windows, WindowsState state, SliceNodes nodes, FirstsOfDays firsts) {
        this.windows = windows;
        this.state = state;
        this.nodes = nodes;
        this.firsts = firsts;
    }

    /** The last slice with a close for this form of windows that starts at or before {@code time}. */
    private @Nullable Slice lastWithClose(int window, long time) {
        boolean ofDays = windows.spec(window).isOfDays();
        return state.slices.floor(time, bar -> bar.hasClose(ofDays, firsts), nodes);
    }

    private BarView view(int window, Slice slice) {
        return slice.bar().view(windows.spec(window).isOfDays(), firsts);
    }

    /** Whether a window that may still change has a close. */
    boolean hasClose(int window, long start, long end) {
        Slice last = lastWithClose(window, end - 1);
        return last != null && last.start() >= start;
    }

    /** The close of the last window of this form before {@code start} that has one. */
    @Nullable
    Decimal before(int window, long start) {
        WindowSpec spec = windows.spec(window);
        if (!spec.comparesWithPrevious()) {
            return null;
        }
        SettledClose settled = settledClose(window);
        Slice last = lastWithClose(window, start - 1);
        long end;
        Decimal close;
        if (last != null && last.start() >= settled.through()) {
            BarView view = view(window, last);
            if (view.lastTime() >= start) {
                // Cut before this form was there: which of its ticks came before the window is not known.
                return null;
            }
            if (!windows.areWholeFrom(view.lastTime())) {
                return null;
            }
            end = spec.windowEnd(view.lastTime());
            close = view.close();
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
        Slice last = lastWithClose(window, through == Long.MAX_VALUE ? through : through - 1);
        long end = settled.end();
        Decimal close = settled.close();
        if (last != null && last.start() >= settled.through()) {
            BarView view = view(window, last);
            if (view.lastTime() < through && windows.areWholeFrom(view.lastTime())) {
                end = windows.spec(window).windowEnd(view.lastTime());
                close = view.close();
            }
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
