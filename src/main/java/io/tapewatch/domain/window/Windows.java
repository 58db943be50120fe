package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.trade.KeepingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The windows of a job, and the slices they are composed of.
 *
 * <p>A slice ends wherever any window starts or ends, so every window is a whole number of slices, and a tick that
 * updates its slice has updated every window:
 *
 * <pre>
 *   1m  |-----|-----|-----|-----|-----|
 *   90s |--------|--------|--------|
 *       |-----|--|--|-----|-----|--|--|    slices
 * </pre>
 *
 * <p>A cut is needed as long as a window that may still be published starts or ends there; then the slices on both sides
 * are joined.
 *
 * <p>Of one task: the calendar of a zone remembers its last day.
 */
public final class Windows {

    /** What {@link #cutAtOrBefore(long, long)} is where no cut is needed: nothing can change any more. */
    static final long NO_CUT = Long.MIN_VALUE;

    /** By how much a day is longer where the clock is put back. */
    private static final long LONGER_DAY = 60L * 60 * 1000;

    private final WindowSpec[] specs;
    private final long[] lateness;
    private final long[] since;
    private final long[] closedThrough;
    private final boolean anySlides;
    private final long tidyEvery;
    private final long reviseEvery;
    private final long previousCloseMaxAge;
    private final long mayChangeFor;

    /** How long after its time a trade can be taken back, in milliseconds; 0: never. */
    private long horizon;

    /** Every tick from this event time on is read. */
    private long wholeFrom = EventTimes.BEGINNING;

