package io.tapewatch.io.rules;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.When;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Rules of the whole language, made from a seed: the same seed, the same rules. */
public final class RandomRules {

    private static final List<String> ZONES =
            List.of("UTC", "America/New_York", "Asia/Kathmandu", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "GMT0");
    private static final List<String> SYMBOLS = List.of("*", "BTC-USD", "BTC*", "*-USD", "^GSPC", "CL=F", "*A*B*");

    private static final List<String> SECTORS = List.of(
            "Energy", "Oil, Gas & Coal", "\"quoted\", \\", "Güter \ud83d\udea2", " ", "x".repeat(Instrument.MAX_TEXT));
    private static final List<String> CODES =
            List.of("I", "T", "@", "37", "all", "a code", "\"", "x".repeat(PrintSelection.MAX_CODE));
    private static final List<String> VENUES = List.of("XNYS", "XNAS", "binance", "*");

    /** What can be measured on quotes. */
    private static final List<Metric> OF_QUOTES = List.of(Metric.SPREAD_BPS, Metric.QUOTE_COUNT, Metric.QUOTE_RATIO);

    private final Random random;

    public RandomRules(long seed) {
        random = new Random(seed);
    }

    public Rule next() {
        Rule.On on = oneIn(4) ? Rule.On.QUOTE : Rule.On.TRADE;
        List<Metric> metrics = on == Rule.On.QUOTE ? OF_QUOTES : List.of(Metric.values());
        When when = on == Rule.On.TRADE && oneIn(8)
                ? silence()
                : when(random.nextInt(When.MAX_DEPTH + 1), new int[] {When.MAX_CONDITIONS}, metrics);
        boolean isOfSilence = when instanceof Condition condition && condition.metric() == Metric.SILENCE_SECONDS;
        long from = oneIn(2) ? Rule.ALWAYS : time();
        long until = oneIn(2) ? Rule.FOR_EVER : time();
        return new Rule(
                one(List.of("pump", "a", "A.b_c-9", "x".repeat(64))),
                oneIn(9) ? Integer.MAX_VALUE : 1 + random.nextInt(99),
                one(Rule.Status.values()),
                one(List.of("", "fast rise", "\"quoted\", \\ and é\n\u0000", "x".repeat(1000))),
                on,
                some(SYMBOLS, 1),
                some(SYMBOLS, 0),
                oneIn(2) ? List.of() : some(SECTORS, 0),
                oneIn(2) ? List.of() : some(VENUES, 0),
                on == Rule.On.QUOTE || oneIn(2) ? PrintSelection.PRICED : prints(),
                one(Severity.values()),
                oneIn(3) ? 0 : length(Rule.MAX_COOLDOWN),
                isOfSilence || oneIn(2) ? 0 : length(Rule.MAX_HELD_FOR),
                oneIn(3) ? null : hours(),
                from < until ? from : Rule.ALWAYS,
                until,
                when);
    }

    private PrintSelection prints() {
        return oneIn(2) ? PrintSelection.ALL : PrintSelection.of(some(CODES, 1));
    }

    /** @param left how many conditions there may still be, in an array so that all parts count */
    private When when(int depth, int[] left, List<Metric> metrics) {
        if (depth == 0 || left[0] == 1) {
            left[0]--;
            return condition(one(metrics));
        }
        if (oneIn(3)) {
            return new When.Not(when(depth - 1, left, metrics));
        }
        List<When> parts = new ArrayList<>();
        for (int more = 1 + random.nextInt(4); more > 0 && left[0] > 0; more--) {
            parts.add(when(random.nextInt(depth), left, metrics));
        }
        return oneIn(2) ? new When.All(parts) : new When.Any(parts);
    }

    private Condition condition(Metric metric) {
        if (metric == Metric.SILENCE_SECONDS) {
            return new Condition(Metric.PRICE, Condition.NO_OVER, Comparison.ABOVE, limit());
        }
        long over = metric.isWindowed() ? length(Condition.MAX_OVER) : Condition.NO_OVER;
        long baseline = metric.isCompared() ? Math.max(over, length(Condition.MAX_OVER)) : Condition.NO_OVER;
        return new Condition(metric, over, baseline, one(Comparison.values()), limit());
    }

    private Condition silence() {
        Decimal limit = oneIn(2)
                ? new Decimal(1 + random.nextInt(2_592_000), 0)
                : Decimal.of("0." + (1 + random.nextInt(1_000_000_000)));
        Comparison is = oneIn(2) ? Comparison.ABOVE : Comparison.AT_LEAST;
        return new Condition(Metric.SILENCE_SECONDS, Condition.NO_OVER, is, limit);
    }

    private Decimal limit() {
        return Decimal.of(
                switch (random.nextInt(5)) {
                    case 0 ->
                        BigDecimal.valueOf(random.nextLong() / 10, random.nextInt(19))
                                .toPlainString();
                    case 1 ->
                        one(List.of(
                                "0", "-0.0", "0.000000000000000001", "1e18", "-1000000000000000000", "1e-18", "0.3"));
                    case 2 -> String.valueOf(random.nextInt(2000) - 1000);
                    default ->
                        BigDecimal.valueOf(random.nextInt(20_000) - 10_000, 2).toPlainString();
                });
    }

    private Hours hours() {
        Set<DayOfWeek> days = EnumSet.of(one(DayOfWeek.values()));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (oneIn(2)) {
                days.add(day);
            }
        }
        int from = oneIn(3) ? 0 : secondOfDay();
        int to = oneIn(3) ? Hours.DAY : secondOfDay() + 1;
        return new Hours(
                from,
                to == from ? Hours.DAY : to,
                ZoneId.of(one(ZONES)),
                oneIn(3) ? EnumSet.allOf(DayOfWeek.class) : days);
    }

    private int secondOfDay() {
        return oneIn(2) ? 60 * random.nextInt(1440) : random.nextInt(Hours.DAY);
    }

    private long time() {
        return 1_700_000_000_000L + (oneIn(2) ? random.nextInt() : 1000L * random.nextInt());
    }

    private long length(long most) {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(5000);
            case 1 -> most;
            case 2 -> 60_000L * (1 + random.nextInt(60));
            default -> 3_600_000L * (1 + random.nextInt(24));
        };
    }

    private <T> List<T> some(List<T> all, int atLeast) {
        List<T> some = new ArrayList<>();
        for (int more = atLeast + random.nextInt(3); more > 0; more--) {
            some.add(one(all));
        }
        return some;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }
}
