package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Withdrawn;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.window.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancels, corrections and repeats at the real operator, over restarts and on both state backends. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class AmendmentsOnTapeTest {

    private static final long T0 = 1_700_000_040_000L;
    private static final long MINUTE = 60_000;
    private static final String BTC = "BTC-USD";

    private static TestSettings settings(String windows, long horizon, long repeatWindow) {
        return TestSettings.ofWindows(windows)
                .lateness(240 * MINUTE)
                .keeping(new KeepingSettings(horizon, repeatWindow, 1_000_000));
    }

    private static Tick trade(String id, long time, String price, long offset) {
        return tick(BTC).at(time).price(price).size("2").id(id).offset(offset).tick();
    }

    private static Amendment cancel(String symbol, String id, long time, long offset) {
        return amendment(symbol, Amendment.Kind.CANCEL, id, null, null, time, offset);
    }

    private static Amendment correct(String symbol, String id, String newId, String price, long time, long offset) {
        return amendment(symbol, Amendment.Kind.CORRECT, id, newId, Decimal.of(price), time, offset);
    }

    private static Amendment amendment(
            String symbol, Amendment.Kind kind, String id, String newId, Decimal price, long time, long offset) {
        return new Amendment(
                symbol,
                kind,
                null,
                id,
                newId,
                price == null ? 0 : price.units(),
                price == null ? Amendment.UNCHANGED : price.scale(),
                0,
                Amendment.UNCHANGED,
                time,
                0,
                Decoded.NO_TIME,
                Tick.NO_SEQ,
                new Origin(3, offset, time, Origin.Stamp.CREATE_TIME));
    }

    private static String words(Summary summary) {
        return summary.count() + " " + summary.open() + " " + summary.high() + " " + summary.low() + " "
                + summary.close() + " " + summary.volume() + " r" + summary.revision();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aHighThatIsCancelledAfterARestartIsNotTheHighAnyMore(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings("1m", 60 * MINUTE, 0).tape(), backend)) {
            run.tick(trade("a", T0, "100", 1));
            run.tick(trade("b", T0 + 1_000, "250", 2));
            run.tick(trade("c", T0 + 2_000, "101", 3));
            run.advanceTo(T0 + MINUTE);
            assertThat(run.summaries).extracting(AmendmentsOnTapeTest::words).containsExactly("3 100 250 100 101 6 r0");
            run.restart(2);
            run.summaries.clear();
            run.record(cancel(BTC, "b", T0 + 3 * MINUTE, 4));
            run.advanceTo(T0 + 4 * MINUTE);
            assertThat(run.summaries).extracting(AmendmentsOnTapeTest::words).containsExactly("2 100 101 100 101 4 r1");
            run.record(cancel(BTC, "b", T0 + 3 * MINUTE, 5));
            assertThat(run.refused).extracting(Refused::reason).containsExactly(Reason.REPEAT);
            run.checkpoint();
            assertThat(run.counted("cancels")).isEqualTo(1);
            assertThat(run.counted("amendments")).isEqualTo(2);
            assertThat(run.counted("amendmentsRefused")).isEqualTo(1);
            assertThat(run.counted("amendmentsWaiting")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theFlagsOfATradeAreWithdrawnWithItAlsoAfterARestart(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings("1m", 60 * MINUTE, 0).tape(), backend)) {
            Rule high = rule("high: price > 200");
            run.change(new RuleChange(high.id(), high));
            run.tick(trade("a", T0, "250", 1));
            run.tick(trade("b", T0 + 1_000, "251", 2));
            run.tick(trade("c", T0 + 2_000, "252", 3));
            run.advanceTo(T0 + MINUTE);
            assertThat(run.flags).hasSize(3).allSatisfy(flag -> assertThat(flag.withdrawn())
                    .isNull());
            List<String> ids = run.flags.stream().map(Flag::id).toList();
            run.restart(2);
            run.flags.clear();
            run.record(cancel(BTC, "a", T0 + 2 * MINUTE, 4));
            run.record(correct(BTC, "b", null, "100", T0 + 2 * MINUTE, 5));
            run.record(correct(BTC, "c", null, "300", T0 + 2 * MINUTE, 6));
            run.advanceTo(T0 + 3 * MINUTE);
            assertThat(run.flags)
                    .extracting(Flag::id, Flag::revision, Flag::withdrawn, flag -> flag.price()
                            .toString())
                    .containsExactly(
                            tuple(ids.get(0), 1, Withdrawn.CANCELLED, "250"),
                            tuple(ids.get(1), 1, Withdrawn.CORRECTED, "251"),
                            tuple(ids.get(2), 1, null, "300"));
        }
    }

    @Test
    void thousandsOfCorrectionsMayWaitEachForTheOneBefore() throws Exception {
        int corrections = 10_000;
        try (TapeRun run = TapeRun.started(settings("1m", 60 * MINUTE, 0).tape(), Backend.HASHMAP)) {
            for (int i = 0; i < corrections; i++) {
                run.record(correct(BTC, "a" + i, "a" + (i + 1), String.valueOf(1 + i), T0 + 1_000, i));
            }
            run.advanceTo(T0 + 1_000);
            run.tick(trade("a0", T0 + 2_000, "77", corrections));
            run.advanceTo(T0 + MINUTE);
            assertThat(run.summaries)
                    .last()
                    .extracting(AmendmentsOnTapeTest::words)
                    .asString()
                    .startsWith("1 10000 10000 10000 10000 2 ");
            run.checkpoint();
            assertThat(run.counted("corrections")).isEqualTo(corrections);
            assertThat(run.counted("amendmentsWaiting")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aWindowWhoseOnlyTickIsCancelledIsPublishedWithoutPrices(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings("1m", 60 * MINUTE, 0).tape(), backend)) {
            run.tick(trade("a", T0, "100", 1));
            run.tick(trade("b", T0 + MINUTE, "102", 2));
            run.tick(trade("c", T0 + 2 * MINUTE, "103", 3));
            run.advanceTo(T0 + 3 * MINUTE);
            run.summaries.clear();
            run.record(cancel(BTC, "b", T0 + 3 * MINUTE, 4));
            run.advanceTo(T0 + 4 * MINUTE);
            assertThat(run.summaries)
                    .extracting(summary -> summary.start() - T0, AmendmentsOnTapeTest::words, Summary::previousClose)
                    .containsExactlyInAnyOrder(
                            tuple(MINUTE, "0 null null null null null r1", Decimal.of("100")),
                            tuple(2 * MINUTE, "1 103 103 103 103 2 r1", Decimal.of("100")));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aCancelBeforeItsTradeWaitsOverARestart(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings("1m", 10 * MINUTE, 0).tape(), backend)) {
            run.record(cancel(BTC, "late", T0, 1));
            run.record(cancel(BTC, "never", T0, 2));
            run.advanceTo(T0 + MINUTE);
            run.restart(1);
            assertThat(run.counted("amendmentsWaiting")).isEqualTo(2);
            run.tick(trade("late", T0 + 5, "100", 3));
            run.tick(trade("other", T0 + 6, "101", 4));
            run.advanceTo(T0 + 2 * MINUTE);
            assertThat(run.summaries)
                    .extracting(AmendmentsOnTapeTest::words)
                    .last()
                    .isEqualTo("1 101 101 101 101 2 r0");
            run.advanceTo(Long.MAX_VALUE);
            assertThat(run.refused).extracting(Refused::reason).containsExactly(Reason.UNKNOWN_TRADE);
            assertThat(run.timersAndKeys()).isZero();
            run.checkpoint();
            assertThat(run.counted("amendmentsWaiting")).isZero();
            assertThat(run.counted("cancels")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRepeatIsADeadLetterAndNoMore(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings("1m", 0, 5 * MINUTE).tape(), backend)) {
            run.tick(trade("a", T0, "100", 1));
            run.tick(trade("a", T0, "100", 2));
            run.advanceTo(T0 + 10);
            run.restart(2);
            run.tick(trade("a", T0 + 5, "100", 3));
            run.tick(trade("a", T0 + 5 * MINUTE, "100", 4));
            run.tick(trade("a", T0 + 5 * MINUTE + 1, "100", 5));
            run.advanceTo(T0 + 30 * MINUTE);
            assertThat(run.summaries).extracting(Summary::count).containsExactly(1L, 1L);
            assertThat(run.refused)
                    .extracting(refused -> ((Tick) refused.record()).origin().offset())
                    .containsExactly(2L, 3L, 4L);
            run.checkpoint();
            assertThat(run.counted("ticks")).isEqualTo(5);
            assertThat(run.counted("counted")).isEqualTo(2);
            assertThat(run.counted("repeats")).isEqualTo(3);
            run.advanceTo(Long.MAX_VALUE);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aJobWithoutAHorizonDropsWhatTheJobBeforeItKept(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (TapeRun run = TapeRun.started(settings("1m", 60 * MINUTE, 0).tape(), backend)) {
            run.tick(trade("a", T0, "100", 1));
            run.record(cancel(BTC, "b", T0 + 1, 2));
            run.record(cancel(BTC, "held", T0 + 2 * MINUTE, 3));
            run.advanceTo(T0 + 10);
            state = run.checkpoint();
        }
        try (TapeRun run = TapeRun.restored(settings("1m", 0, 0).tape(), backend, state)) {
            run.advanceTo(T0 + 10 * MINUTE);
            assertThat(run.summaries).extracting(Summary::count).containsExactly(1L);
            assertThat(run.refused).hasSize(2);
            run.advanceTo(Long.MAX_VALUE);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    /** The highest revision of each window, empty ones being none, is that of the trades that are left. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void theLastRevisionsAreThoseOfTheCleanInput(Backend backend) throws Exception {
        int seeds = backend == Backend.values()[0] ? 60 : 15;
        for (int seed = 1; seed <= seeds; seed++) {
            Generated random = new Generated(seed);
            List<Tick> clean = new ArrayList<>();
            List<TapeRecord> sent = new ArrayList<>();
            long offset = 0;
            for (int i = 0; i < 300; i++) {
                String symbol = "S" + random.below(3);
                long time = T0 + random.below((int) (20 * MINUTE));
                Tick trade = tick(symbol)
                        .at(time)
                        .price(Integer.toString(100 + random.below(5)))
                        .size("1")
                        .id("t" + i)
                        .partition(0)
                        .offset(offset++)
                        .tick();
                sent.add(trade);
                long said = time + random.below((int) (25 * MINUTE)) - 10_000;
                if (random.oneIn(10)) {
                    sent.add(cancel(symbol, "t" + i, said, offset++));
                } else if (random.oneIn(10)) {
                    sent.add(correct(symbol, "t" + i, "c" + i, "200", said, offset++));
                    Tick corrected = tick(symbol)
                            .at(time)
                            .price("200")
                            .size("1")
                            .id("t" + i)
                            .partition(0)
                            .offset(trade.origin().offset())
                            .tick();
                    if (random.oneIn(3)) {
                        sent.add(cancel(symbol, "c" + i, said + 1, offset++));
                    } else {
                        clean.add(corrected);
                    }
                } else {
                    clean.add(trade);
                }
            }
            TestSettings settings = settings("1m,5m/1m,1h+1m,1d", 60 * MINUTE, 0);
            List<TapeRecord> shuffled = new ArrayList<>(sent);
            Collections.shuffle(shuffled, new Random(seed));
            Map<String, String> expected = results(settings, backend, new ArrayList<>(clean), seed);
            Map<String, String> found = results(settings, backend, shuffled, seed);
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static Map<String, String> results(
            TestSettings settings, Backend backend, List<TapeRecord> records, int seed) throws Exception {
        Generated random = new Generated(seed * 7 + 1);
        try (TapeRun run = TapeRun.started(settings.tape(), backend)) {
            long watermark = T0 - MINUTE;
            for (TapeRecord record : records) {
                run.record(record);
                if (random.oneIn(20)) {
                    watermark += random.below((int) (2 * MINUTE));
                    run.advanceTo(watermark);
                }
                if (random.oneIn(60)) {
                    run.restart(1 + random.below(3));
                }
            }
            run.advanceTo(Long.MAX_VALUE);
            assertThat(run.tooLate).isEmpty();
            assertThat(run.refused).as("seed %d", seed).isEmpty();
            Map<String, Summary> highest = new HashMap<>();
            for (Summary summary : run.summaries) {
                if (summary.asOf() == summary.end()) {
                    highest.merge(
                            summary.symbol() + " " + summary.window() + " " + summary.start(),
                            summary,
                            (one, other) -> one.revision() > other.revision() ? one : other);
                }
            }
            Map<String, String> words = new TreeMap<>();
            highest.forEach((key, summary) -> {
                if (!summary.isEmpty()) {
                    words.put(
                            key,
                            words(summary).replaceAll(" r\\d+$", "") + " " + summary.mean() + " " + summary.stddev()
                                    + " " + summary.vwap() + " " + summary.previousClose());
                }
            });
            return words;
        }
    }
}
