package io.tapewatch.operators;

import static io.tapewatch.domain.check.Rules.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.HeardLog;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.UsConsolidated;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sale conditions on the tape itself: which prints the rules see, what is counted, what is told, what is kept. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class SaleConditionsTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long NOON = Instant.parse("2024-03-11T16:00:00Z").toEpochMilli();
    private static final ConditionTable US = UsConsolidated.of(ConditionAlphabet.AUTO);

    private long offset;

    private static TestSettings settings() {
        return TestSettings.ofWindows("1m,1d@America/New_York").instruments();
    }

    private Tick print(String symbol, long time, double price, String conditions) {
        return Ticks.of(
                symbol,
                price,
                100,
                time,
                null,
                Tick.NO_SEQ,
                null,
                null,
                conditions,
                new Origin(0, offset++, time, Origin.Stamp.CREATE_TIME));
    }

    private static RuleChange change(String line) {
        Rule rule = rule(line);
        return new RuleChange(rule.id(), rule);
    }

    private static InstrumentChange onTape(String symbol, String tape) {
        return new InstrumentChange(
                symbol,
                new Instrument(symbol, null, null, null, null, null, Instrument.ONE, tape),
                new Origin(0, 0, 0, Origin.Stamp.CREATE_TIME));
    }

    @ParameterizedTest
    @EnumSource
    void rulesSeeThePrintsWhosePricesCount(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings().conditions(US).tape(), backend)) {
            run.change(change("any: price > 0"));
            run.tick(print("A", NOON, 1, null));
            run.tick(print("A", NOON + 1, 2, "I"));
            run.tick(print("A", NOON + 2, 3, "@,F"));
            run.tick(print("A", NOON + 3, 4, "53,52,41"));
            run.tick(print("A", NOON + 4, 5, "Z"));
            run.advanceTo(NOON + 10);
            run.tick(print("A", NOON + 5, 6, "W"));
            run.tick(print("A", NOON + 6, 7, "X"));
            assertThat(run.flags)
                    .extracting(Flag::price)
                    .extracting(Object::toString)
                    .containsExactly("1", "3", "5", "7");
            run.checkpoint();
            assertThat(run.counted("counted")).isEqualTo(7);
            assertThat(run.counted("withConditions")).isEqualTo(6);
            assertThat(run.counted("ineligible")).isEqualTo(3);
            assertThat(run.counted("unknownConditions")).isZero();
        }
    }

    @Test
    void withoutATableConditionsSayNothing() throws Exception {
        try (TapeRun run = TapeRun.started(settings().tape(), Backend.HASHMAP)) {
            run.change(change("any: price > 0"));
            run.tick(print("A", NOON, 1, "I"));
            run.tick(print("A", NOON + 1, 2, "53"));
            run.advanceTo(NOON + 10);
            assertThat(run.flags).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTapeOfTheInstrumentSaysWhatACodeMeansAlsoAfterARestart(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(settings().conditions(US).tape(), backend)) {
            run.change(change("any: price > 0"));
            run.record(onTape("NYSE", "A"));
            run.record(onTape("NASDAQ", "C"));
            run.tick(print("NYSE", NOON, 1, "B"));
            run.tick(print("NASDAQ", NOON, 2, "B"));
            run.restart(2);
            run.change(change("any: price > 0"));
            run.tick(print("NYSE", NOON + 1, 3, "B"));
            run.tick(print("NASDAQ", NOON + 1, 4, "B"));
            run.advanceTo(NOON + 10);
            assertThat(run.flags)
                    .extracting(Flag::price)
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder("2", "4");
            run.record(onTape("NASDAQ", "B"));
            run.tick(print("NASDAQ", NOON + 20, 5, "B"));
            run.advanceTo(NOON + 30);
            assertThat(run.flags).hasSize(2);
        }
    }

    @Test
    void unknownCodesAreNamedOnceAndToldWhenTheyAreMany() throws Exception {
        try (HeardLog log = HeardLog.of(ConditionCounters.class.getName());
                TapeRun run = TapeRun.started(
                        settings()
                                .conditions(UsConsolidated.of(ConditionAlphabet.SIP))
                                .tape(),
                        Backend.HASHMAP)) {
            run.tick(print("B", NOON, 1, "B"));
            run.tick(print("B", NOON, 1, "B"));
            run.advanceTo(NOON);
            run.record(onTape("A", "A"));
            for (int i = 0; i < ConditionCounters.ENOUGH_PRINTS + 100; i++) {
                // One in ten.
                run.tick(print("A", NOON + 1 + i, 1, i % 10 == 0 ? "?" : "I"));
            }
            for (int i = 0; i < 50; i++) {
                run.tick(print("A", NOON + 2_000 + i, 1, Character.toString(0x4e00 + i)));
            }
            run.advanceTo(NOON + MINUTE);
            assertThat(log.at(Level.WARN))
                    .hasSize(ConditionCounters.MOST_NAMED + 1)
                    .contains(
                            "The sale condition \"?\" of tape A is not in the table us-consolidated: it allows everything.",
                            "The sale condition \"B\" means different things on different tapes, and the tape of the"
                                    + " instrument is not known. It allows what it allows on each of them. Send the tape of"
                                    + " each instrument to the topic of instruments.")
                    .anySatisfy(line -> assertThat(line)
                            .matches(
                                    "1\\d\\d of the first 1,?0\\d\\d prints with sale conditions carry a code that the table"
                                            + " us-consolidated does not know; such codes allow everything[.] Does"
                                            + " conditions[.]alphabet fit the feed[?]"));
            run.checkpoint();
            assertThat(run.counted("unknownConditions")).isEqualTo(110 + 2 + 50);
        }
    }

    // A contingent trade at 257.66 among odd lots at 249.75.

    @Test
    void withoutATableAContingentTradeIsASlip() throws Exception {
        try (TapeRun run = ofContingentTrade(settings().tape(), true)) {
            assertThat(run.flags).extracting(Flag::ruleId).contains("slip", "block");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContingentTradeRaisesNoFlag(boolean othersAreOddLots) throws Exception {
        for (ConditionAlphabet alphabet : List.of(ConditionAlphabet.AUTO, ConditionAlphabet.MASSIVE)) {
            TapeSettings settings =
                    settings().conditions(UsConsolidated.of(alphabet)).tape();
            try (TapeRun run = ofContingentTrade(settings, othersAreOddLots)) {
                assertThat(run.flags).isEmpty();
                assertThat(run.counted("counted")).isEqualTo(42);
                assertThat(run.counted("ineligible")).isEqualTo(othersAreOddLots ? 42 : 1);
                assertThat(run.counted("unknownConditions")).isZero();
            }
        }
    }

    private static TapeRun ofContingentTrade(TapeSettings settings, boolean othersAreOddLots) throws Exception {
        TapeRun run = TapeRun.started(settings, Backend.HASHMAP);
        run.change(change("slip: tickChangePct > 2"));
        run.change(change("block: sizeRatio over 5m > 100"));
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
        run.checkpoint();
        return run;
    }

    @Test
    void numbersOfTwoDigitsAreToldOnce() throws Exception {
        try (HeardLog log = HeardLog.of(ConditionCounters.class.getName());
                TapeRun run = TapeRun.started(settings().conditions(US).tape(), Backend.HASHMAP)) {
            run.tick(print("A", NOON, 1, "12,37"));
            run.tick(print("A", NOON, 1, "52"));
            run.advanceTo(NOON + MINUTE);
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "The sale condition \"12\" is a number, and is read as one of Massive's, with all codes of its"
                                    + " print. Say --conditions.alphabet massive,");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKeptOfDaysIsGoneWhenNoWindowNeedsIt(Backend backend) throws Exception {
        TapeSettings settings =
                TestSettings.ofWindows("1m/30s").lateness(HOUR).conditions(US).tape();
        try (TapeRun run = TapeRun.started(settings, backend)) {
            run.tick(print("A", NOON, 1, "@"));
            run.advanceTo(NOON + 3 * HOUR);
            long kept = run.keyedStateBytes();
            // The day ends at 04:00 UTC, and what may change of it at 06:01:01.
            run.advanceTo(Instant.parse("2024-03-12T06:00:00Z").toEpochMilli());
            assertThat(run.keyedStateBytes()).isEqualTo(kept);
            run.advanceTo(Instant.parse("2024-03-12T07:00:00Z").toEpochMilli());
            assertThat(run.keyedStateBytes()).isLessThan(kept);
            long empty;
            try (TapeRun none = TapeRun.started(settings, backend)) {
                none.advanceTo(NOON);
                empty = none.keyedStateBytes();
            }
            assertThat(run.keyedStateBytes()).isEqualTo(empty);
        }
    }
}
