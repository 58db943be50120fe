package io.tapewatch.bench;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.Closes;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.check.Unquoted;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Checks the ticks of one symbol against rules, in one thread, and prints how many checks a second it made: a check is a
 * rule at a tick. It holds few or many ticks in the rules' windows, and checks few or many rules.
 */
@Command(
        name = "rules-benchmark",
        description = "Measures checks of rules a second and core.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RulesBenchmark implements Callable<Integer> {

    private static final long OVER = 300_000;
    private static final long BASELINE = 3_600_000;
    private static final int TICKS = 1 << 14;
    private static final Closes CLOSES = time -> 100;

    @Option(names = "--held", split = ",", description = "Ticks in a window. Default: ${DEFAULT-VALUE}")
    private List<Integer> held = List.of(10, 1_000, 100_000);

    @Option(names = "--rules", split = ",", description = "How many rules. Default: ${DEFAULT-VALUE}")
    private List<Integer> rules = List.of(1, 10, 100);

    @Option(names = "--seconds", description = "How long each is measured. Default: ${DEFAULT-VALUE}")
    private double seconds = 1;

    @Option(names = "--runs", description = "How often; the median counts. Default: ${DEFAULT-VALUE}")
    private int runs = 3;

    @Option(names = "--kinds", split = ",", description = "Of rules. Default: all of ${COMPLETION-CANDIDATES}")
    private List<Kind> kinds = List.of(Kind.values());

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /** What the rules look at; none of them is ever met. */
    enum Kind {
        simple(Metric.PRICE, Metric.SIZE, Metric.NOTIONAL, Metric.TICK_CHANGE_PCT, Metric.GAP_SECONDS),
        changePct(Metric.CHANGE_PCT),
        windowed(
                Metric.CHANGE_PCT,
                Metric.RANGE_PCT,
                Metric.FROM_HIGH_PCT,
                Metric.FROM_LOW_PCT,
                Metric.COUNT,
                Metric.VOLUME,
                Metric.TURNOVER,
                Metric.VWAP_DEVIATION_PCT,
                Metric.SIZE_RATIO),
        returnZScore(Metric.RETURN_Z_SCORE),
        volumeRatio(Metric.VOLUME_RATIO);

        private final Metric[] metrics;

        Kind(Metric... metrics) {
            this.metrics = metrics;
        }

        private Rule rule(int number) {
            Metric metric = metrics[number % metrics.length];
            Condition never = new Condition(
                    metric,
                    metric.isWindowed() ? OVER : Condition.NO_OVER,
                    metric.isCompared() ? BASELINE : Condition.NO_OVER,
                    Comparison.ABOVE,
                    1e15 + number);
            return new Rule(
                    "rule-" + number,
                    1,
                    Rule.Status.ACTIVE,
                    "",
                    Rule.On.TRADE,
                    List.of("*"),
                    List.of(),
                    List.of(),
                    List.of(),
                    Severity.MEDIUM,
                    0,
                    0,
                    null,
                    Rule.ALWAYS,
                    Rule.FOR_EVER,
                    never);
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RulesBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Locale locale = Locale.ROOT;
        out.println("| rules look at | rules | ticks in a window | ticks/s | checks/s |");
        out.println("|---|--:|--:|--:|--:|");
        for (Kind kind : kinds) {
            for (int count : rules) {
                for (int inWindow : held) {
                    double ticks = median(kind, count, inWindow);
                    out.printf(
                            locale,
                            "| %s | %,d | %,d | %,.0f | %,.0f |%n",
                            kind,
                            count,
                            inWindow,
                            ticks,
                            ticks * count);
                }
            }
        }
        return 0;
    }

    private double median(Kind kind, int count, int inWindow) {
        double[] measured = new double[runs + 1];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = ticksPerSecond(kind, count, inWindow);
        }
        // The first is for the compiler.
        double[] counted = Arrays.copyOfRange(measured, 1, measured.length);
        Arrays.sort(counted);
        return counted[counted.length / 2];
    }

    private double ticksPerSecond(Kind kind, int count, int inWindow) {
        RuleBook book = new RuleBook(
                new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, false, false));
        for (int i = 0; i < count; i++) {
            book.restore(kind.rule(i));
        }
        SymbolRules memory = new SymbolRules();
        Consumer<Flag> unmet = flag -> {
            throw new AssertionError(flag);
        };
        Market market = new Market(OVER / (double) inWindow);
        // Until a baseline is full.
        for (double time = 0; time < 1.1 * (OVER + BASELINE); time += OVER / (double) inWindow) {
            Unquoted.check(memory, market.next(), book, CLOSES, unmet);
        }
        long checked = 0;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long now = start;
        while (now < end) {
            Tick[] ticks = market.next(TICKS);
            long begun = System.nanoTime();
            end += begun - now; // the making of ticks does not count
            start += begun - now;
            for (Tick tick : ticks) {
                Unquoted.check(memory, tick, book, CLOSES, unmet);
            }
            checked += ticks.length;
            now = System.nanoTime();
        }
        return checked * 1e9 / (now - start);
    }

    /** Ticks of one symbol. */
    private static final class Market {
        private final SplittableRandom random = new SplittableRandom(1);
        private final Tick[] batch = new Tick[TICKS];
        private final double spacing;
        private double time = 1_700_000_000_000.0;
        private double price = 100;
        private long offset;

        /** @param spacing the milliseconds from one tick to the next */
        Market(double spacing) {
            this.spacing = spacing;
        }

        Tick next() {
            time += spacing;
            price = Math.max(50, Math.min(200, price + (random.nextInt(21) - 10) * 0.01));
            double rounded = Math.rint(price * 100) / 100;
            Origin origin = new Origin(0, offset++, (long) time, Origin.Stamp.LOG_APPEND_TIME);
            return new Tick(
                    "BTC-USD",
                    rounded,
                    (1 + random.nextInt(1_000_000)) / 1e6,
                    (long) time,
                    null,
                    Tick.NO_SEQ,
                    Side.BUY,
                    null,
                    null,
                    origin);
        }

        Tick[] next(int count) {
            for (int i = 0; i < count; i++) {
                batch[i] = next();
            }
            return batch;
        }
    }
}
