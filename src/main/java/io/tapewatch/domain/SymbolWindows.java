package io.tapewatch.domain;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The windows of one symbol: which slice a tick belongs to, what is published when, and when it is over.
 *
 * <p>A tick ahead of the watermark updates one slice, however many windows there are. When the watermark reaches what a
 * result describes, the slices of its window are added up. A tick behind the watermark updates its slice as well; windows
 * that had been published already are corrected then ({@link Correction}).
 *
 * <p>Its caller keeps {@link WindowsState} and hands over the ticks in the order of the tape, each when the watermark
 * passes it, or at once when it is late.
 */
public final class SymbolWindows {

    private static final long NONE = Long.MAX_VALUE;

    private final String symbol;
    private final Windows windows;
    private final WindowsState state;
    private final Slices slices;
    private final SliceNodes nodes;
    private final PreviousCloses closes;
    private final Consumer<Summary> publisher;

    /** The slice that the next tick probably belongs to, and the times it holds. */
    private Bar open;

    private long openFrom = Long.MAX_VALUE;
    private long openTo = Long.MIN_VALUE;

    /** The time of ticks that sliding windows have not been published for yet. */
    private long slidTo = NONE;

    /**
     * @param windows the windows
     * @param state what is known of the symbol
     * @param nodes where its slices are kept
     * @param publisher takes what is published
     */
    public SymbolWindows(
            String symbol, Windows windows, WindowsState state, SliceNodes nodes, Consumer<Summary> publisher) {
        this.symbol = symbol;
        this.windows = windows;
        this.state = state;
        this.slices = state.slices;
        this.nodes = nodes;
        this.closes = new PreviousCloses(windows, state, nodes);
        this.publisher = publisher;
    }

    public WindowsState state() {
        return state;
    }

    /** Has everything looked at anew, because the windows are others than before. */
    public void startAnew() {
        state.tidiedAt = Long.MIN_VALUE;
        state.tidyAt = Long.MIN_VALUE;
        state.due = Long.MIN_VALUE;
    }

    // Ticks.

    /**
     * Counts a tick.
     *
     * @param watermark the watermark up to which windows have been published; ticks after it come in their order
     * @return false when every window that the tick belongs to is final: it is too late, and counted nowhere
     */
    public boolean add(Tick tick, long watermark) {
        long time = tick.time();
        if (time <= watermark) {
            return addLate(tick, watermark);
        }
        if (windows.anySlides() && time != slidTo) {
            publishSliding();
            slidTo = time;
        }
        if (time < openFrom || time >= openTo) {
            openSlice(time, watermark);
        }
        open.add(tick);
        return true;
    }

    private void openSlice(long time, long watermark) {
        open = sliceOf(time, watermark);
        openFrom = time;
        openTo = windows.cutAfter(time);
    }

    /** The slice that a tick of this time goes to; there may be something to be done earlier because of it. */
    private Bar sliceOf(long time, long watermark) {
        long cut = windows.cutAtOrBefore(time, watermark);
        Slice before = slices.floor(time, nodes);
        // Where the cuts are others than they were, a slice may reach over one. Its ticks stay between those around it.
        boolean belongsToIt =
                before != null && (before.start() >= cut || before.bar().lastTime() >= time);
        long from = Math.max(time, watermark + 1);
        for (int i = 0; i < windows.count(); i++) {
            if (!windows.slides(i)) {
                long asOf = windows.spec(i).firstAsOfAfter(Math.max(from, windows.closedThrough(i)));
                state.due = Math.min(state.due, Windows.closesAt(asOf));
            }
        }
        state.tidyAt = Math.min(state.tidyAt, from + windows.tidyEvery());
        state.due = Math.min(state.due, state.tidyAt);
        return slices.open(belongsToIt ? before.start() : cut, nodes);
    }

