package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.check.Unquoted;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.When;
import io.tapewatch.io.kafka.LargestRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlagFormatTest {

    private static final long TIME = 1_385_337_613_000L;

    @Test
    void aFlagIsWrittenFieldByField() throws IOException {
        Flag flag = new Flag(
                "pump:3:BTC-USD:1385337613000:2:77",
                "pump",
                3,
                Severity.HIGH,
                "BTC-USD",
                TIME,
                Rule.On.TRADE,
                860.0,
                0.25,
                811.02,
                859.5,
                860.0000001,
                "t-1",
                9L,
                Side.BUY,
                "XBTS",
                "@ I",
                2,
                77,
                List.of(
                        new Evidence("changePct", "5m", 6.125, ">", 5),
                        new Evidence("size", null, 0.25, "<=", 0.0000001)),
                List.of(
                        new Extreme(new Evidence("changePct", "5m", 40.5, ">", 5), TIME + 7),
                        new Extreme(new Evidence("volumeRatio", "5m", "1h", 3, ">", 2), TIME)),
                "BTC-USD rose 6.13 % in 5m (limit > 5 %), 811.02 → 860",
                4,
                TIME + 1000,
                1,
                false,
                false,
                Instruments.GOLD);
        assertThat(written(flag))
                .isEqualTo("{\"id\":\"pump:3:BTC-USD:1385337613000:2:77\",\"ruleId\":\"pump\",\"ruleVersion\":3,"
                        + "\"severity\":\"high\",\"symbol\":\"BTC-USD\",\"time\":\"2013-11-25T00:00:13.000Z\","
                        + "\"price\":860,\"size\":0.25,\"previousPrice\":811.02,\"bid\":859.5,\"ask\":860.0000001,"
                        + "\"tradeId\":\"t-1\",\"seq\":9,"
                        + "\"side\":\"buy\",\"venue\":\"XBTS\",\"conditions\":\"@ I\","
                        + "\"source\":{\"topic\":\"prices\",\"partition\":2,\"offset\":77},"
                        + "\"evidence\":[{\"metric\":\"changePct\",\"over\":\"5m\",\"value\":6.125,\"is\":\">\","
                        + "\"limit\":5},{\"metric\":\"size\",\"value\":0.25,\"is\":\"<=\",\"limit\":0.0000001}],"
                        + "\"mostExtreme\":[{\"metric\":\"changePct\",\"over\":\"5m\",\"value\":40.5,\"is\":\">\","
                        + "\"limit\":5,\"time\":\"2013-11-25T00:00:13.007Z\"},{\"metric\":\"volumeRatio\",\"over\":\"5m\","
                        + "\"baseline\":\"1h\",\"value\":3,\"is\":\">\",\"limit\":2,\"time\":\"2013-11-25T00:00:13.000Z\"}],"
                        + "\"message\":\"BTC-USD rose 6.13 % in 5m (limit > 5 %), 811.02 → 860\",\"suppressed\":4,"
                        + "\"lastTime\":\"2013-11-25T00:00:14.000Z\","
                        + "\"revision\":1,\"late\":false,\"name\":\"Gold, front month\",\"currency\":\"USD\","
                        + "\"type\":\"future\",\"sector\":\"Metals\",\"multiplier\":100}");
    }

    @Test
    void whatHasNoValueIsLeftOut() throws IOException {
        Flag flag = new Flag(
                "i",
                "r",
                1,
                Severity.LOW,
                "X",
                TIME,
                Rule.On.TRADE,
                1.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                List.of(),
                List.of(),
                "m",
                0,
                null,
                0,
                true,
                false,
                null);
        assertThat(written(flag))
                .isEqualTo("{\"id\":\"i\",\"ruleId\":\"r\",\"ruleVersion\":1,\"severity\":\"low\",\"symbol\":\"X\","
                        + "\"time\":\"2013-11-25T00:00:13.000Z\",\"price\":1,"
                        + "\"source\":{\"topic\":\"prices\",\"partition\":0,\"offset\":0},\"evidence\":[],"
                        + "\"message\":\"m\",\"suppressed\":0,\"revision\":0,\"late\":true}");
    }

    @Test
    void theSourceOfAFlagOfAQuoteIsTheTopicOfQuotes() throws IOException {
        assertThat(written(ofQuote(null)))
                .isEqualTo("{\"id\":\"i\",\"ruleId\":\"r\",\"ruleVersion\":1,\"severity\":\"low\",\"symbol\":\"X\","
                        + "\"time\":\"2013-11-25T00:00:13.000Z\",\"bid\":99.5,\"ask\":100.5,\"seq\":3,"
                        + "\"source\":{\"topic\":\"quotes\",\"partition\":1,\"offset\":2},\"evidence\":[],"
                        + "\"message\":\"m\",\"suppressed\":0,\"revision\":0,\"late\":false}");
    }

    /** A job without quotes can come from a savepoint of one with them that owed an update. */
    @Test
    void whereThereAreNoQuotesAnyMoreTheTopicOfAQuoteIsLeftOut() throws IOException {
        assertThat(written(ofQuote(null), new SourceTopics("prices", null)))
                .contains("\"source\":{\"partition\":1,\"offset\":2}");
    }

    @Test
    void theVenueIsTheInstrumentsUnlessTheTickNamesOne() throws IOException {
        assertThat(written(ofTrade("XNYM", Instruments.GOLD)))
                .containsOnlyOnce("\"venue\"")
                .contains("\"venue\":\"XNYM\"");
        assertThat(written(ofTrade(null, Instruments.GOLD)))
                .containsOnlyOnce("\"venue\"")
                .contains("\"venue\":\"XCEC\"");
        assertThat(written(ofTrade("XNYM", null))).contains("\"venue\":\"XNYM\"");
        assertThat(written(ofTrade("XNYM", Instrument.unknown("X"))))
                .contains("\"venue\":\"XNYM\"")
                .endsWith(",\"multiplier\":1}");
        assertThat(written(ofTrade(null, Instrument.unknown("X")))).doesNotContain("\"venue\"");
        assertThat(written(ofQuote(Instruments.GOLD))).contains("\"venue\":\"XCEC\"");
    }

    @Test
    void theLargestFlagHasNoMoreBytesForItsInstrumentThanTheTopicIsAskedFor() throws IOException {
        int more = LargestRecords.flag(1, true) - LargestRecords.flag(1, false);
        int without = bytes(ofQuote(null));
        for (Instrument instrument : List.of(Instruments.LONGEST, Instruments.MOST_ESCAPED)) {
            assertThat(bytes(ofQuote(instrument)) - without).isLessThanOrEqualTo(more);
        }
        assertThat(bytes(ofQuote(Instruments.LONGEST)) - without).isGreaterThan(more * 9 / 10);
    }

    @Test
    void theLargestUpdateHasNoMoreBytesThanTheTopicIsAskedFor() throws IOException {
        List<When> conditions = new ArrayList<>();
        for (int i = 1; i <= When.MAX_CONDITIONS; i++) {
            conditions.add(new Condition(Metric.CHANGE_PCT, i * 1009, Comparison.ABOVE, -Double.MAX_VALUE));
        }
        RuleBook book = new RuleBook(new RuleLimits(1, 100, Condition.MAX_OVER, true, false, false));
        book.restore(new Rule(
                "r",
                1,
                Rule.Status.ACTIVE,
                "",
                Rule.On.TRADE,
                List.of("*"),
                List.of(),
                List.of(),
                List.of(),
                Severity.LOW,
                Rule.MAX_COOLDOWN,
                0,
                null,
                Rule.ALWAYS,
                Rule.FOR_EVER,
                new When.Any(conditions)));
        List<Flag> flags = new ArrayList<>();
        SymbolRules memory = new SymbolRules();
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            Tick tick = Ticks.of(
                    "X",
                    random.nextDouble() * 1e-300,
                    Ticks.NO_SIZE,
                    TIME + i * 100,
                    null,
                    Tick.NO_SEQ,
                    null,
                    null,
                    null,
                    new Origin(0, i, TIME, Origin.Stamp.CREATE_TIME));
            Unquoted.check(memory, tick, book, time -> null, flags::add);
        }
        memory.advanceTo(Long.MAX_VALUE, Instrument.unknown("X"), book, flags::add);
        Flag update = flags.get(1);
        assertThat(update.mostExtreme()).hasSize(When.MAX_CONDITIONS);
        assertThat(update.message().split("; at ")).hasSizeGreaterThan(5);
        assertThat(bytes(update))
                .isGreaterThan(LargestRecords.flag(0, false) / 4)
                .isLessThan(LargestRecords.flag(0, false));
    }

    private static Flag ofTrade(String venue, Instrument instrument) {
        return flag(Rule.On.TRADE, 1.0, null, null, venue, instrument);
    }

    private static Flag ofQuote(Instrument instrument) {
        return flag(Rule.On.QUOTE, null, 99.5, 100.5, null, instrument);
    }

    private static Flag flag(Rule.On on, Double price, Double bid, Double ask, String venue, Instrument instrument) {
        return new Flag(
                "i",
                "r",
                1,
                Severity.LOW,
                "X",
                TIME,
                on,
                price,
                null,
                null,
                bid,
                ask,
                null,
                3L,
                null,
                venue,
                null,
                1,
                2,
                List.of(),
                List.of(),
                "m",
                0,
                null,
                0,
                false,
                false,
                instrument);
    }

    private static int bytes(Flag flag) throws IOException {
        return written(flag).getBytes(UTF_8).length;
    }

    private static String written(Flag flag) throws IOException {
        return written(flag, new SourceTopics("prices", "quotes"));
    }

    private static String written(Flag flag, SourceTopics sources) throws IOException {
        JsonWriter<Flag> format = (each, out) -> FlagFormat.write(out, each, sources);
        return new String(format.bytes(new JsonFactory(), flag), UTF_8);
    }
}
