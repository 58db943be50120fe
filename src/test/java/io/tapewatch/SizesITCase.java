package io.tapewatch;

import static io.tapewatch.domain.check.Rules.NO_CLOSES;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of 10,000 rules and 300 partitions, of which 280 are empty, with a symbol that has 95 % of the ticks: all that it
 * publishes is held against a naive recount.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@WholeForm
class SizesITCase {

    private static final long SEED = 20231115;
    private static final int RULES = 10_000;
    private static final int PARTITIONS = 300;
    private static final int PARTITIONS_IN_USE = 20;
    private static final int SYMBOLS = 100;
    private static final int TICKS = 4_000;
    private static final String BUSIEST = "X0";
    private static final String WINDOWS = "10s,1m";
    private static final long BEGINNING = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();

    /** What rules look at; the limits of those of one symbol differ. */
    private static final List<String> LOOKING = List.of(
            "tickChangePct >= 0.%02d",
            "tickChangePct <= -0.%02d",
            "changePct over 1m > 0.%02d",
            "rangePct over 1m >= 1.%02d",
            "vwapDeviationPct over 5m > 0.%02d",
            "count over 5m > 1%02d",
            "all(price > 100.%02d; size > 9.9)",
            "gapSeconds > 5%02d");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final long[] offsets = new long[PARTITIONS];

    /** The first rules are of every symbol, the others of one. */
    private static List<Rule> rules() {
        return IntStream.range(0, RULES)
                .mapToObj(i -> rule("r%d: %s, cooldown 1m, symbols %s"
                        .formatted(
                                i,
                                LOOKING.get(i % LOOKING.size()).formatted(i / LOOKING.size() % 100),
                                i < 20 ? "*" : symbol(i * 31 / LOOKING.size()))))
                .toList();
    }

    private static String symbol(int number) {
        return "X" + number % SYMBOLS;
    }

    @Test
    void tenThousandRulesThreeHundredPartitionsAndOneSymbolWithNearlyAllTicks(EmbeddedKafka kafka) throws Exception {
        System.out.println("sizes: seed " + SEED);
        List<Rule> rules = rules();
        try (TestJob job = new TestJob(kafka, folder, PARTITIONS)) {
            job.options().set(JobOptions.WINDOWS, WINDOWS);
            job.options().set(JobOptions.RULES_MAX_COUNT, RULES);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            for (Rule rule : rules) {
                job.send("rules", 0, rule.id(), FlagTexts.json(rule));
            }
            List<Tick> ticks = new ArrayList<>();
            send(job, ticks, TICKS / 2);
            long start = System.nanoTime();
            job.start();
            job.awaitAccount(account -> account.of("records") == TICKS / 2);
            job.stopWithSavepoint();
            System.out.printf(
                    "  started, read and stopped with a savepoint in %.1f s%n", (System.nanoTime() - start) / 1e9);

            send(job, ticks, TICKS / 2);
            // Longer than it takes to read all there is, so that no tick is late.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofSeconds(10));
            start = System.nanoTime();
            job.parallelism(3).start();
            long all = TICKS - ticksOf(ticks, ticks.get(TICKS - 1).time());
            job.awaitAccount(account -> account.of("counted") >= all - 100);
            System.out.printf(
                    "  went on past %d empty partitions in %.1f s%n",
                    PARTITIONS - PARTITIONS_IN_USE, (System.nanoTime() - start) / 1e9);
            job.drain();
            assertThat(job.lastAccount().of("late")).isZero();
            assertThat(job.lastAccount().difference()).isZero();

            start = System.nanoTime();
            assertThat(job.read("rule-status"))
                    .hasSize(RULES)
                    .allMatch(verdict -> verdict.get("verdict").asText().equals("accepted"));
            ticks.sort(null);
            assertThat(ticksOf(ticks, BUSIEST)).isBetween(TICKS * 94L / 100, TICKS * 96L / 100);
            NaiveSummaries.assertEqual(
                    job.read("summaries"),
                    ticks.stream()
                            .map(tick -> new Trade(
                                    tick.time(),
                                    tick.symbol(),
                                    tick.price().toBigDecimal(),
                                    tick.size().toBigDecimal()))
                            .toList(),
                    WINDOWS);
            Set<String> flags = flags(rules, ticks);
            assertThat(flags).hasSizeGreaterThan(1_000);
            assertThat(job.read("flags").stream()
                            .map(flag -> FlagTexts.of("flags " + flag))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(flags);
            System.out.printf("  recounted %,d flags in %.1f s%n", flags.size(), (System.nanoTime() - start) / 1e9);
        }
    }

    private static long ticksOf(List<Tick> ticks, long time) {
        return ticks.stream().filter(tick -> tick.time() > time - 2_000).count();
    }

    private static long ticksOf(List<Tick> ticks, String symbol) {
        return ticks.stream().filter(tick -> tick.symbol().equals(symbol)).count();
    }

    /** Sends ticks, in the order of their times, on some of the partitions. */
    private void send(TestJob job, List<Tick> ticks, int count) {
        long time = ticks.isEmpty() ? BEGINNING : ticks.get(ticks.size() - 1).time();
        double price = 100;
        for (int i = 0; i < count; i++) {
            time += random.nextLong(100);
            int partition = random.nextInt(PARTITIONS_IN_USE) * (PARTITIONS / PARTITIONS_IN_USE);
            price = Math.max(90, price + random.nextInt(-8, 9) / 64.0);
            Tick tick = Ticks.tick(random.nextInt(100) < 95 ? BUSIEST : symbol(random.nextInt(SYMBOLS)))
                    .at(time)
                    .price(price)
                    .size(random.nextInt(1, 1_000) / 100.0)
                    .partition(partition)
                    .offset(offsets[partition]++)
                    .tick();
            ticks.add(tick);
            job.send(
                    "prices",
                    partition,
                    tick.symbol(),
                    "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(tick.price(), tick.size(), time));
        }
    }

    /** What the rules of each symbol raise. */
    private static Set<String> flags(List<Rule> rules, List<Tick> ticks) {
        Set<String> flags = new TreeSet<>();
        Map<String, List<Tick>> bySymbol = ticks.stream().collect(Collectors.groupingBy(Tick::symbol));
        bySymbol.forEach((symbol, ofSymbol) -> {
            List<Rule> some = rules.stream()
                    .filter(rule -> Stream.of("*", symbol).anyMatch(rule.symbols()::contains))
                    .toList();
            NaiveRules.replay(some, ofSymbol.stream().map(Shown.InOrder::new).toList(), NO_CLOSES)
                    .flags
                    .forEach(flag -> flags.add(FlagTexts.of(flag)));
        });
        return flags;
    }
}