    private boolean addLate(Tick tick, long watermark) {
        long time = tick.time();
        if (!isCounted(time, watermark)) {
            return false;
        }
        Followers followers = null;
        for (int i = 0; i < windows.count(); i++) {
            if (windows.slides(i)) {
                continue;
            }
            WindowSpec spec = windows.spec(i);
            long lastEnd = spec.windowEnd(time);
            for (long end = firstEnd(spec, time); end <= lastEnd; end += spec.step()) {
                if (windows.finalAt(i, end) > watermark) {
                    boolean isOver = Windows.closesAt(end) <= watermark || !windows.cumulates(i);
                    long asOf = isOver ? end : spec.firstAsOfAfter(time);
                    // A new form of window has no results from before it was there, and does not correct them.
                    if (Windows.closesAt(asOf) <= watermark && Windows.closesAt(asOf) > windows.since(i)) {
                        correction(i, end, watermark).hasNewTicks = true;
                        isDue(i, end, asOf, watermark);
                    }
                }
                if (windows.cumulates(i)) {
                    break;
                }
            }
            if (spec.comparesWithPrevious()) {
                if (windows.finalAt(i, lastEnd) > watermark) {
                    followers = Followers.with(followers, windows.count());
                    follow(i, lastEnd, watermark, followers);
                } else {
                    closes.settle(i, watermark);
                }
            }
        }
        sliceOf(time, watermark).add(tick);
        if (followers != null) {
            correctFollowers(followers, watermark);
        }
        return true;
    }

    private static long firstEnd(WindowSpec spec, long time) {
        return spec.form() == WindowSpec.Form.HOPPING ? spec.firstAsOfAfter(time) : spec.windowEnd(time);
    }

    private boolean isCounted(long time, long watermark) {
        for (int i = 0; i < windows.count(); i++) {
            long until = windows.slides(i)
                    ? windows.slidesPast(i, time)
                    : windows.finalAt(i, windows.spec(i).windowEnd(time));
            if (until > watermark) {
                return true;
            }
        }
        return false;
    }

    // Results on time.

    /**
     * Publishes what the watermark brings about, and lets go of what is final.
     *
     * @param from the watermark up to which that has been done
     * @param to the watermark now
     */
    public void advanceTo(long from, long to) {
        publishSliding();
        if (state.due > to) {
            return;
        }
        openFrom = Long.MAX_VALUE;
        openTo = Long.MIN_VALUE;
        long[] next = new long[windows.count()];
        for (int i = 0; i < next.length; i++) {
            next[i] = nextAsOf(i, from);
        }
        long correction = firstDue();
        while (true) {
            long asOf = Arrays.stream(next).min().getAsLong();
            long closing = asOf == NONE ? NONE : Windows.closesAt(asOf);
            state.due = Math.min(closing, correction);
            if (state.due == NONE || state.due > to) {
                break;
            }
            if (closing <= correction) {
                publishClosing(asOf, next);
                for (int i = 0; i < next.length; i++) {
                    if (next[i] == asOf) {
                        next[i] = nextAsOf(i, closing);
                    }
                }
            } else {
                publishCorrections(correction, to);
                correction = firstDue();
            }
        }
        if (state.tidyAt <= to) {
            tidy(to);
        }
        state.due = Math.min(state.due, state.tidyAt);
    }

    /** What the next result on time describes, after those that a watermark has brought about, or NONE. */
    private long nextAsOf(int window, long watermark) {
        Slice first = slices.ceiling(Long.MIN_VALUE, nodes);
        if (windows.slides(window) || first == null || watermark == Long.MAX_VALUE) {
            return NONE;
        }
        WindowSpec spec = windows.spec(window);
        long after = Math.max(first.start(), Math.max(watermark + 1, windows.closedThrough(window)));
        long asOf = spec.firstAsOfAfter(after);
        if (windows.cumulates(window)) {
            return nextStep(spec, asOf);
        }
        Slice slice = slices.ceiling(spec.startAsOf(asOf), nodes);
        if (slice == null) {
            return NONE;
        }
        return slice.start() < asOf ? asOf : spec.firstAsOfAfter(slice.start());
    }

