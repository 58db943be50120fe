package io.tapewatch.domain.window;

import io.tapewatch.domain.Durations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A window specification as the oracle reads it, and the windows it has. It takes canonical texts and shares nothing
 * with {@link WindowSpec}.
 *
 * @param name the text
 * @param length how long a window is, in milliseconds; 24 hours for the days of a zone
 * @param step of a hopping or cumulating window, in milliseconds; the bucket of a sliding one; else the length
 * @param zone the zone whose days are the windows, or null
 */
public record WindowText(String name, Form form, long length, long step, ZoneId zone) {

    public enum Form {
        TUMBLING,
        HOPPING,
        SLIDING,
        CUMULATING
    }

    /** The window from {@code start} to below {@code end}, in epoch milliseconds. */
    public record Span(long start, long end) {}

    private static final String DURATION = "[0-9]+(?:ms|s|m|h|d)";
    private static final Pattern SLIDING = Pattern.compile("(" + DURATION + ")/tick");
    private static final Pattern HOPPING = Pattern.compile("(" + DURATION + ")/(" + DURATION + ")");
    // A zone may have a plus of its own, as in 1d@Etc/GMT+5, but no unit after it.
    private static final Pattern OTHER = Pattern.compile("(" + DURATION + ")(?:@(.+?))?(?:\\+(" + DURATION + "))?");

    static WindowText read(String name) {
        Matcher sliding = SLIDING.matcher(name);
        if (sliding.matches()) {
            long length = Durations.parse(sliding.group(1));
            long bucket = length % 60 == 0 ? length / 60 : length / 60 + 1;
            return new WindowText(name, Form.SLIDING, length, bucket, null);
        }
        Matcher hopping = HOPPING.matcher(name);
        if (hopping.matches()) {
            return new WindowText(
                    name, Form.HOPPING, Durations.parse(hopping.group(1)), Durations.parse(hopping.group(2)), null);
        }
        Matcher other = OTHER.matcher(name);
        if (!other.matches()) {
            throw new IllegalArgumentException("no window: " + name);
        }
        long length = Durations.parse(other.group(1));
        ZoneId zone = other.group(2) == null ? null : ZoneId.of(other.group(2));
        return other.group(3) == null
                ? new WindowText(name, Form.TUMBLING, length, length, zone)
                : new WindowText(name, Form.CUMULATING, length, Durations.parse(other.group(3)), zone);
    }

    public static List<WindowText> readAll(String names) {
        List<WindowText> texts = new ArrayList<>();
        for (String name : names.split(",")) {
            texts.add(read(name));
        }
        return texts;
    }

    /** All windows that {@code time} lies in. Not for sliding ones, of which each tick has its own. */
    public List<Span> windowsAt(long time) {
        return switch (form) {
            case HOPPING -> hopsAt(time);
            case TUMBLING, CUMULATING -> List.of(zone == null ? fromTheEpoch(time, length) : dayAt(time));
            case SLIDING -> throw new IllegalStateException(name + " has a window for each tick");
        };
    }

    private List<Span> hopsAt(long time) {
        List<Span> spans = new ArrayList<>();
        for (long start = fromTheEpoch(time, step).start(); start + length > time; start -= step) {
            spans.add(new Span(start, start + length));
        }
        return spans;
    }

    public static Span fromTheEpoch(long time, long length) {
        long start = Math.floorDiv(time, length) * length;
        return new Span(start, start + length);
    }

    /**
     * The day of the zone. Its date is usually the one that the clocks show at that moment, but where they are set back
     * over midnight they show the day before once more.
     */
    private Span dayAt(long time) {
        LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate().minusDays(2);
        while (midnight(date.plusDays(1)) <= time) {
            date = date.plusDays(1);
        }
        return new Span(midnight(date), midnight(date.plusDays(1)));
    }

    private long midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The first moment after {@code time} that a result of this window, which {@code time} lies in, is as of. */
    public long firstAsOf(Span window, long time) {
        if (form != Form.CUMULATING) {
            return window.end();
        }
        long steps = (time - window.start()) / step;
        return Math.min(window.start() + (steps + 1) * step, window.end());
    }
}
