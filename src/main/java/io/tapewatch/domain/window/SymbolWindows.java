package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    private static final int NO_WINDOW = -1;

    private final Windows windows;
    private final WindowsState state;
    private final Slices slices;
    private final SliceNodes nodes;
    private final PreviousCloses closes;
    private final Results results;
    private final Corrections corrections;
    private final FinalSlices finalSlices;

    /** The slice that the next tick probably belongs to, and the times it holds. */
    @SuppressWarnings("NullAway.Init") // Opened before it is read: at first there are no times in it.
    private Bar open;

    private long openFrom = Long.MAX_VALUE;
    private long openTo = Long.MIN_VALUE;

    /** The close that was asked for last, for a window and the times it holds. */
    private @Nullable Decimal previousClose;

    private int closeOf = NO_WINDOW;
    private long closeFrom;
    private long closeTo;

    /** The time of ticks that sliding windows have not been published for yet. */
    private long slidTo = EventTimes.NEVER;

    /**
     * @param windows the windows
     * @param state what is known of the symbol
     * @param nodes where its slices are kept
     * @param publisher takes what is published
     */
    public SymbolWindows(
            String symbol, Windows windows, WindowsState state, SliceNodes nodes, SummaryPublisher publisher) {
        this.windows = windows;
        this.state = state;
        this.slices = state.slices;
        this.nodes = nodes;
        this.closes = new PreviousCloses(windows, state, nodes);
        this.results = new Results(Instrument.unknown(symbol), windows, publisher);
        this.corrections = new Corrections(windows, state, nodes, closes, results);
        this.finalSlices = new FinalSlices(windows, state, nodes, closes);
    }

    /** Sets what is known about the instrument from now on. */
    public void setInstrument(Instrument instrument) {
        results.setInstrument(instrument);
    }

    /**
     * The close that a window's own close is compared with, as it is known now, or null.
     *
     * @param window which window
     * @param time an event time in it
     */
    public @Nullable Decimal previousClose(int window, long time) {
        if (window != closeOf || time < closeFrom || time >= closeTo) {
            WindowSpec spec = windows.spec(window);
            closeOf = window;
            closeTo = spec.windowEnd(time);
            closeFrom = spec.startAsOf(closeTo);
            previousClose = closes.before(window, closeFrom);
        }
        return previousClose;
    }

    public WindowsState state() {
        return state;
    }

    /** Has everything looked at anew at the next watermark, because the windows are others than before. */
    public void reschedule() {
        state.tidiedAt = Long.MIN_VALUE;
        state.tidyAt = Long.MIN_VALUE;
        state.due = Long.MIN_VALUE;
    }

    // Ticks.

    /**
     * Counts a tick.
     *
     * @param watermark the watermark up to which windows have been published; ticks after it come in their order
     * @return which windows count it
     */
    public Counted add(Tick tick, long watermark) {
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
        return Counted.BY_EVERY_WINDOW;
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
        long start =
                before != null && (before.start() >= cut || before.bar().lastTime() >= time) ? before.start() : cut;
        long from = Math.max(time, watermark + 1);
        for (int i = 0; i < windows.count(); i++) {
            if (!windows.slides(i)) {
                long asOf = windows.spec(i).firstAsOfAfter(Math.max(from, windows.closedThrough(i)));
                state.due = Math.min(state.due, Windows.closesAt(asOf));
            }
        }
        state.tidyAt = Math.min(state.tidyAt, from + windows.tidyEvery());
        state.due = Math.min(state.due, state.tidyAt);
        return slices.open(start, nodes);
    }

    private Counted addLate(Tick tick, long watermark) {
        long time = tick.time();
        Counted counted = countedBy(time, watermark);
        if (counted == Counted.BY_NO_WINDOW) {
            return counted;
        }
        closeOf = NO_WINDOW;
        Corrections.Followers followers = null;
        for (int i = 0; i < windows.count(); i++) {
            if (windows.slides(i)) {
                continue;
            }
            correctPublished(i, time, watermark);
            WindowSpec spec = windows.spec(i);
            if (spec.comparesWithPrevious()) {
                long lastEnd = spec.windowEnd(time);
                if (windows.finalAt(i, lastEnd) > watermark) {
                    followers = corrections.follow(followers, i, lastEnd);
                } else {
                    closes.settle(i, watermark);
                }
            }
        }
        sliceOf(time, watermark).add(tick);
        if (followers != null) {
            corrections.correct(followers, watermark);
        }
        return counted;
    }

    /** Has those results published again that hold an event time and may still change. */
    private void correctPublished(int window, long time, long watermark) {
        WindowSpec spec = windows.spec(window);
        long lastEnd = spec.windowEnd(time);
        for (long end = firstEnd(spec, time); end <= lastEnd; end += spec.step()) {
            if (windows.finalAt(window, end) > watermark) {
                boolean isOver = Windows.closesAt(end) <= watermark || !windows.cumulates(window);
                long asOf = isOver ? end : spec.firstAsOfAfter(time);
                // A new form of window has no results from before it was there, and does not correct them.
                if (Windows.closesAt(asOf) <= watermark && Windows.closesAt(asOf) > windows.since(window)) {
                    corrections.add(window, end, asOf, watermark);
                }
            }
            if (windows.cumulates(window)) {
                break;
            }
        }
    }

    /**
     * Changes how many numbers are missing right before a tick that was counted. Windows that were published and may still change
     * are published again.
     *
     * @param time the event time of that tick
     * @param by how many more are missing; below zero, how many fewer
     * @param watermark the watermark up to which windows have been published
     * @return whether any window counts it; if not, nothing is changed
     */
    public boolean changeMissing(long time, long by, long watermark) {
        boolean isPublished = time <= watermark;
        if (isPublished && countedBy(time, watermark) == Counted.BY_NO_WINDOW) {
            return false;
        }
        Slice slice = slices.floor(time, nodes);
        if (slice == null) {
            return false;
        }
        if (isPublished) {
            for (int i = 0; i < windows.count(); i++) {
                if (!windows.slides(i)) {
                    correctPublished(i, time, watermark);
                }
            }
        }
        slices.open(slice.start(), nodes).addMissing(by);
        return true;
    }

    private static long firstEnd(WindowSpec spec, long time) {
        return spec.form() == WindowSpec.Form.HOPPING ? spec.firstAsOfAfter(time) : spec.windowEnd(time);
    }

    /** Which windows count a late tick. Of overlapping windows, the first is final before the last. */
    private Counted countedBy(long time, long watermark) {
        boolean any = false;
        boolean every = true;
        for (int i = 0; i < windows.count(); i++) {
            long firstUntil;
            long lastUntil;
            if (windows.slides(i)) {
                firstUntil = windows.slidesPast(i, time);
                lastUntil = firstUntil;
            } else {
                WindowSpec spec = windows.spec(i);
                firstUntil = windows.finalAt(i, firstEnd(spec, time));
                lastUntil = windows.finalAt(i, spec.windowEnd(time));
            }
            any |= lastUntil > watermark;
            every &= firstUntil > watermark;
        }
        return every ? Counted.BY_EVERY_WINDOW : any ? Counted.BY_SOME_WINDOWS : Counted.BY_NO_WINDOW;
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
        Slice first = slices.ceiling(Long.MIN_VALUE, nodes);
        long[] next = new long[windows.count()];
        for (int i = 0; i < next.length; i++) {
            next[i] = nextAsOf(i, from, first);
        }
        long correction = corrections.firstDue();
        while (true) {
            long asOf = Arrays.stream(next).min().getAsLong();
            long closing = asOf == EventTimes.NEVER ? EventTimes.NEVER : Windows.closesAt(asOf);
            state.due = Math.min(closing, correction);
            if (state.due == EventTimes.NEVER || state.due > to) {
                break;
            }
            if (closing <= correction) {
                publishClosing(asOf, next);
                for (int i = 0; i < next.length; i++) {
                    if (next[i] == asOf) {
                        next[i] = nextAsOf(i, closing, first);
                    }
                }
            } else {
                corrections.publishDue(correction, to);
                correction = corrections.firstDue();
            }
        }
        if (state.tidyAt <= to) {
            closeOf = NO_WINDOW;
            finalSlices.tidy(to);
        }
        state.due = Math.min(state.due, state.tidyAt);
    }

    /** What the next result on time describes, after those that a watermark has brought about, or {@link EventTimes#NEVER}. */
    private long nextAsOf(int window, long watermark, @Nullable Slice first) {
        if (windows.slides(window) || first == null || watermark == Long.MAX_VALUE) {
            return EventTimes.NEVER;
        }
        WindowSpec spec = windows.spec(window);
        long after = Math.max(first.start(), Math.max(watermark + 1, windows.closedThrough(window)));
        long asOf = spec.firstAsOfAfter(after);
        if (windows.cumulates(window)) {
            return nextStep(spec, asOf);
        }
        Slice slice = slices.ceiling(spec.startAsOf(asOf), nodes);
        if (slice == null) {
            return EventTimes.NEVER;
        }
        return slice.start() < asOf ? asOf : spec.firstAsOfAfter(slice.start());
    }

    /** The next step that has ticks, or the end of the day if that has any. */
    private long nextStep(WindowSpec spec, long asOf) {
        long next = EventTimes.NEVER;
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
                    corrections.forget(i, end);
                    results.publish(i, start, end, asOf, sum, closes.before(i, start), 0);
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
        if (slidTo == EventTimes.NEVER) {
            return;
        }
        for (int i = 0; i < windows.count(); i++) {
            if (windows.slides(i)) {
                WindowSpec spec = windows.spec(i);
                long start = spec.cutAtOrBefore(slidTo) - spec.windowEnd(0) + spec.step();
                Bar sum = new Bar();
                slices.addUp(start, slidTo + 1, sum, nodes);
                results.publish(i, start, slidTo + 1, slidTo, sum, null, 0);
            }
        }
        slidTo = EventTimes.NEVER;
    }
}
