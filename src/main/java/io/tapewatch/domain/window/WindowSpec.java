package io.tapewatch.domain.window;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.ZonedDays;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of window. It is written, and named, in one of five ways:
 *
 * <table>
 * <caption>Specifications</caption>
 * <tr><td>{@code 1m}</td><td>tumbling: one after the other, aligned to the epoch</td></tr>
 * <tr><td>{@code 5m/1m}</td><td>hopping: five minutes long, a new one each minute</td></tr>
 * <tr><td>{@code 5m/tick}</td><td>sliding: the trailing five minutes, at each tick</td></tr>
 * <tr><td>{@code 1d@America/New_York}</td><td>tumbling: the days of a time zone</td></tr>
 * <tr><td>{@code 1d+1m}, {@code 1d@America/New_York+1m}</td><td>cumulating: the day so far, each minute</td></tr>
 * </table>
 *
 * <p>Windows are half-open, {@code [start, end)}, and times are epoch milliseconds. A result is <em>as of</em> a moment:
 * the end of its window, or of a step of a cumulating one. Two specifications are equal when their names are.
 */
public final class WindowSpec {

    /** How the windows of a specification follow each other. */
    public enum Form {
        TUMBLING,
        HOPPING,
        SLIDING,
        CUMULATING
    }

    /** The most windows one job keeps. */
    public static final int MAX_WINDOWS = 32;

    /** How many buckets a sliding window trails over, besides the one its tick is in. */
    private static final int SLIDING_BUCKETS = 60;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** The longest window: 366 days, in milliseconds. */
    private static final long MAX_LENGTH = 366 * DAY;

    private final String name;
    private final Form form;
    private final long length;
    private final long step;

    /** The days of its zone, or null when all its windows are equally long. */
    private final @Nullable ZonedDays days;

    private WindowSpec(String name, Form form, long length, long step, @Nullable ZonedDays days) {
        this.name = name;
        this.form = form;
        this.length = length;
        this.step = step;
        this.days = days;
    }

    /**
     * Reads one specification, such as {@code 5m/1m}.
     *
     * @throws IllegalArgumentException if it is none; the message is one line that says what would be
     */
    public static WindowSpec parse(String text) {
        return WindowSpecParser.parse(text);
    }

    /**
     * Reads a comma-separated list, such as {@code 1m,5m/1m}, in its order.
     *
     * @throws IllegalArgumentException if a part is no specification, or the same as another, or there are more than
     *     {@link #MAX_WINDOWS}
     */
    public static List<WindowSpec> parseList(String text) {
        return WindowSpecParser.parseList(text);
    }

    static WindowSpec tumbling(long length) {
        checkLength(length);
        return new WindowSpec(Durations.format(length), Form.TUMBLING, length, length, null);
    }

    static WindowSpec hopping(long length, long step) {
        checkLength(length);
        checkStep(length, step);
        if (step == length) {
            return tumbling(length);
        }
        String name = Durations.format(length) + "/" + Durations.format(step);
        return new WindowSpec(name, Form.HOPPING, length, step, null);
    }

    static WindowSpec sliding(long length) {
        checkLength(length);
        long bucket = (length + SLIDING_BUCKETS - 1) / SLIDING_BUCKETS;
        return new WindowSpec(Durations.format(length) + "/tick", Form.SLIDING, length, bucket, null);
    }

    static WindowSpec cumulating(long length, long step) {
        checkLength(length);
        checkStep(length, step);
        if (step == length) {
            return tumbling(length);
        }
        String name = Durations.format(length) + "+" + Durations.format(step);
        return new WindowSpec(name, Form.CUMULATING, length, step, null);
    }

    static WindowSpec day(ZoneId zone) {
        if (isAlwaysUtc(zone)) {
            return tumbling(DAY);
        }
        return new WindowSpec("1d@" + zone.getId(), Form.TUMBLING, DAY, DAY, new ZonedDays(zone));
    }

    static WindowSpec cumulatingDay(ZoneId zone, long step) {
        if (isAlwaysUtc(zone)) {
            return cumulating(DAY, step);
        }
        checkStep(DAY, step);
        if (step == DAY && zone.getRules().isFixedOffset()) {
            return day(zone);
        }
        // Otherwise a step of a day is one: a day of 25 hours has a result after 24 of them.
        String name = "1d@" + zone.getId() + "+" + Durations.format(step);
        return new WindowSpec(name, Form.CUMULATING, DAY, step, new ZonedDays(zone));
    }

    private static boolean isAlwaysUtc(ZoneId zone) {
        return zone.getRules().equals(ZoneOffset.UTC.getRules());
    }

