package io.tapewatch.domain.check;

import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rules, and what is shown to them, made from a seed: the same seed, the same input. Prices, sizes and limits are on a
 * coarse grid, so that limits are hit exactly.
 */
public final class GeneratedRules {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** Those that are raised by ticks alone. */
    private static final List<Metric> METRICS = Arrays.stream(Metric.values())
            .filter(metric -> metric != Metric.SILENCE_SECONDS && !metric.needsQuotes())
            .toList();

    /** Those that look at quotes, and those that a multiplier or a side changes. */
    private static final List<Metric> METRICS_WITH_QUOTES = List.of(
            Metric.SPREAD_BPS,
            Metric.OFF_QUOTE_BPS,
            Metric.QUOTE_AGE_SECONDS,
            Metric.BUY_PCT,
            Metric.BUY_PCT,
            Metric.QUOTE_COUNT,
            Metric.QUOTE_RATIO,
            Metric.QUOTE_RATIO,
            Metric.NOTIONAL,
            Metric.TURNOVER);

    private static final List<Metric> METRICS_ON_QUOTES =
            List.of(Metric.SPREAD_BPS, Metric.QUOTE_COUNT, Metric.QUOTE_RATIO, Metric.QUOTE_RATIO);

    /** Before a change of the clocks in New York, on a usual day, and before a weekend. */
    private static final List<String> BEGINNINGS = List.of(
            "2023-11-05T05:20:00Z",
            "2023-11-04T03:00:00Z",
            "2024-03-10T06:20:00Z",
            "2024-03-09T03:00:00Z",
            "2023-11-14T12:00:00Z",
            "2023-11-14T14:29:00Z",
            "2023-11-17T20:50:00Z");

    private static final List<String> OVERS =
            List.of("10ms", "61ms", "1s", "7s", "20s", "1m", "90s", "5m", "20m", "1h", "24h");
    private static final List<String> SIGNS = List.of(">", ">=", "<", "<=");
    private static final List<String> HOURS = List.of(
            "09:30-16:00 America/New_York MON-FRI",
            "01:00-02:00 America/New_York SUN",
            "01:30-03:30 America/New_York",
            "02:00-03:00 America/New_York",
            "22:00-02:00 America/New_York",
            "22:00-02:00 America/New_York SAT",
            "00:00-24:00 America/New_York MON-FRI",
            "00:00-24:00 UTC",
            "12:00-12:01 UTC",
            "05:00-15:00 UTC");

    private final SplittableRandom random;
    private final boolean aroundZero;
    private final List<Tick> ticks = new ArrayList<>();
    private final List<Shown> shown = new ArrayList<>();
    private List<Metric> metrics = METRICS;
    private long nextOffset = 100;

    /** @param late whether ticks come behind the watermark as well */
    public GeneratedRules(long seed, boolean late) {
        random = new SplittableRandom(seed);
        aroundZero = oneIn(8);
        show(late);
    }

    /** Ticks in order, those that are late, and watermarks. */
    public List<Shown> shown() {
        return shown;
    }

    public Closes previousClose() {
        return time -> {
            long day = Math.floorDiv(time, DAY);
            return Numbers.decimal(day % 5 == 0 ? Double.NaN : day % 7 == 0 ? 0 : 96 + day % 8);
        };
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int times) {
        return below(times) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(below(list.size()));
    }

    // Ticks.

    private void show(boolean late) {
        int pace = below(4);
        int sized = below(4);
        boolean decimal = oneIn(3);
        double price = aroundZero ? 2 : 100;
        long time = Instant.parse(any(BEGINNINGS)).toEpochMilli() + below(1000);
        int count = 100 + below(250);
        for (int i = 0; i < count; i++) {
            price = nextPrice(price);
            ticks.add(tick(time, price, size(sized, decimal)));
            shown.add(new Shown.InOrder(ticks.get(i)));
            long next = time + gap(pace);
            if (oneIn(3)) {
                showWatermarks(time, i + 1 < count ? next : time + 2 * DAY, late);
            }
            time = next;
        }
    }

    private double nextPrice(double price) {
        return aroundZero
                ? Math.max(-2, Math.min(6, price + (below(5) - 2) * 0.5))
                : Math.max(92, Math.min(108, price + (below(9) - 4) * (oneIn(30) ? 1 : 0.25)));
    }