    /** The next step that has ticks, or the end of the day if that has any. */
    private long nextStep(WindowSpec spec, long asOf) {
        long next = NONE;
        Slice step = slices.ceiling(spec.cutAtOrBefore(asOf - 1), nodes);
        if (step != null) {
            next = step.start() < asOf ? asOf : spec.firstAsOfAfter(step.start());
        }
        Slice day = slices.ceiling(spec.startAsOf(asOf), nodes);
        if (day != null && day.start() < spec.endAsOf(asOf)) {
            next = Math.min(next, spec.endAsOf(asOf));
        }
        return next;
    }

    /** Publishes all windows with a result as of the same moment; the longer ones go on from the shorter ones' sums. */
    private void publishClosing(long asOf, long[] next) {
        Bar sum = new Bar();
        long summedFrom = asOf;
        for (int window = nextShortest(asOf, next, asOf); window >= 0; ) {
            WindowSpec spec = windows.spec(window);
            long start = spec.startAsOf(asOf);
            slices.addUp(start, summedFrom, sum, nodes);
            summedFrom = start;
            for (int i = 0; i < next.length; i++) {
                if (next[i] == asOf && windows.spec(i).startAsOf(asOf) == start) {
                    long end = windows.spec(i).endAsOf(asOf);
                    if (!state.corrections.isEmpty()) {
                        // All that was to be corrected is in what comes now.
                        state.corrections.remove(
                                new Correction.Of(windows.spec(i).name(), end));
                    }
                    publish(i, start, end, asOf, sum, closes.before(i, start), 0);
                }
            }
            window = nextShortest(asOf, next, start);
        }
    }