    private static void checkLength(long length) {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a window of " + Durations.format(length) + "; expected 1ms to " + Durations.format(MAX_LENGTH));
        }
    }

    private static void checkStep(long length, long step) {
        if (step < 1) {
            throw new IllegalArgumentException(
                    "a step of " + Durations.format(step) + "; expected 1ms to " + Durations.format(length));
        }
        if (step > length) {
            throw new IllegalArgumentException("a step of " + Durations.format(step) + " is longer than the window of "
                    + Durations.format(length) + "; expected one that divides it, such as " + divisor(length, step));
        }
        if (length % step != 0) {
            throw new IllegalArgumentException("a step of " + Durations.format(step) + " does not divide the window of "
                    + Durations.format(length) + "; expected one that does, such as " + divisor(length, step));
        }
    }

    private static String divisor(long length, long atMost) {
        for (long unit : List.of(HOUR, MINUTE, SECOND)) {
            if (unit <= atMost && unit < length && length % unit == 0) {
                return Durations.format(unit);
            }
        }
        return Durations.format(1);
    }

    /** The canonical form: {@code 60s} is {@code 1m}, {@code 1d@UTC} is {@code 1d}. */
    public String name() {
        return name;
    }

    public Form form() {
        return form;
    }

    /** How long a window is, in milliseconds; 24 hours for the days of a zone, some of which are shorter or longer. */
    public long length() {
        return length;
    }

    /** The time in milliseconds between the starts of two windows, two steps of a cumulating or two buckets of a sliding one. */
    public long step() {
        return step;
    }

    /** Whether its windows are those of a day, or longer: some prints set prices in shorter ones alone. */
    boolean isOfDays() {
        return form == Form.CUMULATING || length >= DAY;
    }

    /** Whether a window has one before it that ended when it started. */
    public boolean comparesWithPrevious() {
        return form == Form.TUMBLING || form == Form.CUMULATING;
    }

    /** Whether each window is a day, of a zone or of UTC. */
    public boolean isDay() {
        return length == DAY && comparesWithPrevious();
    }

    /** Whether both have the same windows and results, if under other names: two zones may have the same rules. */
    boolean hasTheWindowsOf(WindowSpec other) {
        return form == other.form
                && length == other.length
                && step == other.step
                && (days == null ? other.days == null : other.days != null && days.equalDays(other.days));
    }

    /** The first moment after {@code time} that a result is as of. Not for sliding windows. */
    public long firstAsOfAfter(long time) {
        checkHasAsOfs();
        return cutAfter(time);
    }

    /** The start of the window whose result is as of {@code asOf}. Not for sliding windows. */
    public long startAsOf(long asOf) {
        checkHasAsOfs();
        return form == Form.HOPPING ? asOf - length : windowStart(asOf - 1);
    }

    /** The end of the window whose result is as of {@code asOf}. Not for sliding windows. */
    public long endAsOf(long asOf) {
        checkHasAsOfs();
        return form == Form.HOPPING ? asOf : windowEnd(asOf - 1);
    }

    private void checkHasAsOfs() {
        if (form == Form.SLIDING) {
            throw new IllegalStateException("window " + name + " has a result as of each tick");
        }
    }

    /** The last moment at or before {@code time} at which a window, step or bucket starts or ends. */
    public long cutAtOrBefore(long time) {
        return switch (form) {
            case TUMBLING -> windowStart(time);
            case HOPPING, SLIDING -> multipleAtOrBefore(time, step);
            case CUMULATING -> {
                long start = windowStart(time);
                yield start + multipleAtOrBefore(time - start, step);
            }
        };
    }

    /** The first moment after {@code time} at which a window, step or bucket starts or ends. */
    public long cutAfter(long time) {
        return switch (form) {
            case TUMBLING -> windowEnd(time);
            case HOPPING, SLIDING -> multipleAtOrBefore(time, step) + step;
            case CUMULATING -> Math.min(cutAtOrBefore(time) + step, windowEnd(time));
        };
    }

    /** The start of the window that holds {@code time}: of the last one, where several do. */
    public long windowStart(long time) {
        return switch (form) {
            case TUMBLING, CUMULATING -> days == null ? multipleAtOrBefore(time, length) : days.startOf(time);
            case HOPPING, SLIDING -> multipleAtOrBefore(time, step);
        };
    }

    /**
     * The end of the window that holds {@code time}, exclusive: of the last one, where several do. For a sliding window,
     * the first time of a tick whose window does not reach back to {@code time}.
     */
    public long windowEnd(long time) {
        return switch (form) {
            case TUMBLING, CUMULATING -> days == null ? multipleAtOrBefore(time, length) + length : days.endOf(time);
            case HOPPING -> multipleAtOrBefore(time, step) + length;
            case SLIDING -> multipleAtOrBefore(time, step) + (SLIDING_BUCKETS + 1) * step;
        };
    }

    /**
     * The first moment from which on results are of windows that start at or after {@code time}: the start of the first of
     * these windows; of a sliding one, the time of a tick whose window starts there.
     */
    public long firstWhole(long time) {
        return form == Form.HOPPING ? cutAfter(time - 1) : windowEnd(time - 1);
    }

    private static long multipleAtOrBefore(long time, long unit) {
        return Math.floorDiv(time, unit) * unit;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowSpec spec && name.equals(spec.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
