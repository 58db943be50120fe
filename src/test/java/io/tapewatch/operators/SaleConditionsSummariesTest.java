package io.tapewatch.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.UsConsolidated;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the windows of the tape say of prints with sale conditions. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class SaleConditionsSummariesTest {

    private static final long SEED = 20261201;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long NOON = Instant.parse("2024-03-11T16:00:00Z").toEpochMilli();
    private static final String DAY = "1d@America/New_York";

    private long offset;

    private static TapeSettings settings() {
        return TestSettings.ofWindows("1m," + DAY)
                .lateness(48 * HOUR)
                .conditions(UsConsolidated.of(ConditionAlphabet.AUTO))
                .instruments()
                .tape();
    }

    private Tick print(long time, String price, String size, String conditions) {
        return Ticks.of(
                "A",
                Decimal.of(price),
                size == null ? null : Decimal.of(size),
                time,
                0,
                null,
                Tick.NO_SEQ,
                null,
                null,
                conditions,
                new Origin(0, offset++, time, Origin.Stamp.CREATE_TIME));
    }

    /** The summaries of a window, the highest revision of each, in their order. */
    private static List<Summary> latest(TapeRun run, String window) {
        Map<Long, Summary> latest = new TreeMap<>();
        for (Summary summary : run.summaries) {
            if (summary.window().equals(window)) {
                latest.merge(summary.start(), summary, (one, other) -> one.revision() > other.revision() ? one : other);
            }
        }
        return List.copyOf(latest.values());
    }

    // A contingent trade at 257.66 among odd lots at 249.75.

    @Test
    void aWindowOfOddLotsAndAContingentTradeHasAVolumeAndNoPrice() throws Exception {
        try (TapeRun run = ofContingentTrade(true)) {
            for (String window : List.of("1m", DAY)) {
                assertThat(latest(run, window)).singleElement().satisfies(summary -> {
                    assertThat(summary.count()).isZero();
                    assertThat(summary.ineligible()).isEqualTo(42);
                    assertThat(summary.sizedCount()).isEqualTo(42);
                    assertThat(summary.volume()).isEqualByComparingTo("255165");
                    assertThat(summary.open()).isNull();
                    assertThat(summary.high()).isNull();
                    assertThat(summary.low()).isNull();
                    assertThat(summary.close()).isNull();
                    assertThat(summary.mean()).isNull();
                    assertThat(summary.vwap()).isNull();
                });
            }
        }
    }

    @Test
    void amongRegularTradesTheContingentTradeIsNoHigh() throws Exception {
        try (TapeRun run = ofContingentTrade(false)) {
            for (String window : List.of("1m", DAY)) {
                assertThat(latest(run, window)).singleElement().satisfies(summary -> {
                    assertThat(summary.count()).isEqualTo(41);
                    assertThat(summary.ineligible()).isEqualTo(1);
                    assertThat(summary.volume()).isEqualByComparingTo("255165");
                    assertThat(summary.open()).isEqualTo(Decimal.of("249.75"));
                    assertThat(summary.high()).isEqualTo(Decimal.of("249.75"));
                    assertThat(summary.low()).isEqualTo(Decimal.of("249.74"));
                    assertThat(summary.close()).isEqualTo(Decimal.of("249.74"));
                });
            }
        }
    }

    private static TapeRun ofContingentTrade(boolean othersAreOddLots) throws Exception {
        TapeRun run = TapeRun.started(settings(), Backend.HASHMAP);
        RecordDecoder decoder = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofDays(36_500), false))
                .decoder("prices");
        long offset = 0;
        for (String line : Files.readAllLines(Path.of("src/test/resources/prices/contingent-trade.jsonl"))) {
            if (!line.startsWith("#")) {
                String record = othersAreOddLots ? line : line.replace(",\"conditions\":[\"37\"]", "");
                run.tick((Tick) decoder.decode(
                        null, record.getBytes(UTF_8), new Origin(0, offset++, NOON, Origin.Stamp.CREATE_TIME)));
            }
        }
        run.advanceTo(Long.MAX_VALUE);
        return run;
    }

    // The first of the day, and extended hours.

    @ParameterizedTest
    @EnumSource
    void aPriorReferencePriceIsTheOpenUntilAnEarlierPrintComes(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings(), backend)) {
            run.tick(print(NOON, "10", "1", "P"));
            run.tick(print(NOON + 1, "11", "1", "P"));
            run.tick(print(NOON + 2, "12", "1", "@"));
            run.advanceTo(NOON + 13 * HOUR);
            assertThat(latest(run, DAY)).singleElement().satisfies(day -> {
                assertThat(day.open()).isEqualTo(Decimal.of("10"));
                assertThat(day.close()).isEqualTo(Decimal.of("12"));
            });
            run.restart(2);
            run.tick(print(NOON - HOUR, "20", "1", "@"));
            run.advanceTo(NOON + 14 * HOUR);
            assertThat(latest(run, DAY)).singleElement().satisfies(day -> {
                assertThat(day.revision()).isEqualTo(1);
                assertThat(day.open()).isEqualTo(Decimal.of("20"));
                assertThat(day.close()).isEqualTo(Decimal.of("12"));
                assertThat(day.low()).isEqualTo(Decimal.of("10"));
            });
            assertThat(latest(run, "1m")).last().satisfies(minute -> {
                assertThat(minute.revision())
                        .as("it was the first of the day there, too")
                        .isEqualTo(1);
                assertThat(minute.open()).isEqualTo(Decimal.of("12"));
                assertThat(minute.count()).isEqualTo(3);
            });
        }
    }

    @Test
    void extendedHoursCountInMinutesAndNotInDays() throws Exception {
        try (TapeRun run = TapeRun.started(settings(), Backend.HASHMAP)) {
            run.tick(print(NOON, "10", "1", "@"));
            run.tick(print(NOON + HOUR, "15", "2", "@,T"));
            run.tick(print(NOON + HOUR, "16", "4", "@,T,I"));
            run.advanceTo(NOON + 13 * HOUR);
            assertThat(latest(run, "1m")).last().satisfies(minute -> {
                assertThat(minute.count()).isEqualTo(1);
                assertThat(minute.ineligible()).isEqualTo(1);
                assertThat(minute.high()).isEqualTo(Decimal.of("15"));
                assertThat(minute.volume()).isEqualByComparingTo("6");
            });
            assertThat(latest(run, DAY)).singleElement().satisfies(day -> {
                assertThat(day.count()).isEqualTo(1);
                assertThat(day.ineligible()).isEqualTo(2);
                assertThat(day.high()).isEqualTo(Decimal.of("10"));
                assertThat(day.close()).isEqualTo(Decimal.of("10"));
                assertThat(day.volume()).isEqualByComparingTo("7");
            });
        }
    }

    // Against a naive computation.

    /** What a print with these codes may update on tape A: of the price, and of the size. */
    private record Naive(String conditions, String price, boolean volume) {}

    private static final List<Naive> CODES = List.of(
            new Naive(null, "all", true),
            new Naive("@", "all", true),
            new Naive("@,F", "all", true),
            new Naive("I", "nothing", true),
            new Naive("@,T", "minutes", true),
            new Naive("T,I", "nothing", true),
            new Naive("Z", "first", true),
            new Naive("@,4", "first", true),
            new Naive("4,T", "nothing", true),
            new Naive("B", "nothing", true),
            new Naive("M", "nothing", false),
            new Naive("9", "all", false),
            new Naive("37", "nothing", true),
            new Naive("?", "all", true));

    private static Naive of(Tick tick) {
        return CODES.stream()
                .filter(each -> Objects.equals(each.conditions, tick.conditions()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void theLastRevisionIsThatOfANaiveComputation(Backend backend) throws Exception {
        int rounds = Rounds.of(backend == Backend.HASHMAP ? 300 : 30);
        for (int round = 0; round < rounds; round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            offset = 0;
            List<Tick> ticks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ticks.add(print(
                        // Two days, some minutes of each, often the same.
                        NOON + random.nextInt(2) * 24 * HOUR + random.nextInt(4) * MINUTE + random.nextInt(3) * 1000,
                        String.valueOf(100 + random.nextInt(9)),
                        random.nextInt(5) == 0 ? null : String.valueOf(random.nextInt(4)),
                        CODES.get(random.nextInt(CODES.size())).conditions()));
            }
            List<Tick> arriving = new ArrayList<>(ticks);
            Collections.shuffle(arriving, random);
            try (TapeRun run = TapeRun.started(settings(), backend)) {
                run.record(new InstrumentChange(
                        "A",
                        new Instrument("A", null, null, null, null, null, Instrument.ONE, "A"),
                        new Origin(0, 0, 0, Origin.Stamp.CREATE_TIME)));
                long watermark = NOON - HOUR;
                for (Tick tick : arriving) {
                    run.tick(tick);
                    if (random.nextInt(4) == 0) {
                        watermark += random.nextInt((int) (2 * HOUR));
                        run.advanceTo(watermark);
                    }
                    if (random.nextInt(15) == 0) {
                        run.restart(1 + random.nextInt(2));
                    }
                }
                run.advanceTo(NOON + 70 * HOUR);
                assertThat(run.tooLate).isEmpty();
                for (String window : List.of("1m", DAY)) {
                    assertThat(latest(run, window).stream()
                                    .map(SaleConditionsSummariesTest::inWords)
                                    .toList())
                            .as("seed %d, %s", seed, window)
                            .isEqualTo(naively(ticks, window.equals(DAY)));
                }
            }
        }
    }

    private static String inWords(Summary summary) {
        return "%d: count %d, ineligible %d, sized %d, %s %s %s %s, volume %s"
                .formatted(
                        summary.start(),
                        summary.count(),
                        summary.ineligible(),
                        summary.sizedCount(),
                        summary.open(),
                        summary.high(),
                        summary.low(),
                        summary.close(),
                        summary.volume() == null
                                ? null
                                : new BigDecimal(summary.volume().toString())
                                        .stripTrailingZeros()
                                        .toPlainString());
    }

    private static long start(Tick tick, boolean isDay) {
        long midnight = NOON - 12 * HOUR;
        return isDay ? midnight + (tick.time() - midnight) / (24 * HOUR) * (24 * HOUR) : tick.time() / MINUTE * MINUTE;
    }

    private static List<String> naively(List<Tick> ticks, boolean isDay) {
        List<Tick> ordered = ticks.stream().sorted().toList();
        Map<Long, Tick> firstOfDay = new TreeMap<>();
        for (Tick tick : ordered) {
            if (List.of("all", "first").contains(of(tick).price)) {
                firstOfDay.putIfAbsent(start(tick, true), tick);
            }
        }
        Map<Long, List<Tick>> windows = new TreeMap<>();
        ordered.forEach(tick -> windows.computeIfAbsent(start(tick, isDay), any -> new ArrayList<>())
                .add(tick));
        List<String> words = new ArrayList<>();
        windows.forEach((start, all) -> {
            List<Tick> priced = all.stream()
                    .filter(tick -> List.of("all", "first").contains(of(tick).price)
                            || of(tick).price.equals("minutes") && !isDay)
                    .toList();
            List<Tick> ends = priced.stream()
                    .filter(tick -> !of(tick).price.equals("first") || firstOfDay.get(start(tick, true)) == tick)
                    .toList();
            List<Tick> sized = all.stream()
                    .filter(tick -> tick.hasSize() && of(tick).volume)
                    .toList();
            Comparator<Tick> byPrice =
                    Comparator.comparing(tick -> new BigDecimal(tick.price().toString()));
            words.add("%d: count %d, ineligible %d, sized %d, %s %s %s %s, volume %s"
                    .formatted(
                            start,
                            priced.size(),
                            all.size() - priced.size(),
                            sized.size(),
                            ends.isEmpty() ? null : ends.get(0).price(),
                            priced.stream().max(byPrice).map(Tick::price).orElse(null),
                            priced.stream().min(byPrice).map(Tick::price).orElse(null),
                            ends.isEmpty() ? null : ends.get(ends.size() - 1).price(),
                            sized.isEmpty()
                                    ? null
                                    : sized.stream()
                                            .map(tick ->
                                                    new BigDecimal(tick.size().toString()))
                                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                                            .stripTrailingZeros()
                                            .toPlainString()));
        });
        return words;
    }
}
