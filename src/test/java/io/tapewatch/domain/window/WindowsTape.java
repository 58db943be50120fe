package io.tapewatch.domain.window;

import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.window.WindowText.Form;
import io.tapewatch.domain.window.WindowText.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What arrives at the tape, made from a seed: windows of all forms and their settings, and a stream of ticks and
 * watermarks with disorder, bursts, gaps of up to 40 days, ties, ticks at the edges of windows, late ones and too late
 * ones. Some begin shortly before the clocks of a zone change. It ends with the watermark that ends every input.
 *
 * <p>However long the gaps are, there are some thousand publications at most, as no window has a result without a tick.
 */
public final class WindowsTape {

    /** A tick, or where there is none a watermark. */
    public record Event(Tick tick, long watermark) {}

    /**
     * The settings of the windows.
     *
     * @param windows canonical texts, comma-separated
     * @param latenessOf the lateness of the windows that differ, by their text
     */
    record Settings(
            String windows,
            long allowedLateness,
            Map<String, Long> latenessOf,
            long reviseEvery,
            long previousCloseMaxAge) {

        long lateness(String window) {
            return latenessOf.getOrDefault(window, allowedLateness);
        }
    }

    /** A zone, and a date before its clocks change. */
    private record Change(String zone, String before) {}

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final long BEGINNING = 1_700_000_000_000L;

    private static final Change[] CHANGES = {
        new Change("America/New_York", "2023-11-01"),
        new Change("America/New_York", "2024-03-01"),
        new Change("Australia/Lord_Howe", "2024-04-01"), // half an hour
        new Change("Australia/Lord_Howe", "2024-10-01"),
        new Change("America/Havana", "2024-03-01"), // a day without midnight
        new Change("America/Havana", "2023-11-01"), // a day with two
        new Change("America/St_Johns", "2006-10-01"), // from one past midnight back to the day before
        new Change("America/Sao_Paulo", "2018-02-01"), // from midnight back to the day before
        new Change("Pacific/Apia", "2011-12-01"), // a date left out
        new Change("Asia/Kathmandu", "1985-12-01"), // a quarter of an hour
    };

    private static final String[] SHORT = {
        "1s",
        "1m",
        "90s",
        "7s",
        "100ms",
        "5m",
        "1m",
        "10s/1s",
        "1m/15s",
        "15s/5s",
        "5m/1m",
        "90s/30s",
        "5m/tick",
        "10s/tick",
        "1s/tick",
        "50ms/tick",
        "7s/tick",
        "1h+10m",
        "1m+1s",
        "10s+2s",
        "1m+15s",
        "5m+1m"
    };
    private static final String[] LONG = {
        "1h",
        "1d",
        "6h",
        "7d",
        "1h/10m",
        "1d/6h",
        "2d/1d",
        "7d/1d",
        "1h/tick",
        "1d/tick",
        "1h+10m",
        "1d+1m",
        "1d+1h",
        "7d+1d",
        "1d@America/New_York",
        "1d@America/New_York+1m",
        "1d@America/New_York+6h",
        "1d@Asia/Kathmandu",
        "1d@Asia/Kathmandu+1h",
        "1d@Australia/Lord_Howe+30m",
        "1d@Etc/GMT+5",
        "1d@Etc/GMT+5+2h"
    };
    private static final String[] STEPS_OF_A_DAY = {"", "", "+1m", "+30m", "+1h", "+6h", "+12h"};

    private static final long[] LATENESSES = {
        0, 1, 2 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 2 * DAY
    };
    private static final long[] PACES = {0, 1, SECOND, 20 * SECOND, 15 * MINUTE, 2 * HOUR};
    private static final long[] AGES = {32 * DAY, 32 * DAY, 32 * DAY, 10 * SECOND, MINUTE, 10 * MINUTE, 2 * HOUR, DAY};
    private static final long[] GAPS = {HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY, 40 * DAY};