    /**
     * @param specs the windows
     * @param allowedLateness how long after its end a window may still change, in milliseconds
     * @param latenessOf the lateness of windows that differ from that, by the window's name
     * @param reviseEvery the least event time between two revisions of a window, in milliseconds
     * @param previousCloseMaxAge how long before a window the one may have ended that it is compared with
     */
    public Windows(
            List<WindowSpec> specs,
            long allowedLateness,
            Map<String, Long> latenessOf,
            long reviseEvery,
            long previousCloseMaxAge) {
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("no windows; expected at least one, such as 1m");
        }
        for (String name : latenessOf.keySet()) {
            if (specs.stream().noneMatch(spec -> spec.name().equals(name))) {
                throw new IllegalArgumentException(
                        "a lateness for window " + name + ", which is not among the windows " + names(specs));
            }
        }
        this.specs = specs.toArray(WindowSpec[]::new);
        this.lateness = specs.stream()
                .mapToLong(spec -> latenessOf.getOrDefault(spec.name(), allowedLateness))
                .toArray();
        this.since = always(specs.size());
        this.closedThrough = always(specs.size());
        this.anySlides = specs.stream().anyMatch(spec -> spec.form() == WindowSpec.Form.SLIDING);
        this.tidyEvery = SliceNode.CAPACITY
                * specs.stream().mapToLong(WindowSpec::step).min().orElseThrow();
        this.reviseEvery = reviseEvery;
        this.previousCloseMaxAge = previousCloseMaxAge;
        this.mayChangeFor = longestChange();
    }

    private static long[] always(int count) {
        long[] always = new long[count];
        Arrays.fill(always, EventTimes.BEGINNING);
        return always;
    }

    private static String names(List<WindowSpec> specs) {
        return String.join(", ", specs.stream().map(WindowSpec::name).toList());
    }

    // Where the ticks begin.

    /**
     * Has those windows alone published that are whole.
     *
     * @param time the event time from which on every tick is read, or {@link EventTimes#BEGINNING}: every tick there is
     */
    public Windows wholeFrom(long time) {
        wholeFrom = time;
        return this;
    }

    /** Whether every tick from an event time on is read. */
    boolean areWholeFrom(long time) {
        return time >= wholeFrom;
    }

    // Trades that can be taken back.

    /**
     * Has slices cut at every minute, and kept apart for as long as a trade in them can be taken back, so that a slice can be
     * made anew from its trades.
     *
     * @param span how long after its time a trade can be taken back, in milliseconds; 0: never
     */
    public Windows takingBackFor(long span) {
        horizon = span;
        return this;
    }

    /** Whether trades can be taken back at all. */
    boolean takesBack() {
        return horizon > 0;
    }

    /** The start of the first minute with trades that can be taken back at {@code watermark}. */
    long firstAmendable(long watermark) {
        return horizon == 0 ? Long.MAX_VALUE : KeepingSettings.firstMinute(watermark, horizon);
    }

    /** The watermark until which trades of the minute that {@code time} is in can be taken back. */
    long amendableUntil(long time) {
        return horizon == 0 ? Long.MIN_VALUE : plus(minuteOf(time) + KeepingSettings.MINUTE, horizon);
    }

    private static long minuteOf(long time) {
        return Math.floorDiv(time, KeepingSettings.MINUTE) * KeepingSettings.MINUTE;
    }

    // What a savepoint knows.

    /** What the next run must know about these windows. */
    public List<KeptWindow> kept() {
        List<KeptWindow> kept = new ArrayList<>();
        for (int i = 0; i < specs.length; i++) {
            kept.add(new KeptWindow(specs[i].name(), lateness[i], since[i], closedThrough[i]));
        }
        return kept;
    }

    /**
     * Restores the windows from a savepoint. A window that was there is as it was. A new form of window begins with the
     * windows that had not ended yet, and with what the slices know of these; what a removed form leaves behind is dropped.
     *
     * @param kept the windows of the run before
     * @param watermark how far it had come
     * @return whether these windows differ from those
     */
    public boolean restore(Collection<KeptWindow> kept, long watermark) {
        boolean changed = kept.size() != specs.length;
        for (int i = 0; i < specs.length; i++) {
            String name = specs[i].name();
            Optional<KeptWindow> before =
                    kept.stream().filter(each -> each.name().equals(name)).findAny();
            if (before.isEmpty()) {
                since[i] = watermark;
                closedThrough[i] = lastEnd(i, plus(watermark, 1));
                changed = true;
            } else {
                since[i] = before.get().since();
                closedThrough[i] = before.get().closedThrough();
                long oldLateness = before.get().lateness();
                changed |= oldLateness != lateness[i];
                if (oldLateness < lateness[i]) {
                    // What was final then has been dropped.
                    closedThrough[i] = Math.max(closedThrough[i], lastEnd(i, plus(watermark, 1 - oldLateness)));
                }
            }
        }
        return changed;
    }

    /** The end of the last window of this form that ends at or before {@code time}. */
    private long lastEnd(int window, long time) {
        WindowSpec spec = specs[window];
        if (slides(window) || isUnbounded(time)) {
            return slides(window) ? EventTimes.BEGINNING : time;
        }
        return cumulates(window) ? spec.windowStart(time) : spec.cutAtOrBefore(time);
    }

    /** Whether this means the beginning or the end of time. */
    private static boolean isUnbounded(long time) {
        return time == Long.MIN_VALUE || time == Long.MAX_VALUE;
    }

    // The windows.

    int count() {
        return specs.length;
    }

    WindowSpec spec(int window) {
        return specs[window];
    }

    /** The index of the window of this name, or −1 when it is none of the job's (any more). */
    public int indexOf(String name) {
        for (int i = 0; i < specs.length; i++) {
            if (specs[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    boolean slides(int window) {
        return specs[window].form() == WindowSpec.Form.SLIDING;
    }

    boolean cumulates(int window) {
        return specs[window].form() == WindowSpec.Form.CUMULATING;
    }

    long lateness(int window) {
        return lateness[window];
    }

    boolean anySlides() {
        return anySlides;
    }

    long reviseEvery() {
        return reviseEvery;
    }

    /** How often a symbol's slices are tidied up, in event time: when a node of them has become full. */
    long tidyEvery() {
        return horizon == 0 ? tidyEvery : Math.min(tidyEvery, SliceNode.CAPACITY * KeepingSettings.MINUTE);
    }

    long previousCloseMaxAge() {
        return previousCloseMaxAge;
    }

    /** How long after an event time a window that holds it may still change: at most so, in milliseconds. */
    public long mayChangeFor() {
        return mayChangeFor;
    }

    private long longestChange() {
        long longest = 0;
        for (int i = 0; i < specs.length; i++) {
            longest = Math.max(longest, plus(plus(specs[i].length(), LONGER_DAY), plus(lateness[i], reviseEvery)));
        }
        return longest;
    }

    /** No window that ends at or before this is published or corrected (any more). */
    long closedThrough(int window) {
        return closedThrough[window];
    }

    /** The watermark before which no window of this form was published. */
    long since(int window) {
        return since[window];
    }

    /** The watermark that publishes a result as of {@code asOf}: the last millisecond before. */
    static long closesAt(long asOf) {
        return asOf - 1;
    }

    /** The watermark from which on the window that ends at {@code end} cannot change. */
    long finalAt(int window, long end) {
        return end <= closedThrough[window] ? Long.MIN_VALUE : plus(closesAt(end), lateness[window]);
    }

    /** The watermark from which on no result of a sliding window counts another tick of {@code time}. */
    long slidesPast(int window, long time) {
        return Math.min(plus(time, lateness[window]), specs[window].windowEnd(time) - 1);
    }

    /** The end of the last window of this form that is final; every window that starts there or later is not. */
    long finalEnd(int window, long watermark) {
        return Math.max(closedThrough[window], lastEnd(window, plus(watermark, 1 - lateness[window])));
    }

    // The cuts.

    /** The last cut at or before {@code time}. */
    long cutAtOrBefore(long time) {
        long cut = NO_CUT;
        for (WindowSpec spec : specs) {
            cut = Math.max(cut, spec.cutAtOrBefore(time));
        }
        return horizon == 0 ? cut : Math.max(cut, minuteOf(time));
    }

    /** The first cut after {@code time}. */
    long cutAfter(long time) {
        long cut = Long.MAX_VALUE;
        for (WindowSpec spec : specs) {
            cut = Math.min(cut, spec.cutAfter(time));
        }
        return horizon == 0 ? cut : Math.min(cut, minuteOf(time) + KeepingSettings.MINUTE);
    }

    /** The last cut at or before {@code time} that is still needed at {@code watermark}, or {@link #NO_CUT}. */
    long cutAtOrBefore(long time, long watermark) {
        long latest = NO_CUT;
        for (int i = 0; i < specs.length; i++) {
            long cut = specs[i].cutAtOrBefore(time);
            if (cut > latest && cutNeededUntil(i, cut) > watermark) {
                latest = cut;
            }
            if (cumulates(i)) {
                long start = specs[i].windowStart(time);
                if (start > latest && cutNeededUntil(i, false, time) > watermark) {
                    latest = start;
                }
            }
        }
        // A slice with trades that can be taken back is kept as it was cut; but not for windows that are final.
        return latest != NO_CUT && horizon > 0 && time >= firstAmendable(watermark) ? cutAtOrBefore(time) : latest;
    }

    /** The watermark until which a result may be published that starts or ends at {@code cut}. */
    private long cutNeededUntil(int window, long cut) {
        return cutNeededUntil(window, cumulates(window) && specs[window].windowStart(cut) != cut, cut);
    }

    /**
     * The watermark until which the last cut at or before {@code time} is needed.
     *
     * @param steps of a cumulating window whether its steps are meant, or its days
     */
    long cutNeededUntil(int window, boolean steps, long time) {
        WindowSpec spec = specs[window];
        if (steps) {
            return closesAt(spec.firstAsOfAfter(time));
        }
        return slides(window) ? spec.windowEnd(time) - 1 : finalAt(window, spec.windowEnd(time));
    }

    /** The time from which on all cuts of a window, or all its {@code steps}, are still needed at {@code watermark}. */
    long firstCutNeeded(int window, boolean steps, long watermark) {
        WindowSpec spec = specs[window];
        if (steps) {
            return isUnbounded(watermark) ? watermark : spec.cutAtOrBefore(watermark + 1);
        }
        return switch (spec.form()) {
            case TUMBLING, CUMULATING -> finalEnd(window, watermark);
            case HOPPING -> plus(finalEnd(window, watermark), spec.step() - spec.length());
            case SLIDING -> plus(watermark, 2 - spec.windowEnd(0));
        };
    }

    /** The sum, but no further than times go; {@code time} itself where it means the beginning or the end of time. */
    static long plus(long time, long duration) {
        if (time == Long.MIN_VALUE || time == Long.MAX_VALUE) {
            return time;
        }
        long sum = time + duration;
        if (((time ^ sum) & (duration ^ sum)) < 0) {
            return duration < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
