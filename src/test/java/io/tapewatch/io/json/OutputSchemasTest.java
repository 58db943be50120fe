package io.tapewatch.io.json;

import static io.tapewatch.Schemas.fields;
import static io.tapewatch.Schemas.words;
import static io.tapewatch.domain.mover.KnownMovers.mover;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.Schemas;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.QuotedTrades;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.rule.Withdrawn;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.FirstsOfDays;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.sink.DeadLetters;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the formats write is what the schemas of the outputs say, no less and no more. */
class OutputSchemasTest {

    private static final long TIME = 1_700_000_000_000L;

    /** A record of each kind with every field, and one with those alone that are always there. */
    private static final Eligibility VOLUME = new Eligibility(false, Eligibility.Last.NO, true, false);

    private static final Eligibility HIGH_AND_LOW = new Eligibility(true, Eligibility.Last.NO, true, false);
    private static final Eligibility NOTHING = new Eligibility(false, Eligibility.Last.NO, false, false);

    private static final JsonNode FULL_SUMMARY =
            summary(99.5, Instruments.GOLD, bar(7, Eligibility.ALL, HIGH_AND_LOW, VOLUME, NOTHING));

    private static final JsonNode LEAST_SUMMARY = summary(null, null, tick(100, Ticks.NO_SIZE));
    private static final JsonNode FULL_MOVERS = movers(
            mover("BTC-USD", "100.5", "100", 3, "2.5", "250", Instruments.GOLD),
            mover("CL=F", "99.5", "100", 3, null, null, null));
    private static final JsonNode LEAST_MOVERS = movers(mover("BTC-USD", "100.5", null, 3, null, null, null));
    private static final JsonNode FULL_FLAG = flag(
            100.0,
            0.5,
            99.5,
            99.75,
            100.25,
            "t-1",
            7L,
            Side.SELL,
            "XNAS",
            "@,T",
            List.of(
                    new Evidence("volumeRatio", "5m", "1h", 5.5, ">", Decimal.of("5")),
                    new Evidence("size", null, 0.5, "<=", Decimal.of("1"))),
            true,
            false,
            Instruments.GOLD);
    private static final JsonNode LEAST_FLAG = flag(
            100.0,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(new Evidence("price", null, 100, ">=", Decimal.of("-1e-7"))),
            false,
            true,
            null);
    private static final JsonNode QUOTE_FLAG = ofQuote(99.75, 100.25, false, Instruments.GOLD);
    private static final JsonNode FULL_TRADE = json(
            QuotedTrades.of("BTC-USD", TIME, 100, 0.5, 99.5, 100.0, 99.75, 50.1, 50.1, Side.BUY, 5000L, "t-1", false));
    private static final JsonNode LEAST_TRADE =
            json(QuotedTrades.of("BTC-USD", TIME, 100, null, null, null, null, null, null, null, null, null, true));
    private static final JsonNode FULL_VERDICT = verdict(new Verdict("pump", 3, Verdict.Outcome.REJECTED, "why", TIME));
    private static final JsonNode LEAST_VERDICT =
            verdict(new Verdict(null, null, Verdict.Outcome.REJECTED, "why", Origin.NO_TIMESTAMP));
    private static final JsonNode FULL_LETTER = letter(Rejection.Reason.BAD_PRICE, 9, Origin.Stamp.LOG_APPEND_TIME);
    private static final JsonNode LEAST_LETTER = letter(Rejection.Reason.EMPTY, 0, Origin.Stamp.NONE);

    static Stream<Arguments> least() {
        return Stream.of(
                Arguments.of("summary", LEAST_SUMMARY),
                Arguments.of("movers", LEAST_MOVERS),
                Arguments.of("flag", LEAST_FLAG),
                Arguments.of("quoted-trade", LEAST_TRADE),
                Arguments.of("rule-status", LEAST_VERDICT),
                Arguments.of("dead-letter", LEAST_LETTER));
    }