    /** Of the windows with a result as of this moment, the one that starts last before {@code before}, or −1. */
    private int nextShortest(long asOf, long[] next, long before) {
        int shortest = -1;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] == asOf) {
                long start = windows.spec(i).startAsOf(asOf);
                if (start < before && start > latest) {
                    latest = start;
                    shortest = i;
                }
            }
        }
        return shortest;
    }

    private void publishSliding() {
        if (slidTo == NONE) {
            return;
        }
        for (int i = 0; i < windows.count(); i++) {
            if (windows.slides(i)) {
                WindowSpec spec = windows.spec(i);
                long start = spec.cutAtOrBefore(slidTo) - spec.windowEnd(0) + spec.step();
                Bar sum = new Bar();
                slices.addUp(start, slidTo + 1, sum, nodes);
                publish(i, start, slidTo + 1, slidTo, sum, null, 0);
            }
        }
        slidTo = NONE;
    }

    private void publish(int window, long start, long end, long asOf, Bar bar, Double previousClose, int revision) {
        long mayChangeUntil = windows.slides(window) ? end : Windows.plus(end, windows.lateness(window));
        publisher.accept(Summary.of(
                symbol, windows.spec(window).name(), start, end, asOf, bar, previousClose, revision, mayChangeUntil));
    }

    // Corrections.

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
        if (asOf != NONE && Windows.closesAt(asOf) > windows.since(window)) {
            published.asOf = asOf;
            published.revision = 0;
            published.publishedAt = Windows.closesAt(asOf);
            published.previousClose = closes.before(window, start);
            published.dueAsOf = asOf;
        }
        return published;
    }

    /** What the last result of a window on time describes, or NONE without one. */
    private long latestAsOf(WindowSpec spec, long start, long end, long watermark) {
        if (Windows.closesAt(end) <= watermark) {
            Slice any = slices.ceiling(start, nodes);
            return any != null && any.start() < end ? end : NONE;
        }
        long passed = spec.cutAtOrBefore(watermark + 1);
        Slice last = slices.floor(passed - 1, nodes);
        return last == null || last.start() < start
                ? NONE
                : Math.min(passed, spec.firstAsOfAfter(last.bar().lastTime()));
    }

    private void isDue(int window, long end, long asOf, long watermark) {
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

    private long firstDue() {
        long first = NONE;
        for (Correction correction : state.corrections.values()) {
            first = Math.min(first, correction.due);
        }
        return first;
    }

    private void publishCorrections(long due, long watermark) {
        for (Correction correction : state.corrections.values()) {
            if (correction.due == due) {
                correction.due = Correction.NOTHING_DUE;
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
        Double previousClose = closes.before(window, start);
        boolean isNew = asOf != correction.asOf;
        if (isNew || correction.hasNewTicks || !Objects.equals(previousClose, correction.previousClose)) {
            correction.revision = isNew ? 0 : correction.revision + 1;
            correction.asOf = asOf;
            correction.publishedAt = watermark;
            correction.previousClose = previousClose;
            correction.hasNewTicks = false;
            Bar sum = new Bar();
            slices.addUp(start, asOf, sum, nodes);
            publish(window, start, end, asOf, sum, previousClose, correction.revision);
        }
    }

    // What builds on a close.

    /** The published windows that are compared with those a late tick comes to, and the closes they are compared with. */
    private static final class Followers {
        private final long[] ends;
        private final Double[] previousCloses;

        private Followers(int count) {
            ends = new long[count];
            Arrays.fill(ends, NONE);
            previousCloses = new Double[count];
        }

        private static Followers with(Followers followers, int count) {
            return followers == null ? new Followers(count) : followers;
        }
    }

    private void follow(int window, long end, long watermark, Followers followers) {
        Slice next = slices.ceiling(end, nodes);
        if (next != null) {
            WindowSpec spec = windows.spec(window);
            followers.ends[window] = spec.windowEnd(next.start());
            followers.previousCloses[window] = closes.before(window, spec.windowStart(next.start()));
        }
    }

    private void correctFollowers(Followers followers, long watermark) {
        for (int i = 0; i < followers.ends.length; i++) {
            long end = followers.ends[i];
            if (end != NONE) {
                Double before = followers.previousCloses[i];
                Double after = closes.before(i, windows.spec(i).startAsOf(end));
                if (!Objects.equals(before, after)) {
                    boolean isKept = state.corrections.containsKey(
                            new Correction.Of(windows.spec(i).name(), end));
                    Correction correction = correction(i, end, watermark);
                    if (!isKept) {
                        correction.previousClose = before;
                    }
                    if (correction.revision >= 0) {
                        isDue(i, end, correction.asOf, watermark);
                    } else if (!isKept) {
                        state.corrections.remove(correction.of);
                    }
                }
            }
        }
    }

    // What is final.

    private void tidy(long watermark) {
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
        for (long start : cuts) {
            join(start, watermark);
        }
        state.corrections.values().removeIf(correction -> !correction.isDue() && finalAt(correction.of) <= watermark);
        closes.forget(watermark);
        state.tidiedAt = watermark;
        state.tidyAt = nextTidy(watermark);
    }

    /** Collects the slices that start where a cut was needed until now. */
    private void passedCuts(int window, boolean steps, long watermark, TreeSet<Long> cuts) {
        boolean isFirst = state.tidiedAt == Long.MIN_VALUE;
        long from = isFirst ? Long.MIN_VALUE : windows.firstCutNeeded(window, steps, state.tidiedAt);
        long to = windows.firstCutNeeded(window, steps, watermark);
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
                Bar bar = slices.floor(start, nodes).bar();
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
        long next = NONE;
        for (int i = 0; i < windows.count(); i++) {
            next = Math.min(next, nextExpiry(i, false, watermark));
            if (windows.cumulates(i)) {
                next = Math.min(next, nextExpiry(i, true, watermark));
            }
        }
        for (Correction correction : state.corrections.values()) {
            next = Math.min(next, finalAt(correction.of));
        }
        next = Math.min(next, closes.nextForgotten());
        return next == NONE ? NONE : Math.max(next, Windows.plus(watermark, windows.tidyEvery()));
    }

    private long nextExpiry(int window, boolean steps, long watermark) {
        Slice first = slices.ceiling(windows.firstCutNeeded(window, steps, watermark), nodes);
        return first == null ? NONE : windows.cutNeededUntil(window, steps, first.start());
    }
}
