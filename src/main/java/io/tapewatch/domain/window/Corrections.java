package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one symbol that late ticks have come to after they were published, or whose previous close a late tick
 * has changed: when each is published again, and whether there is anything new to say then. A window that was published and
 * has lost all its ticks since is published without any.
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

    /** The ticks of a window are about to change whose result as of {@code asOf} has been due already. */
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
            Slice any = slices.ceiling(start, Slices.WITH_TICKS, nodes);
            return any != null && any.start() < end ? end : EventTimes.NEVER;
        }
        long passed = spec.cutAtOrBefore(watermark + 1);
        Slice last = slices.floor(passed - 1, Slices.WITH_TICKS, nodes);
        return last == null || last.start() < start
                ? EventTimes.NEVER
                : Math.min(passed, spec.firstAsOfAfter(last.bar().latestTime()));
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
            Bar sum = new Bar();
            slices.addUp(start, asOf, sum, nodes);
            if (sum.isEmpty()) {
                // Nothing is left of it: what was published last is taken back, and no other moment begins.
                asOf = correction.asOf;
                isNew = false;
                correction.dueAsOf = asOf;
            }
            correction.hasNewTicks = false;
            if (sum.isEmpty() && correction.revision < 0) {
                return;
            }
            correction.revision = isNew ? 0 : correction.revision + 1;
            correction.asOf = asOf;
            correction.publishedAt = watermark;
            correction.previousClose = previousClose;
            results.publish(window, start, end, asOf, sum, previousClose, correction.revision);
        }
    }

    /**
     * The windows that are compared with those in which something is about to change behind the watermark, and the closes they
     * were compared with before.
     */
    static final class Followers {

        private final List<Follower> all = new ArrayList<>();

        private record Follower(
                int window, long end, @Nullable Decimal previousClose) {}
    }

    /**
     * Notes which windows are compared with one that is about to change: the next with ticks, and if that has no close, the
     * one after it, and so on.
     *
     * @param end the end of the window that is about to change
     */
    void follow(Followers followers, int window, long end, long watermark) {
        WindowSpec spec = windows.spec(window);
        Slice next = slices.ceiling(end, Slices.WITH_TICKS, nodes);
        while (next != null) {
            long start = spec.windowStart(next.start());
            long nextEnd = spec.windowEnd(next.start());
            followers.all.add(new Followers.Follower(window, nextEnd, closes.before(window, start)));
            boolean isPublished = Windows.closesAt(spec.firstAsOfAfter(next.start())) <= watermark;
            next = isPublished && !closes.hasClose(window, start, nextEnd)
                    ? slices.ceiling(nextEnd, Slices.WITH_TICKS, nodes)
                    : null;
        }
    }

    /** Corrects those of them whose previous close is another one now. */
    void correct(Followers followers, long watermark) {
        for (Followers.Follower follower : followers.all) {
            int window = follower.window;
            long end = follower.end;
            Decimal before = follower.previousClose;
            Decimal after = closes.before(window, windows.spec(window).startAsOf(end));
            if (!Objects.equals(before, after)) {
                boolean isKept = state.corrections.containsKey(
                        new Correction.Of(windows.spec(window).name(), end));
                Correction correction = correction(window, end, watermark);
                if (!isKept) {
                    correction.previousClose = before;
                }
                if (correction.revision >= 0) {
                    makeDue(window, end, correction.asOf, watermark);
                } else if (!isKept) {
                    state.corrections.remove(correction.of);
                }
            }
        }
    }
}