    /** About how much time passes between some ticks, with short windows and with long ones. */
    private static final long[] SHORT_STRIDES = {300, 3 * SECOND, 20 * SECOND};

    private static final long[] LONG_STRIDES = {20 * SECOND, 10 * MINUTE, 2 * HOUR};

    private final long seed;
    private final Generated random;
    private final String[] symbols;

    private final Settings settings;
    private final List<WindowText> texts;
    private final long stride;
    private final long outOfOrderness;
    private final int distinctPrices;
    private final List<Event> events = new ArrayList<>();

    private long now;
    private long watermark = Long.MIN_VALUE;
    private long lastTime;
    private long nextOffset;

    public WindowsTape(long seed, int length, String... symbols) {
        this.seed = seed;
        this.random = new Generated(seed);
        this.symbols = symbols;
        boolean isLong = random.oneIn(2);
        Set<String> windows = new LinkedHashSet<>();
        now = BEGINNING;
        if (random.oneIn(3)) {
            Change change = CHANGES[random.below(CHANGES.length)];
            isLong = true;
            now = momentOf(change) - below(36 * HOUR);
            windows.add("1d@" + change.zone + STEPS_OF_A_DAY[random.below(STEPS_OF_A_DAY.length)]);
        }
        for (int more = random.below(6); more > 0 || windows.isEmpty(); more--) {
            boolean isOfItsScale = !random.oneIn(4);
            windows.add(anyOf(isLong == isOfItsScale ? LONG : SHORT));
        }
        long allowedLateness = anyOf(LATENESSES);
        Map<String, Long> latenessOf = new TreeMap<>();
        for (String window : windows) {
            if (random.oneIn(3)) {
                latenessOf.put(window, anyOf(LATENESSES));
            }
        }
        settings = new Settings(String.join(",", windows), allowedLateness, latenessOf, anyOf(PACES), anyOf(AGES));
        texts = WindowText.readAll(settings.windows);
        stride = anyOf(isLong ? LONG_STRIDES : SHORT_STRIDES);
        outOfOrderness = 1 + below(2 * stride);
        distinctPrices = random.oneIn(2) ? 2 : 20;
        lastTime = now;
        while (events.size() < length) {
            if (random.oneIn(3)) {
                passWatermark();
            } else {
                passTime();
                addTicks();
            }
        }
        advanceTo(Long.MAX_VALUE);
    }

    private static long momentOf(Change change) {
        Instant before = LocalDate.parse(change.before).atStartOfDay().toInstant(ZoneOffset.UTC);
        return ZoneId.of(change.zone)
                .getRules()
                .nextTransition(before)
                .getInstant()
                .toEpochMilli();
    }

    private long anyOf(long[] values) {
        return values[random.below(values.length)];
    }

    private String anyOf(String[] values) {
        return values[random.below(values.length)];
    }

    private long below(long bound) {
        return bound <= Integer.MAX_VALUE
                ? random.below((int) bound)
                : random.below((int) (bound / 1_000)) * 1_000L + random.below(1_000);
    }

    private void passTime() {
        now += switch (random.below(10)) {
            case 0, 1, 2 -> 0;
            case 3, 4, 5 -> below(1 + stride / 30);
            case 6, 7 -> below(stride);
            case 8 -> below(20 * stride);
            default -> random.oneIn(5) ? below(anyOf(GAPS)) : 1;
        };
    }

    private void passWatermark() {
        switch (random.below(20)) {
            case 0, 1 -> advanceTo(now);
            case 2, 3, 4 -> advanceTo(edgeNear(now - below(outOfOrderness)) - 2 + random.below(3));
            case 5 -> advanceTo(lastChange(lastTime) - 1 + random.below(3));
            case 6 -> advanceTo(watermark + 1);
            case 7 -> advanceTo(now - outOfOrderness + random.below(3));
            case 8 -> {
                now += random.oneIn(4) ? below(anyOf(GAPS)) : below(20 * stride);
                advanceTo(now);
            }
            default -> advanceTo(now - outOfOrderness);
        }
        now = Math.max(now, watermark + below(outOfOrderness));
    }