    private double size(int sized, boolean decimal) {
        if (sized == 0 ? !oneIn(20) : sized == 1 && oneIn(3)) {
            return Ticks.NO_SIZE;
        }
        return oneIn(8) ? 0 : below(13) / (decimal ? 10.0 : 2.0);
    }

    private long gap(int pace) {
        return switch (below(12)) {
            case 0, 1, 2 -> 0;
            case 3 -> below(15);
            case 4 -> oneIn(20) ? longGap() : SECOND;
            case 5 -> oneIn(3) ? below(90) * SECOND : below(900);
            default ->
                List.of(below(30), below(3000), below(60) * (int) SECOND, below(40) * (int) MINUTE)
                        .get(pace);
        };
    }

    private long longGap() {
        return switch (below(8)) {
            case 0 -> 33 * DAY;
            case 1, 2, 3 -> DAY + below(60) * SECOND;
            default -> below(40) * HOUR;
        };
    }

    /** Of event times from that of a tick up to, and without, that of the next one. */
    private void showWatermarks(long from, long to, boolean late) {
        long watermark = from;
        for (int i = 1 + below(3); i > 0 && watermark < to; i--) {
            watermark = switch (below(4)) {
                case 0 -> watermark;
                case 1 -> to - 1;
                case 2 -> Math.min(to - 1, watermark + below(3));
                default -> random.nextLong(watermark, to);
            };
            shown.add(new Shown.Watermark(watermark));
            if (late && oneIn(2)) {
                long behind = oneIn(3) ? below(3) : oneIn(2) ? below(3000) : below(3 * (int) MINUTE);
                shown.add(new Shown.Late(tick(watermark - behind, any(ticks).priceNearest(), size(1, false))));
            }
        }
    }

    private Tick tick(long time, double price, double size) {
        return Ticks.tick(RuleCases.SYMBOL)
                .at(time)
                .price(price)
                .size(size)
                .offset(nextOffset++)
                .tick();
    }

    // Rules, as Rules.rule reads them.

    /** One that looks at quotes, or at ticks as a tape with quotes has them. */
    public String ruleWithQuotes(String id) {
        boolean onQuotes = oneIn(3);
        metrics = onQuotes ? METRICS_ON_QUOTES : oneIn(4) ? METRICS : METRICS_WITH_QUOTES;
        String line = onQuotes ? id + ": " + whenHeld() + withParts() + ", on quote" : rule(id);
        metrics = METRICS;
        return line
                + (oneIn(4) ? any(List.of(", sectors Tech", ", sectors Tech Energy", ", sectors Bank")) : "")
                + (oneIn(6) ? any(List.of(", venues XNAS", ", venues XLON XNAS", ", venues XLON")) : "");
    }

    public String rule(String id) {
        StringBuilder line = new StringBuilder(id + ": ");
        if (oneIn(8)) {
            line.append("silenceSeconds ").append(any(List.of(">", ">=")));
            line.append(any(List.of(" 0.001", " 0.0155", " 0.1", " 1", " 2.5", " 10", " 60", " 1000", " 86400")));
        } else {
            line.append(whenHeld());
        }
        return line.append(withParts()).toString();
    }

    private String whenHeld() {
        String when = oneIn(2) ? condition() : when(0);
        return oneIn(3) ? when + ", for " + any(List.of("1ms", "500ms", "2s", "10s", "1m", "20m", "3h")) : when;
    }

    private String withParts() {
        StringBuilder line = new StringBuilder();
        if (!oneIn(3)) {
            line.append(", cooldown ")
                    .append(any(List.of("1ms", "100ms", "2s", "10s", "1m", "10m", "3h", "1d", "30d")));
        }
        if (oneIn(4)) {
            line.append(", hours ").append(any(HOURS));
        }
        if (oneIn(8)) {
            line.append(", from ").append(instantOf(ticks.get(below(ticks.size() / 2))));
        }
        if (oneIn(8)) {
            line.append(", until ").append(instantOf(ticks.get(ticks.size() / 2 + below(ticks.size() / 2))));
        }
        if (oneIn(8)) {
            line.append(any(List.of(", except ETH*", ", except BTC*", ", symbols *-USD, except *EUR", ", symbols E*")));
        }
        if (oneIn(6)) {
            line.append(oneIn(5) ? ", paused" : ", shadow");
        }
        return line.toString();
    }

