package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one symbol that late ticks have come to after they were published, or whose previous close a late tick
 * has changed: when each is published again, and whether there is anything new to say then.
 */
final class Corrections {

    private final Windows windows;
    private final WindowsState state;
    private final Slices slices;
    private final SliceNodes nodes;
    private final PreviousCloses closes;
    private final Results results;

    Corrections(Windows windows, WindowsState state, SliceNodes nodes, PreviousCloses closes, Results results) {
        this.windows = windows;
        this.state = state;
        this.slices = state.slices;
        this.nodes = nodes;
        this.closes = closes;
        this.results = results;
    }

    /** A late tick is about to be counted in a window whose result as of {@code asOf} has been due already. */
    void add(int window, long end, long asOf, long watermark) {
        correction(window, end, watermark).hasNewTicks = true;
        makeDue(window, end, asOf, watermark);
    }

    /** A result on time says all that was to be corrected. */
    void forget(int window, long end) {
        if (!state.corrections.isEmpty()) {
            state.corrections.remove(new Correction.Of(windows.spec(window).name(), end));
        }
    }

    private Correction correction(int window, long end, long watermark) {
        return state.corrections.computeIfAbsent(
                new Correction.Of(windows.spec(window).name(), end), of -> published(of, window, watermark));
    }

    /** How a window stands that has not been corrected yet: it was published on time if it had ticks. */
    private Correction published(Correction.Of of, int window, long watermark) {
        Correction published = new Correction(of);
        WindowSpec spec = windows.spec(window);
        long start = spec.startAsOf(of.end());
        long asOf = latestAsOf(spec, start, of.end(), watermark);
        if (asOf != EventTimes.NEVER && Windows.closesAt(asOf) > windows.since(window)) {
            published.asOf = asOf;
            published.revision = 0;
            published.publishedAt = Windows.closesAt(asOf);
            published.previousClose = closes.before(window, start);
            published.dueAsOf = asOf;
        }
        return published;
    }

    /** What the last result of a window on time describes, or {@link EventTimes#NEVER} without one. */
    private long latestAsOf(WindowSpec spec, long start, long end, long watermark) {
        if (Windows.closesAt(end) <= watermark) {
            Slice any = slices.ceiling(start, nodes);
            return any != null && any.start() < end ? end : EventTimes.NEVER;
        }
        long passed = spec.cutAtOrBefore(watermark + 1);
        Slice last = slices.floor(passed - 1, nodes);
        return last == null || last.start() < start
                ? EventTimes.NEVER
                : Math.min(passed, spec.firstAsOfAfter(last.bar().lastTime()));
    }

    private void makeDue(int window, long end, long asOf, long watermark) {
        Correction correction = correction(window, end, watermark);
        correction.dueAsOf = Math.max(correction.dueAsOf, asOf);
        if (!correction.isDue()) {
            long soonest = watermark + 1;
            if (correction.revision >= 0) {
                soonest = Math.max(soonest, correction.publishedAt + windows.reviseEvery());
            }
            correction.due = Math.min(soonest, windows.finalAt(window, end));
            state.due = Math.min(state.due, correction.due);
        }
    }

    /** The watermark at which the next of them is due, or {@link EventTimes#NEVER}. */
    long firstDue() {
        long first = EventTimes.NEVER;
        for (Correction correction : state.corrections.values()) {
            first = Math.min(first, correction.due);
        }
        return first;
    }

    /** Publishes those that are due then, at the watermark that brought it about. */
    void publishDue(long due, long watermark) {
        for (Correction correction : state.corrections.values()) {
            if (correction.due == due) {
                correction.due = EventTimes.NEVER;
                int window = windows.indexOf(correction.of.window());
                if (window >= 0) {
                    publish(correction, window, watermark);
                }
            }
        }
    }

    private void publish(Correction correction, int window, long watermark) {
        long end = correction.of.end();
        long asOf = correction.dueAsOf;
        long start = windows.spec(window).startAsOf(end);
        Decimal previousClose = closes.before(window, start);
        boolean isNew = asOf != correction.asOf;
        if (isNew || correction.hasNewTicks || !Objects.equals(previousClose, correction.previousClose)) {
            correction.revision = isNew ? 0 : correction.revision + 1;
            correction.asOf = asOf;
            correction.publishedAt = watermark;
            correction.previousClose = previousClose;
            correction.hasNewTicks = false;
            Bar sum = new Bar();
            slices.addUp(start, asOf, sum, nodes);
            results.publish(window, start, end, asOf, sum, previousClose, correction.revision);
        }
    }

    /** The published windows that are compared with those a late tick comes to, and the closes they are compared with. */
    static final class Followers {
        private final long[] ends;
        private final @Nullable Decimal[] previousCloses;

        private Followers(int count) {
            ends = new long[count];
            Arrays.fill(ends, EventTimes.NEVER);
            previousCloses = new Decimal[count];
        }
    }

    /** Notes which published window is compared with the one that a late tick is about to come to. */
    Followers follow(@Nullable Followers noted, int window, long end) {
        Followers followers = noted == null ? new Followers(windows.count()) : noted;
        Slice next = slices.ceiling(end, nodes);
        if (next != null) {
            WindowSpec spec = windows.spec(window);
            followers.ends[window] = spec.windowEnd(next.start());
            followers.previousCloses[window] = closes.before(window, spec.windowStart(next.start()));
        }
        return followers;
    }

    /** Corrects those of them whose previous close the tick has changed. */
    void correct(Followers followers, long watermark) {
        for (int i = 0; i < followers.ends.length; i++) {
            long end = followers.ends[i];
            if (end != EventTimes.NEVER) {
                Decimal before = followers.previousCloses[i];
                Decimal after = closes.before(i, windows.spec(i).startAsOf(end));
                if (!Objects.equals(before, after)) {
                    boolean isKept = state.corrections.containsKey(
                            new Correction.Of(windows.spec(i).name(), end));
                    Correction correction = correction(i, end, watermark);
                    if (!isKept) {
                        correction.previousClose = before;
                    }
                    if (correction.revision >= 0) {
                        makeDue(i, end, correction.asOf, watermark);
                    } else if (!isKept) {
                        state.corrections.remove(correction.of);
                    }
                }
            }
        }
    }
}