    static Stream<Arguments> all() {
        Stream<Arguments> verdicts = Stream.of(
                        new Verdict("pump", 3, Verdict.Outcome.ACCEPTED, null, TIME),
                        new Verdict("pump", 3, Verdict.Outcome.ACCEPTED, "identical to the version in force", 0),
                        new Verdict("pump", 3, Verdict.Outcome.DELETED, null, Long.MAX_VALUE))
                .map(verdict -> Arguments.of("rule-status", verdict(verdict)));
        Stream<Arguments> letters = Stream.of(Rejection.Reason.values())
                .flatMap(reason -> Stream.of(Origin.Stamp.values())
                        .map(stamp -> Arguments.of("dead-letter", letter(reason, 2, stamp))));
        Stream<Arguments> full = Stream.of(
                Arguments.of("summary", FULL_SUMMARY),
                Arguments.of("summary", summary(-1e12, Instruments.LONGEST, tick(-1e12, 0), tick(-1e12, 0))),
                Arguments.of("summary", summary(null, Instrument.unknown("BTC-USD"), tick(100, 0))),
                Arguments.of("summary", summary(99.5, null, bar(0))), // all ticks were taken back
                Arguments.of("summary", summary(99.5, null, bar(3))),
                Arguments.of("summary", summary(99.5, null, bar(0, NOTHING))),
                Arguments.of("summary", summary(99.5, null, bar(0, VOLUME, NOTHING))),
                Arguments.of("summary", summary(99.5, null, bar(0, HIGH_AND_LOW))),
                Arguments.of("summary", summary(99.5, null, bar(0, VOLUME, HIGH_AND_LOW))),
                Arguments.of("movers", FULL_MOVERS),
                Arguments.of("movers", movers(mover("CL=F", "-37.63", "-1", 3, "0", "0", null))),
                Arguments.of("movers", movers(mover("S", "1", null, 3, null, null, Instruments.LONGEST))),
                Arguments.of("movers", movers(mover("S", "1", null, 3, null, null, Instrument.unknown("S")))),
                Arguments.of("flag", FULL_FLAG),
                Arguments.of("flag", QUOTE_FLAG),
                Arguments.of("flag", ofQuote(null, 100.25, false, null)),
                Arguments.of("flag", ofQuote(-1e12, null, true, Instruments.LONGEST)),
                Arguments.of("flag", ofQuote(99.75, 100.25, false, Instrument.unknown("BTC-USD"))),
                Arguments.of("quoted-trade", FULL_TRADE),
                Arguments.of("quoted-trade", trade(99.5, null, null, null, null)), // one-sided
                Arguments.of("quoted-trade", trade(null, 1e12, null, null, null)),
                Arguments.of("quoted-trade", trade(100.5, 99.5, null, -100.0, null)), // crossed
                Arguments.of("quoted-trade", trade(100.0, 100.0, 100.0, 0.0, 0.0)), // locked
                Arguments.of("quoted-trade", trade(-1.0, 0.5, null, null, null)), // around a mid below zero
                Arguments.of("rule-status", FULL_VERDICT),
                Arguments.of("dead-letter", FULL_LETTER));
        return Stream.of(least(), full, verdicts, letters).flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("all")
    void whatTheFormatsWriteIsValid(String name, JsonNode record) {
        Schemas.assertValid(name, record);
    }

    @Test
    void theFieldsOfASummaryAreThoseThatAreWritten() {
        assertThat(fields(Schemas.text("summary").get("properties")))
                .containsExactlyElementsOf(SummaryFormat.FIELDS)
                .containsExactlyElementsOf(fields(FULL_SUMMARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1m",
                "500ms",
                "5m/1m",
                "5m/tick",
                "1d@America/New_York",
                "1d@Etc/GMT+5",
                "1d@+05:45",
                "1d@America/New_York+1m",
                "1d@+05:45+1m",
                "1d+1m",
                "1h+10m"
            })
    void aWindowOfEveryFormIsValid(String window) {
        Schemas.assertValid("summary", copy(FULL_SUMMARY).put("window", window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0m", "1", "1w", "m", "5m/", "5m/ticks", "5m/1m/1m", "1d@", "1d+", "1d+1m+1m", "5m/1m+1m"})
    void aWindowOfNoFormIsNoticed(String window) {
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).put("window", window)))
                .isNotEmpty();
    }

    @Test
    void theFieldsOfMoversAreThoseThatAreWritten() {
        JsonNode schema = Schemas.text("movers");

        assertThat(fields(schema.get("properties")))
                .containsExactlyElementsOf(MoversFormat.FIELDS)
                .containsExactlyElementsOf(fields(FULL_MOVERS));
        List<String> ranked = fields(schema.at("/$defs/mover/properties"));
        assertThat(ranked).containsExactlyElementsOf(fields(FULL_MOVERS.at("/gainers/0")));
        assertThat(MoversFormat.CSV_FIELDS)
                .containsExactlyElementsOf(
                        Stream.of(List.of("window", "start", "end", "asOf", "list"), ranked, List.of("revision"))
                                .flatMap(List::stream)
                                .toList());
    }

    @Test
    void aRankThatDoesNotBelongIntoItsListIsNoticed() {
        for (String list : List.of("gainers", "losers")) {
            ObjectNode movers = copy(FULL_MOVERS);
            ((ObjectNode) movers.at("/" + list + "/0")).put("changePct", 0);
            assertThat(Schemas.problems("movers", movers)).as("0 in %s", list).isNotEmpty();
            movers = copy(FULL_MOVERS);
            ((ObjectNode) movers.at("/" + list + "/0")).remove("changePct");
            assertThat(Schemas.problems("movers", movers))
                    .as("none in %s", list)
                    .isNotEmpty();
        }
        for (String list : List.of("gainers", "losers", "mostActive")) {
            for (String field : List.of("rank", "symbol", "close", "previousClose")) {
                ObjectNode movers = copy(FULL_MOVERS);
                ((ObjectNode) movers.at("/" + list + "/0")).remove(field);
                assertThat(Schemas.problems("movers", movers))
                        .as("no %s in %s", field, list)
                        .isNotEmpty();
            }
            ObjectNode movers = copy(FULL_MOVERS);
            ((ObjectNode) movers.at("/" + list + "/0")).put("other", 1);
            assertThat(Schemas.problems("movers", movers))
                    .as("other in %s", list)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("movers", copy(FULL_MOVERS).put("window", "1h")))
                .isNotEmpty();
        assertThat(Schemas.problems(
                        "movers",
                        copy(FULL_MOVERS).set("mostActive", copy(FULL_MOVERS).putArray("none"))))
                .isNotEmpty();
    }

    @Test
    void theFieldsAndWordsOfAFlagAreThoseThatAreWritten() {
        JsonNode flag = Schemas.text("flag").get("properties");
        JsonNode evidence = flag.at("/evidence/items");
        JsonNode extreme = flag.at("/mostExtreme/items");
        JsonNode types = Schemas.text("flag").get("$defs");

        assertThat(fields(flag)).containsExactlyElementsOf(fields(FULL_FLAG));
        assertThat(fields(flag)).containsAll(fields(QUOTE_FLAG));
        assertThat(fields(flag.at("/source/properties"))).containsExactlyElementsOf(fields(FULL_FLAG.get("source")));
        assertThat(fields(evidence.get("properties"))).containsExactlyElementsOf(fields(FULL_FLAG.at("/evidence/0")));
        assertThat(fields(extreme.get("properties"))).containsExactlyElementsOf(fields(FULL_FLAG.at("/mostExtreme/0")));
        JsonNode rule = Schemas.text("rule");
        assertThat(flag.at("/severity/enum")).isEqualTo(rule.at("/properties/severity/enum"));
        assertThat(words(types.get("metric"))).containsExactlyElementsOf(wordsOf(any -> true));
        assertThat(types.at("/is/enum")).isEqualTo(rule.at("/$defs/condition/properties/is/enum"));
        assertThat(words(types.at("/windows/if/properties/metric")))
                .containsExactlyElementsOf(wordsOf(Metric::isWindowed));
        assertThat(words(types.at("/windows/allOf/0/if/properties/metric")))
                .containsExactlyElementsOf(wordsOf(Metric::isCompared));
    }

    private static List<String> wordsOf(Predicate<Metric> some) {
        return Stream.of(Metric.values()).filter(some).map(Metric::word).toList();
    }

    @Test
    void theFieldsOfAQuotedTradeAreThoseThatAreWritten() {
        assertThat(fields(Schemas.text("quoted-trade").get("properties")))
                .containsExactlyElementsOf(QuotedTradeFormat.FIELDS)
                .containsExactlyElementsOf(fields(FULL_TRADE));
    }

    @Test
    void whatIsKnownAboutAnInstrumentIsTheSameInEachSchema() {
        JsonNode summary = Schemas.text("summary").get("properties");
        JsonNode mover = Schemas.text("movers").at("/$defs/mover/properties");
        JsonNode flag = Schemas.text("flag").get("properties");
        JsonNode text = Schemas.text("summary").at("/$defs/text");

        for (String field : InstrumentFields.FIELDS) {
            assertThat(summary.get(field)).as(field).isNotNull().isEqualTo(mover.get(field));
        }
        for (String field : InstrumentFields.FIELDS_BUT_VENUE) {
            assertThat(flag.get(field)).as(field).isEqualTo(mover.get(field));
        }
        assertThat(text.get("maxLength").asInt()).isEqualTo(Instrument.MAX_TEXT);
        assertThat(Schemas.text("movers").at("/$defs/text")).isEqualTo(text);
        assertThat(Schemas.text("flag").at("/$defs/text")).isEqualTo(text);
    }

    @Test
    void anInstrumentsFieldThatIsOutOfRangeOrStandsAloneIsNoticed() {
        for (String field : InstrumentFields.FIELDS) {
            ObjectNode movers = copy(FULL_MOVERS);
            ObjectNode mover = (ObjectNode) movers.at("/gainers/0");
            for (String wrong : List.of("", "x".repeat(Instrument.MAX_TEXT + 1))) {
                mover.put(field, wrong);
                assertThat(Schemas.problems("movers", movers))
                        .as("%s in movers", field)
                        .isNotEmpty();
                assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).put(field, wrong)))
                        .as("%s in a summary", field)
                        .isNotEmpty();
            }
            if (!field.equals("venue")) {
                assertThat(Schemas.problems("flag", copy(FULL_FLAG).put(field, "")))
                        .as("%s in a flag", field)
                        .isNotEmpty();
            }
        }
        for (double multiplier : new double[] {-1, 0, 1e-10, 1e19}) {
            assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).put("multiplier", multiplier)))
                    .as("multiplier %s", multiplier)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("multiplier")))
                .hasSize(5);
        assertThat(Schemas.problems("flag", copy(FULL_FLAG).without("multiplier")))
                .hasSize(4);
        ObjectNode movers = copy(FULL_MOVERS);
        ((ObjectNode) movers.at("/gainers/0")).remove("multiplier");
        assertThat(Schemas.problems("movers", movers)).hasSize(5);
    }

    @Test
    void whatAFlagOfAQuoteDoesNotSayIsNoticed() {
        for (String field : List.of("size", "previousPrice", "price")) {
            assertThat(Schemas.problems("flag", copy(QUOTE_FLAG).put(field, 1)).isEmpty())
                    .as(field)
                    .isEqualTo(field.equals("price")); // which makes it one of a trade
        }
        for (String field : List.of("tradeId", "conditions")) {
            assertThat(Schemas.problems("flag", copy(QUOTE_FLAG).put(field, "x")))
                    .as(field)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("flag", copy(QUOTE_FLAG).put("side", "buy")))
                .isNotEmpty();
        assertThat(Schemas.problems("flag", copy(QUOTE_FLAG).without(List.of("bid", "ask"))))
                .isNotEmpty();
        assertThat(Schemas.problems("flag", copy(QUOTE_FLAG).put("late", true))).isEmpty();
        assertThat(Schemas.problems("flag", copy(FULL_FLAG).put("late", true))).isNotEmpty();
        for (String field : List.of("bid", "ask")) {
            assertThat(Schemas.problems("flag", copy(LEAST_FLAG).put(field, 1)))
                    .as("%s of a late trade", field)
                    .isNotEmpty();
        }
    }

    @Test
    void anUpdateSaysWhatWasMostExtremeAndTheFirstPublicationDoesNot() {
        for (String field : List.of("mostExtreme", "lastTime")) {
            assertThat(Schemas.problems("flag", copy(FULL_FLAG).without(field)))
                    .as("an update without %s", field)
                    .isNotEmpty();
            assertThat(Schemas.problems("flag", copy(LEAST_FLAG).set(field, FULL_FLAG.get(field))))
                    .as("%s in revision 0", field)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("flag", copy(FULL_FLAG).put("suppressed", 0)))
                .isNotEmpty();
        assertThat(Schemas.problems("flag", copy(LEAST_FLAG).put("suppressed", 1)))
                .isNotEmpty();
        for (String list : List.of("evidence", "mostExtreme")) {
            for (String field : List.of("over", "baseline", "value")) {
                ObjectNode without = copy(FULL_FLAG);
                ((ObjectNode) without.at("/" + list + "/0")).remove(field);
                assertThat(Schemas.problems("flag", without))
                        .as("no %s in %s", field, list)
                        .isNotEmpty();
            }
            ObjectNode other = copy(FULL_FLAG);
            ((ObjectNode) other.at("/" + list + "/0")).put("other", 1);
            assertThat(Schemas.problems("flag", other)).as("other in %s", list).isNotEmpty();
        }
        ObjectNode timeless = copy(FULL_FLAG);
        ((ObjectNode) timeless.at("/mostExtreme/0")).remove("time");
        assertThat(Schemas.problems("flag", timeless)).isNotEmpty();
    }

    @Test
    void theSourceOfAFlagOfATradeHasATopicAndThatOfAQuoteMayHaveNone() {
        ObjectNode ofTrade = copy(FULL_FLAG);
        ((ObjectNode) ofTrade.get("source")).remove("topic");
        assertThat(Schemas.problems("flag", ofTrade)).isNotEmpty();
        assertThat(QUOTE_FLAG.at("/source/topic").asText()).isEqualTo("quotes");
        ObjectNode ofQuote = copy(QUOTE_FLAG);
        ((ObjectNode) ofQuote.get("source")).remove("topic");
        Schemas.assertValid("flag", ofQuote);
        ((ObjectNode) ofQuote.get("source")).remove("offset");
        assertThat(Schemas.problems("flag", ofQuote)).isNotEmpty();
    }

    @Test
    void figuresOfAQuotedTradeThatDoNotGoTogetherAreNoticed() {
        for (String field : List.of("bid", "ask", "mid", "spreadBps", "effectiveSpreadBps", "quoteAgeMs")) {
            assertThat(Schemas.problems("quoted-trade", copy(FULL_TRADE).without(field)))
                    .as("no %s", field)
                    .isNotEmpty();
            assertThat(Schemas.problems("quoted-trade", copy(LEAST_TRADE).put(field, 1)))
                    .as("%s alone", field)
                    .isNotEmpty();
        }
        for (String field : List.of("size", "tradeId", "side")) {
            assertThat(Schemas.problems("quoted-trade", copy(FULL_TRADE).without(field)))
                    .as("no %s", field)
                    .isEmpty();
        }
        for (String field : List.of("mid", "effectiveSpreadBps", "quoteAgeMs", "size", "spreadBps")) {
            assertThat(Schemas.problems("quoted-trade", copy(FULL_TRADE).put(field, -1)))
                    .as("%s below zero", field)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("quoted-trade", copy(FULL_TRADE).put("side", "BUY")))
                .isNotEmpty();
    }

    @Test
    void theFieldsAndWordsOfAVerdictAreThoseThatAreWritten() {
        JsonNode verdict = Schemas.text("rule-status").get("properties");

        assertThat(fields(verdict)).containsExactlyElementsOf(fields(FULL_VERDICT));
        assertThat(words(verdict.get("verdict")))
                .containsExactlyElementsOf(Stream.of(Verdict.Outcome.values())
                        .map(Verdict.Outcome::word)
                        .toList());
    }

    @Test
    void theHeadersAndReasonsOfADeadLetterAreThoseThatAreWritten() {
        JsonNode headers = Schemas.text("dead-letter").get("properties");

        assertThat(fields(headers)).containsExactlyElementsOf(fields(FULL_LETTER));
        assertThat(words(headers.get("reason")))
                .containsExactlyElementsOf(Stream.of(Rejection.Reason.values())
                        .map(Rejection.Reason::label)
                        .toList());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("least")
    void aFieldThatIsMissingOrOfAWrongTypeOrUnknownIsNoticed(String name, JsonNode least) {
        for (String field : fields(least)) {
            ObjectNode mistyped = copy(least);
            mistyped.putArray(field).add(1);
            assertThat(Schemas.problems(name, mistyped)).as("[1] as %s", field).isNotEmpty();
            assertThat(Schemas.problems(name, copy(least).putNull(field)))
                    .as("null as %s", field)
                    .isNotEmpty();
            assertThat(Schemas.problems(name, copy(least).without(field)))
                    .as("no %s", field)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems(name, copy(least).put("other", 1))).isNotEmpty();
    }

    @Test
    void anUnknownFieldWithinAFlagIsNoticed() {
        for (String within : List.of("/source", "/evidence/0")) {
            ObjectNode flag = copy(FULL_FLAG);
            ((ObjectNode) flag.at(within)).put("other", 1);
            assertThat(Schemas.problems("flag", flag)).as("other in %s", within).isNotEmpty();
        }
    }

    @Test
    void whatDoesNotGoTogetherIsNoticed() {
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("stddev")))
                .isNotEmpty();
        assertThat(Schemas.problems(
                        "summary", copy(summary(null, null, tick(100, 0.5))).without("vwap")))
                .isNotEmpty();
        for (String price : List.of("high", "low", "highTime", "lowTime", "mean")) {
            JsonNode value = FULL_SUMMARY.get(price);
            assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without(price)))
                    .as("no %s", price)
                    .isNotEmpty();
            assertThat(Schemas.problems(
                            "summary", copy(summary(null, null, bar(0))).set(price, value)))
                    .as("%s of no tick", price)
                    .isNotEmpty();
        }
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("volume")))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("turnover")))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(LEAST_SUMMARY).put("stddev", 0)))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(LEAST_SUMMARY).put("turnover", 0)))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(LEAST_SUMMARY).put("vwap", 0)))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("changePct")))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).without("previousClose")))
                .isNotEmpty();
        assertThat(Schemas.problems("summary", copy(FULL_SUMMARY).put("previousClose", 0)))
                .isNotEmpty();
        assertThat(Schemas.problems("flag", copy(LEAST_FLAG).put("previousPrice", 1)))
                .isNotEmpty();
        assertThat(Schemas.problems("rule-status", copy(FULL_VERDICT).without("reason")))
                .isNotEmpty();
        assertThat(Schemas.problems("rule-status", copy(LEAST_VERDICT).put("verdict", "deleted")))
                .isNotEmpty();
        assertThat(Schemas.problems("dead-letter", copy(FULL_LETTER).without("source-timestamp")))
                .isNotEmpty();
        assertThat(Schemas.problems("dead-letter", copy(LEAST_LETTER).put("source-timestamp", "5")))
                .isNotEmpty();
    }

    private static ObjectNode copy(JsonNode record) {
        return record.deepCopy();
    }

    private static Tick tick(double price, double size) {
        Origin origin = new Origin(0, 7, TIME, Origin.Stamp.CREATE_TIME);
        return Ticks.of("BTC-USD", price, size, TIME, null, Tick.NO_SEQ, null, null, null, origin);
    }

    private static JsonNode summary(Double previousClose, Instrument instrument, Tick... ticks) {
        Bar bar = new Bar();
        for (Tick tick : ticks) {
            bar.add(tick);
        }
        return summary(previousClose, instrument, bar);
    }

    /** A tick each, of the same price. */
    private static Bar bar(long missing, Eligibility... eligibilities) {
        Bar bar = new Bar();
        for (Eligibility eligibility : eligibilities) {
            bar.add(tick(100, 0.5), eligibility, FirstsOfDays.NONE);
        }
        bar.addMissing(missing);
        return bar;
    }

    private static JsonNode summary(Double previousClose, Instrument instrument, Bar bar) {
        return json(
                (each, out) -> SummaryFormat.write(out, each),
                Instruments.with(
                        instrument,
                        Summary.of(
                                "BTC-USD",
                                "1m",
                                TIME - 20_000,
                                TIME + 40_000,
                                TIME + 40_000,
                                bar,
                                Numbers.decimalOrNull(previousClose),
                                0,
                                TIME + 1_000_000)));
    }

    private static JsonNode movers(Mover... movers) {
        return json(
                (each, out) -> MoversFormat.write(out, each),
                Movers.of("1d@America/New_York+1m", TIME, TIME + 1, TIME, new Ranking(3).of(List.of(movers)), 0));
    }

    /** With a quote of these figures. */
    private static JsonNode trade(Double bid, Double ask, Double mid, Double spreadBps, Double effectiveSpreadBps) {
        return json(QuotedTrades.of(
                "BTC-USD", TIME, 100, 0.0, bid, ask, mid, spreadBps, effectiveSpreadBps, null, 0L, null, false));
    }

    private static JsonNode json(QuotedTrade trade) {
        return json((each, out) -> QuotedTradeFormat.write(out, each), trade);
    }

    private static JsonNode ofQuote(Double bid, Double ask, boolean late, Instrument instrument) {
        List<Evidence> evidence = List.of(
                new Evidence("spreadBps", null, 50, ">", Decimal.of("5")),
                new Evidence("quoteRatio", "1m", "1h", 5.5, ">", Decimal.of("5")));
        return flag(null, null, null, bid, ask, null, 7L, null, null, null, evidence, false, late, instrument);
    }

    private static JsonNode flag(
            Double price,
            Double size,
            Double previousPrice,
            Double bid,
            Double ask,
            String tradeId,
            Long seq,
            Side side,
            String venue,
            String conditions,
            List<Evidence> evidence,
            boolean isRevised,
            boolean late,
            Instrument instrument) {
        return json(
                (each, out) -> FlagFormat.write(out, each, new SourceTopics("prices", "quotes")),
                new Flag(
                        "pump:3:BTC-USD:1700000000000:0:7",
                        "pump",
                        3,
                        Severity.HIGH,
                        "BTC-USD",
                        TIME,
                        0,
                        price == null ? Rule.On.QUOTE : Rule.On.TRADE,
                        Numbers.decimalOrNull(price),
                        Numbers.decimalOrNull(size),
                        Numbers.decimalOrNull(previousPrice),
                        Numbers.decimalOrNull(bid),
                        Numbers.decimalOrNull(ask),
                        tradeId,
                        seq,
                        side,
                        venue,
                        conditions,
                        0,
                        7,
                        evidence,
                        isRevised ? List.of(new Extreme(evidence.get(0), TIME)) : List.of(),
                        "BTC-USD traded at 100",
                        isRevised ? 3 : 0,
                        isRevised ? TIME + 1 : null,
                        isRevised ? 1 : 0,
                        isRevised && price != null ? Withdrawn.CANCELLED : null,
                        late,
                        false,
                        instrument));
    }

    private static JsonNode verdict(Verdict verdict) {
        return json((each, out) -> RuleStatusFormat.write(out, each), verdict);
    }

    /** The headers of a record with a key and a value of this length, of which few bytes are kept. */
    private static JsonNode letter(Rejection.Reason reason, int length, Origin.Stamp stamp) {
        long timestamp = stamp == Origin.Stamp.NONE ? Origin.NO_TIMESTAMP : TIME;
        Rejection rejection = new Rejection(
                reason,
                "what was wrong",
                new byte[length],
                new byte[length],
                "prices",
                new Origin(0, 7, timestamp, stamp));
        return Schemas.object(new DeadLetters("dead-letters", 4)
                .serialize(rejection, null, null)
                .headers());
    }

    private static <T> JsonNode json(JsonWriter<T> format, T record) {
        try {
            return Schemas.read(new String(format.bytes(new JsonFactory(), record), UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