    /** The tick's time, or a millisecond later, so that from is always before until. */
    private String instantOf(Tick tick) {
        boolean isEarly = ticks.indexOf(tick) < ticks.size() / 2;
        return Instant.ofEpochMilli(tick.time() + (isEarly ? 0 : 1 + below(2))).toString();
    }

    private String when(int depth) {
        if (depth == When.MAX_DEPTH || oneIn(3)) {
            return condition();
        }
        if (oneIn(3)) {
            return "not(" + when(depth + 1) + ")";
        }
        List<String> parts = new ArrayList<>();
        for (int i = depth == 0 ? 2 + below(2) : 2; i > 0; i--) {
            parts.add(depth < 2 ? when(depth + 1) : condition());
        }
        return (oneIn(2) ? "all(" : "any(") + String.join("; ", parts) + ")";
    }

    private String condition() {
        Metric metric = any(metrics);
        String windows = "";
        if (metric.isWindowed()) {
            // Ratios and returns need thirty ticks: windows that hold them.
            int over = metric.isCompared() ? below(7) : metric == Metric.RETURN_Z_SCORE ? 4 + below(7) : below(11);
            windows = " over " + OVERS.get(over);
            windows += metric.isCompared() ? " baseline " + OVERS.get(over + below(OVERS.size() - over)) : "";
        }
        return metric.word() + windows + " " + any(SIGNS) + " " + limit(metric);
    }

    private double limit(Metric metric) {
        return any(
                switch (metric) {
                    case PRICE -> aroundZero ? List.of(-1.5, 0.0, 2.0, 4.5) : List.of(94.0, 98.0, 100.25, 103.0, 107.0);
                    case SIZE -> List.of(0.0, 0.5, 1.0, 2.5, 5.0);
                    case NOTIONAL -> List.of(0.0, 50.0, 100.0, 250.0, 500.0);
                    case TICK_CHANGE_PCT -> List.of(-1.0, -0.5, 0.0, 0.25, 0.5, 1.0);
                    case GAP_SECONDS -> List.of(0.0, 0.001, 0.01, 1.0, 10.0, 60.0, 3600.0);
                    case CHANGE_PCT -> List.of(-2.0, -1.0, 0.0, 0.5, 1.0, 2.5);
                    case RANGE_PCT -> List.of(0.0, 0.5, 1.0, 2.5, 5.0);
                    case FROM_HIGH_PCT -> List.of(-4.0, -2.0, -1.0, -0.5, 0.0);
                    case FROM_LOW_PCT -> List.of(0.0, 0.5, 1.0, 2.0, 4.0);
                    case COUNT -> List.of(1.0, 2.0, 5.0, 30.0, 100.0);
                    case VOLUME -> List.of(0.0, 1.0, 2.5, 10.0, 100.0);
                    case TURNOVER -> List.of(0.0, 100.0, 250.0, 1000.0, 10000.0);
                    case VWAP_DEVIATION_PCT -> List.of(-1.0, -0.5, 0.0, 0.5, 1.0);
                    case RETURN_Z_SCORE -> List.of(-2.0, -1.0, 0.0, 1.0, 2.0);
                    case SIZE_RATIO -> List.of(0.0, 0.5, 1.0, 2.0);
                    case VOLUME_RATIO, COUNT_RATIO -> List.of(0.0, 0.25, 0.5, 1.0, 2.0, 5.0);
                    case DAY_CHANGE_PCT -> List.of(-2.0, 0.0, 1.0, 2.0, 4.0);
                    case SPREAD_BPS -> List.of(-50.0, 0.0, 25.0, 50.0, 100.0);
                    case OFF_QUOTE_BPS -> List.of(0.0, 25.0, 50.0, 100.0);
                    case QUOTE_AGE_SECONDS -> List.of(0.0, 0.001, 0.01, 1.0, 5.0, 60.0);
                    case BUY_PCT -> List.of(0.0, 25.0, 50.0, 75.0, 100.0);
                    case QUOTE_COUNT -> List.of(0.0, 1.0, 2.0, 5.0, 30.0, 100.0);
                    case QUOTE_RATIO -> List.of(0.0, 0.25, 0.5, 1.0, 2.0, 5.0);
                    case SILENCE_SECONDS -> throw new AssertionError(metric);
                });
    }
}