    /** One or a burst, mostly of one window. */
    private void addTicks() {
        lastTime = time();
        addTick(lastTime);
        if (random.oneIn(6)) {
            for (int more = random.below(5); more > 0; more--) {
                lastTime = Math.min(now, lastTime + below(1 + stride / 10));
                addTick(lastTime);
            }
        }
    }

    private long time() {
        long time =
                switch (random.below(12)) {
                    case 0 -> now - below(10 * stride);
                    case 1 -> lastTime;
                    case 2 -> now - below(1 + 2 * settings.allowedLateness);
                    case 3 -> aboutTooLate();
                    case 4 -> aboutTooLate() + below(anyText().length());
                    case 5 -> now - below(5);
                    case 6 -> lastTime - below(stride);
                    default -> now - below(outOfOrderness);
                };
        if (random.oneIn(4)) {
            time = edgeNear(time) - random.below(2);
        }
        return Math.min(time, now);
    }

    private WindowText anyText() {
        return texts.get(random.below(texts.size()));
    }

    /** The time of a tick that one of the windows may refuse by now. */
    private long aboutTooLate() {
        long reached = watermark < 0 ? now : watermark;
        WindowText text = anyText();
        return reached - settings.lateness(text.name()) - below(text.length()) + 1 - random.below(3);
    }

    /** The first millisecond of a window, a step or a bucket, or the first one after it. */
    private long edgeNear(long time) {
        WindowText text = anyText();
        if (text.form() == Form.SLIDING) {
            return WindowText.fromTheEpoch(time, text.step()).start();
        }
        List<Span> windows = text.windowsAt(time);
        Span window = windows.get(random.below(windows.size()));
        return switch (random.below(3)) {
            case 0 -> window.start();
            case 1 -> window.end();
            default -> text.firstAsOf(window, time);
        };
    }

    /** The watermark at which a window of that time becomes final. */
    private long lastChange(long time) {
        WindowText text = anyText();
        long lateness = settings.lateness(text.name());
        return text.form() == Form.SLIDING
                ? time + lateness
                : text.windowsAt(time).get(0).end() - 1 + lateness;
    }

    private void addTick(long time) {
        double price = 64_000 + random.below(distinctPrices) * 0.5;
        double size = random.oneIn(4) ? Ticks.NO_SIZE : random.below(1_000) / 1e3;
        long seq = random.oneIn(3) ? Tick.NO_SEQ : random.below(5);
        Origin origin = new Origin(random.below(3), nextOffset++, time, Origin.Stamp.CREATE_TIME);
        String symbol = symbols[random.below(symbols.length)];
        Tick tick = Ticks.of(symbol, price, size, time, null, seq, null, null, null, origin);
        events.add(new Event(tick, Long.MIN_VALUE));
    }

    private void advanceTo(long newWatermark) {
        if (newWatermark > watermark) {
            watermark = newWatermark;
            events.add(new Event(null, watermark));
        }
    }

    public List<Event> events() {
        return events;
    }

    Settings settings() {
        return settings;
    }

    /** The setting {@code windows}. */
    public String windows() {
        return settings.windows;
    }

    public long allowedLateness() {
        return settings.allowedLateness;
    }

    public Map<String, Long> latenessOf() {
        return settings.latenessOf;
    }

    public long reviseEvery() {
        return settings.reviseEvery;
    }

    public long previousCloseMaxAge() {
        return settings.previousCloseMaxAge;
    }

    @Override
    public String toString() {
        return "seed %d: windows %s, lateness %d %s, revised every %d, previous close at most %d old, %d events"
                .formatted(
                        seed,
                        settings.windows,
                        settings.allowedLateness,
                        settings.latenessOf,
                        settings.reviseEvery,
                        settings.previousCloseMaxAge,
                        events.size());
    }
}
