package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets go of what no late tick can reach any more: joins slices that are not needed apart, and drops slices, corrections
 * and closes that no window needs.
 */
final class FinalSlices {

    private final Windows windows;
    private final WindowsState state;
    private final Slices slices;
    private final SliceNodes nodes;
    private final PreviousCloses closes;

    FinalSlices(Windows windows, WindowsState state, SliceNodes nodes, PreviousCloses closes) {
        this.windows = windows;
        this.state = state;
        this.slices = state.slices;
        this.nodes = nodes;
        this.closes = closes;
    }

    /** Lets go of what is final at {@code watermark}, and says in the state when there is more. */
    void tidy(long watermark) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (int i = 0; i < windows.count(); i++) {
            if (windows.spec(i).comparesWithPrevious()) {
                closes.settle(i, watermark);
            }
            passedCuts(i, false, watermark, cuts);
            if (windows.cumulates(i)) {
                passedCuts(i, true, watermark, cuts);
            }
        }
        amendedCuts(watermark, cuts);
        for (long start : cuts) {
            join(start, watermark);
        }
        state.corrections.values().removeIf(correction -> !correction.isDue() && finalAt(correction.of) <= watermark);
        closes.forget(watermark);
        state.tidiedAt = watermark;
        state.tidyAt = nextTidy(watermark);
    }

    /** Collects the slices that start where a cut was needed until now. */
    private void passedCuts(int window, boolean steps, long watermark, Set<Long> cuts) {
        boolean isFirst = state.tidiedAt == Long.MIN_VALUE;
        long from = isFirst ? Long.MIN_VALUE : windows.firstCutNeeded(window, steps, state.tidiedAt);
        long to = windows.firstCutNeeded(window, steps, watermark);
        for (Slice slice = slices.ceiling(from, nodes); slice != null && slice.start() < to; ) {
            cuts.add(slice.start());
            slice = slices.ceiling(slice.start() + 1, nodes);
        }
    }

    /** Collects the slices whose trades could be taken back until now. */
    private void amendedCuts(long watermark, Set<Long> cuts) {
        long to = windows.firstAmendable(watermark);
        if (!windows.takesBack()) {
            return;
        }
        long from = state.tidiedAt == Long.MIN_VALUE ? Long.MIN_VALUE : windows.firstAmendable(state.tidiedAt);
        for (Slice slice = slices.ceiling(from, nodes); slice != null && slice.start() < to; ) {
            cuts.add(slice.start());
            slice = slices.ceiling(slice.start() + 1, nodes);
        }
    }

    /** Joins a slice with those before it, back to a cut that is still needed, or lets go of it. */
    private void join(long start, long watermark) {
        long cut = windows.cutAtOrBefore(start, watermark);
        if (cut != start) {
            if (cut != Windows.NO_CUT) {
                Bar bar = Objects.requireNonNull(slices.floor(start, nodes), "slice")
                        .bar();
                slices.open(cut, nodes).merge(bar);
            }
            slices.remove(start, nodes);
        }
    }

    private long finalAt(Correction.Of of) {
        int window = windows.indexOf(of.window());
        return window < 0 ? Long.MIN_VALUE : windows.finalAt(window, of.end());
    }

    private long nextTidy(long watermark) {
        long next = EventTimes.NEVER;
        for (int i = 0; i < windows.count(); i++) {
            next = Math.min(next, nextExpiry(i, false, watermark));
            if (windows.cumulates(i)) {
                next = Math.min(next, nextExpiry(i, true, watermark));
            }
        }
        Slice amendable = slices.ceiling(windows.firstAmendable(watermark), nodes);
        if (amendable != null) {
            next = Math.min(next, windows.amendableUntil(amendable.start()));
        }
        for (Correction correction : state.corrections.values()) {
            next = Math.min(next, finalAt(correction.of));
        }
        next = Math.min(next, closes.nextForgotten());
        return next == EventTimes.NEVER
                ? EventTimes.NEVER
                : Math.max(next, Windows.plus(watermark, windows.tidyEvery()));
    }

    private long nextExpiry(int window, boolean steps, long watermark) {
        Slice first = slices.ceiling(windows.firstCutNeeded(window, steps, watermark), nodes);
        return first == null ? EventTimes.NEVER : windows.cutNeededUntil(window, steps, first.start());
    }
}
