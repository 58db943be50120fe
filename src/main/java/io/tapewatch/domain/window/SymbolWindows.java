package io.tapewatch.domain.window;

import static java.util.Objects.requireNonNull;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.util.Arrays;
import java.util.function.Consumer;
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
    private final FirstsOfDays firsts;
    private final PreviousCloses closes;
    private final Results results;
    private final Corrections corrections;
    private final LateChanges lateChanges;
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
        this(symbol, windows, state, nodes, FirstsOfDays.NONE, publisher);
    }

    /**
     * @param firsts which prints are the first of their days; it is told of those that are counted
     */
    public SymbolWindows(
            String symbol,
            Windows windows,
            WindowsState state,
            SliceNodes nodes,
            FirstsOfDays firsts,
            SummaryPublisher publisher) {
        this.windows = windows;
        this.state = state;
        this.slices = state.slices;
        this.nodes = nodes;
        this.firsts = firsts;
        this.closes = new PreviousCloses(windows, state, nodes, firsts);
        this.results = new Results(Instrument.unknown(symbol), windows, firsts, publisher);
        this.corrections = new Corrections(windows, state, nodes, closes, results);
        this.lateChanges = new LateChanges(windows, closes, corrections);
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

    /** Counts a tick that counts for all; see below. */
    public Counted add(Tick tick, long watermark) {
        return add(tick, Eligibility.ALL, watermark);
    }

    /**
     * Counts a tick.
     *
     * @param eligibility what it may update
     * @param watermark the watermark up to which windows have been published; ticks after it come in their order
     * @return which windows count it
     */
    public Counted add(Tick tick, Eligibility eligibility, long watermark) {
        long time = tick.time();
        if (time <= watermark) {
            return addLate(tick, eligibility, watermark);
        }
        if (windows.anySlides() && time != slidTo) {
            publishSliding();
            slidTo = time;
        }
        if (time < openFrom || time >= openTo) {
            openSlice(time, watermark);
        }
        open.add(tick, eligibility, firsts);
        if (firsts != FirstsOfDays.NONE) {
            firsts.take(tick, eligibility);
        }
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
                before != null && (before.start() >= cut || before.bar().latestTime() >= time) ? before.start() : cut;
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

    private Counted addLate(Tick tick, Eligibility eligibility, long watermark) {
        long time = tick.time();
        Counted counted = lateChanges.countedBy(time, watermark);
        if (counted == Counted.BY_NO_WINDOW) {
            return counted;
        }
        Corrections.Followers followers = changeAt(time, watermark);
        if (eligibility.last() != Eligibility.Last.NO) {
            long first = firsts.firstOf(time);
            if (first != EventTimes.NEVER && first > time && isSetByFirstOfDay(first)) {
                lateChanges.begin(first, watermark, followers);
            }
        }
        sliceOf(time, watermark).add(tick, eligibility, firsts);
        firsts.take(tick, eligibility);
        corrections.correct(followers, watermark);
        return counted;
    }

    /**
     * Takes a tick back, or has it be another, in all windows that may still change: as if it had never been counted, or
     * had been counted as it is now. The slice of the tick is made anew from its trades.
     *
     * @param before the tick as it stands
     * @param after the tick as it stands then, at the same place on the tape, or null: it is taken back
     * @param saidAt the event time at which this became known
     * @param watermark as in {@link #add}
     * @param trades the trades as they stand, with {@code before} among them
     * @return whether it could be done; if not, trades that the slice counts are not kept, and nothing has changed
     */
    public boolean amend(Tick before, @Nullable Tick after, long saidAt, long watermark, Trades trades) {
        long time = before.time();
        Slice slice = slices.floor(time, nodes);
        Bar changed = slice == null ? null : changed(slice, before, after, trades);
        if (slice == null || changed == null) {
            return lateChanges.countedBy(time, watermark) == Counted.BY_NO_WINDOW;
        }
        // Even where no window counts a late tick any more: results of sliding windows are still to come.
        if (slidTo != saidAt) {
            publishSliding();
        }
        openFrom = Long.MAX_VALUE;
        openTo = Long.MIN_VALUE;
        if (time > watermark) {
            // Nothing that was published holds it, or is compared with what does.
            closeOf = NO_WINDOW;
            replace(slice, changed);
        } else {
            Corrections.Followers followers = changeAt(time, watermark);
            replace(slice, changed);
            corrections.correct(followers, watermark);
        }
        return true;
    }

    private void replace(Slice slice, Bar changed) {
        slices.remove(slice.start(), nodes);
        if (!changed.isEmpty() || changed.missing() != 0) {
            slices.open(slice.start(), nodes).merge(changed);
        }
    }

    /** The bar of a slice after a tick of it has changed, or null: its trades are not those that it counts. */
    private @Nullable Bar changed(Slice slice, Tick before, @Nullable Tick after, Trades trades) {
        Bar changed = new Bar();
        changed.addMissing(slice.bar().missing());
        long[] count = new long[2];
        trades.read(slice.start(), windows.cutAfter(slice.start()), (trade, eligibility) -> {
            count[0]++;
            if (!trade.origin().isSameRecord(before.origin())) {
                changed.add(trade, eligibility, firsts);
                return;
            }
            count[1]++;
            if (after != null) {
                changed.add(after, eligibility, firsts);
            }
        });
        BarView counted = slice.bar().view(false, firsts);
        return count[0] == counted.count() + counted.ineligible() && count[1] == 1 ? changed : null;
    }

    /** Whether a price of this time is an open or a close only because it is the first of its day. */
    private boolean isSetByFirstOfDay(long time) {
        Slice slice = slices.floor(time, nodes);
        return slice != null && slice.bar().hasFirstOfDay(time, firsts);
    }

    /** To be called before anything changes at a time behind the watermark; then the followers are to be corrected. */
    private Corrections.Followers changeAt(long time, long watermark) {
        closeOf = NO_WINDOW;
        Corrections.Followers followers = new Corrections.Followers();
        lateChanges.begin(time, watermark, followers);
        return followers;
    }

    /**
     * Adds to the numbers of the feed that are missing at a time; below zero takes away, because they came after all. Windows
     * that have been published, and may still change, are corrected.
     */
    public void addMissing(long time, long numbers, long watermark) {
        change(time, watermark, bar -> bar.addMissing(numbers));
    }

    /**
     * Changes what the ticks of a time add up to. Windows that have been published, and may still change, are corrected, and
     * a slice without anything in it is dropped.
     *
     * @param change what is done to the bar of the slice that holds that time; nothing is, if no window counts the time any more
     */
    void change(long time, long watermark, Consumer<Bar> change) {
        if (time <= watermark && lateChanges.countedBy(time, watermark) == Counted.BY_NO_WINDOW) {
            return;
        }
        Corrections.Followers followers = changeAt(time, watermark);
        Bar bar = sliceOf(time, watermark);
        change.accept(bar);
        if (bar.isEmpty() && bar.missing() == 0) {
            slices.remove(requireNonNull(slices.floor(time, nodes), "slice").start(), nodes);
            openFrom = Long.MAX_VALUE;
            openTo = Long.MIN_VALUE;
        }
        corrections.correct(followers, watermark);
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
        Slice first = slices.ceiling(Long.MIN_VALUE, Slices.WITH_TICKS, nodes);
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
        Slice slice = slices.ceiling(spec.startAsOf(asOf), Slices.WITH_TICKS, nodes);
        if (slice == null) {
            return EventTimes.NEVER;
        }
        return slice.start() < asOf ? asOf : spec.firstAsOfAfter(slice.start());
    }

    /** The next step that has ticks, or the end of the day if that has any. */
    private long nextStep(WindowSpec spec, long asOf) {
        long next = EventTimes.NEVER;
        Slice step = slices.ceiling(spec.cutAtOrBefore(asOf - 1), Slices.WITH_TICKS, nodes);
        if (step != null) {
            next = step.start() < asOf ? asOf : spec.firstAsOfAfter(step.start());
        }
        Slice day = slices.ceiling(spec.startAsOf(asOf), Slices.WITH_TICKS, nodes);
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
                if (!sum.isEmpty()) {
                    results.publish(i, start, slidTo + 1, slidTo, sum, null, 0);
                }
            }
        }
        slidTo = EventTimes.NEVER;
    }
}
