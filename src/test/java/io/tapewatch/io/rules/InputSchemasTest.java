package io.tapewatch.io.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.Rounds;
import io.tapewatch.Schemas;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.MutatedRecords;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.QuoteFormat;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.json.RecordTable;
import io.tapewatch.io.json.TickFormat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of prices, quotes, instruments and rules accept what the job accepts, but for what a schema cannot say. */
class InputSchemasTest {

    /** Why the job rejects a record of prices, quotes or instruments that the schema accepts. */
    private static final Map<String, Set<String>> ONLY_THE_SCHEMA_ACCEPTS = Map.of(
            "the range of numbers in strings",
            Set.of(
                    "{\"price\":\"1e999\"}",
                    "{\"price\":1,\"seq\":\"-9223372036854775808\"}",
                    "{\"bid\":1,\"ask\":\"1e999\"}",
                    "{\"multiplier\":\"1e999\"}"),
            "how many decimals a number has",
            Set.of("{\"multiplier\":1.0000000001}"),
            "the days of a month",
            Set.of("{\"price\":1,\"time\":\"2023-02-30T00:00:00Z\"}"),
            "the record's timestamp",
            Set.of(
                    "{\"price\":1,\"time\":1700000061001}",
                    "{\"bid\":1,\"time\":1700000061001}",
                    "{\"heartbeat\":true,\"time\":1700000061001}",
                    "[no timestamp]{\"price\":1}",
                    "[no timestamp]{\"bid\":1}",
                    "[no timestamp]{\"heartbeat\":true}"),
            "the record's key",
            Set.of(
                    "[no key]{\"price\":1}",
                    "[no key]1",
                    "[no key]{\"bid\":1}",
                    "[no key]{\"currency\":\"USD\"}",
                    "[no key]{}",
                    "{\"symbol\":\"BTC-USD\"}",
                    "{\"symbol\":\"key\"}"),
            "letters that are not seen",
            Set.of("{\"symbol\":\"A\\u3164\",\"price\":1}"),
            "how many digits a number has",
            Set.of("{\"multiplier\":123456789012345678.5}"),
            "how long a number is",
            Set.of("{\"venue\":" + "1234567890".repeat(10) + "1}"),
            "half of a surrogate pair",
            Set.of(
                    "{\"price\":1,\"id\":\"\\ud83d\"}",
                    "{\"price\":1,\"conditions\":[\"\\ude00\\ud83d\"]}",
                    "{\"name\":\"\\ud83d\"}"));

    private static final Pattern WORD = Pattern.compile("\"([A-Za-z0-9*<>=:,-]*)\"");

    /** Why the job rejects a rule that the schema accepts: what its reasons look like. */
    private static final Map<String, String> RULES_ONLY_THE_SCHEMA_ACCEPTS = Map.of(
            "the record's key", "\"id\" is missing: .*",
            "how a number is written", "\"version\" must be a whole number .*, not [0-9]+\\.0",
            "how long a duration is",
                    ".*\"(cooldown|for|over)\" must be from .*|.*is too long for a duration"
                            + "|.*\"baseline\" must be at least as long as .*",
            "how much a rule may hold", "\"when\" (is nested|has) .* at most .*",
            "what of two comes first", "\"until\" must be later .*|\"hours\" that begin and end at the same time .*",
            "the days of a month", "\"(from|until)\" must be a time .*-(29|30|31)[Tt].*",
            "which time zones there are", "\"hours.zone\": there is no zone .*");

    static Stream<Arguments> records() {
        return Stream.of("price", "quote", "instrument")
                .flatMap(schema -> RecordTable.decoded(schema + "s").stream().map(row -> Arguments.of(schema, row)));
    }

    @ParameterizedTest(name = "{0}s, {1}")
    @MethodSource("records")
    void theSchemasOfPricesQuotesAndInstrumentsAgreeWithTheirDecoders(String schema, RecordTable.Row row) {
        boolean accepted = !row.isRejected();
        JsonNode record;
        try {
            record = Schemas.read(row.text());
        } catch (JsonProcessingException notJson) {
            // To say twice what is not read is not JSON as the schemas see it.
            assertThat(accepted && !row.section().equals("fields that are not read"))
                    .isFalse();
            return;
        }
        boolean expected = accepted;
        if (row.allowsNonpositive()) {
            expected = false; // the schema says what is accepted without it
        } else if (isOneOf(ONLY_THE_SCHEMA_ACCEPTS, row.text())
                || isOneOf(ONLY_THE_SCHEMA_ACCEPTS, "[" + row.section() + "]" + row.text())) {
            assertThat(accepted).isFalse();
            expected = true;
        }

        assertThat(Schemas.problems(schema, record).isEmpty()).isEqualTo(expected);
    }

    static Stream<Arguments> mutations() {
        Duration minute = Duration.ofMinutes(1);
        return Stream.of(
                Arguments.of(
                        "price",
                        MutatedRecords.prices(7),
                        PriceDecoder.factory(new RecordLimits(64_000, minute, false))
                                .decoder("prices")),
                Arguments.of(
                        "quote",
                        MutatedRecords.quotes(8),
                        QuoteDecoder.factory(new RecordLimits(64_000, minute, false))
                                .decoder("quotes")),
                Arguments.of(
                        "instrument",
                        MutatedRecords.instruments(9),
                        InstrumentDecoder.factory(64_000).decoder("instruments")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void whateverIsDoneToARecordTheSchemaAcceptsWhatTheDecoderAccepts(
            String schema, MutatedRecords records, RecordDecoder decoder) {
        Set<String> accepted = new HashSet<>();
        records.decode(Rounds.of(60_000), List.of(decoder), (record, decoded) -> {
            if (record.value() == null || decoded instanceof Rejection) {
                return;
            }
            String value = new String(record.value(), UTF_8);
            try {
                assertThat(Schemas.problems(schema, Schemas.read(value))).isEmpty();
                accepted.add(value);
            } catch (JsonProcessingException | NumberFormatException unreadable) {
                // A field twice that is not read, NaN in one, or an exponent beyond a BigDecimal.
            }
        });

        assertThat(accepted).as("different ones").hasSizeGreaterThan(Rounds.of(500));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("io.tapewatch.io.rules.RejectedRules#arguments")
    void theSchemaOfRulesRejectsWhatTheParserRejects(String reason, String value) {
        JsonNode rule;
        try {
            rule = Schemas.read(value);
        } catch (JsonProcessingException notJson) {
            return;
        }

        assertThat(Schemas.problems("rule", rule).isEmpty()).isEqualTo(onlyTheSchemaAccepts(reason));
    }

    private static boolean onlyTheSchemaAccepts(String reason) {
        return RULES_ONLY_THE_SCHEMA_ACCEPTS.values().stream().anyMatch(reason::matches);
    }

    @Test
    void whateverIsDoneToARuleTheSchemaAgreesWithTheParser() {
        long seed = 31;
        Random random = new Random(seed);
        RandomRules rules = new RandomRules(seed);
        RuleParser parser = new RuleParser();
        JsonWriter<Rule> format = (rule, out) -> RuleFormat.write(out, rule);
        int accepted = 0;
        int acceptedOnQuotes = 0;
        int rejected = 0;
        int rejectedOnQuotes = 0;
        for (int i = 0; i < Rounds.of(20_000); i++) {
            byte[] written = format.bytes(new JsonFactory(), rules.next());
            String value = random.nextBoolean()
                    ? new String(RuleParserTest.edited(written, random), UTF_8)
                    : withAnotherWord(new String(written, UTF_8), random);
            JsonNode rule;
            try {
                rule = Schemas.read(value);
            } catch (JsonProcessingException | NumberFormatException unreadable) {
                continue; // not JSON, or a number with an exponent beyond a BigDecimal
            }
            boolean valid = Schemas.problems("rule", rule).isEmpty();
            if (parser.parse(null, value.getBytes(UTF_8)) instanceof ParsedRule.Rejection rejection) {
                assertThat(valid && !onlyTheSchemaAccepts(rejection.reason()))
                        .as("seed %s: valid, but %s: %s", seed, rejection.reason(), rule)
                        .isFalse();
                rejected += valid ? 0 : 1;
                rejectedOnQuotes += rejection.reason().contains("is not measured on quotes") ? 1 : 0;
            } else {
                assertThat(valid).as("seed %s: not valid: %s", seed, rule).isTrue();
                accepted++;
                acceptedOnQuotes += rule.path("on").asText().equals("quote") ? 1 : 0;
            }
        }
        assertThat(accepted).as("accepted by both").isGreaterThan(Rounds.of(2000));
        assertThat(acceptedOnQuotes).as("of them on quotes").isGreaterThan(Rounds.of(500));
        assertThat(rejected).as("rejected by both").isGreaterThan(Rounds.of(2000));
        assertThat(rejectedOnQuotes)
                .as("of them because quotes have no such metric")
                .isGreaterThan(Rounds.of(20));
    }

    /** With one of its words, be it a field or a value, replaced by another of the language, mostly one of its kind. */
    private static String withAnotherWord(String rule, Random random) {
        List<List<String>> kinds = List.of(
                RuleParser.RULE_FIELDS,
                HoursParser.FIELDS,
                WhenParser.CONDITION_FIELDS,
                WhenParser.COMBINATIONS,
                words(Metric.values(), Metric::word),
                words(Comparison.values(), Comparison::sign),
                words(Severity.values(), Severity::word),
                words(Rule.Status.values(), Rule.Status::word),
                words(Rule.On.values(), Rule.On::word),
                List.of("Energy", "XNYS", "XNAS", "binance", ""),
                List.of("0s", "5m", "1d", "BTC*", "MON", "FRI-MON", "00:00", "24:00", "UTC", ""));
        List<MatchResult> there = WORD.matcher(rule).results().toList();
        MatchResult replaced = there.get(random.nextInt(there.size()));
        List<String> words = random.nextInt(4) == 0
                ? kinds.get(random.nextInt(kinds.size()))
                : kinds.stream()
                        .filter(kind -> kind.contains(replaced.group(1)))
                        .findFirst()
                        .orElse(kinds.get(kinds.size() - 1));
        String word = words.get(random.nextInt(words.size()));
        return rule.substring(0, replaced.start(1)) + word + rule.substring(replaced.end(1));
    }

    private static boolean isOneOf(Map<String, Set<String>> exceptions, String each) {
        return exceptions.values().stream().anyMatch(some -> some.contains(each));
    }

    @Test
    void theFieldsOfAPriceAreThoseOfATickAndWhatTellsOneFromOtherRecords() {
        Origin origin = new Origin(0, 0, 1_700_000_000_000L, Origin.Stamp.CREATE_TIME);
        JsonNode tick = written(Ticks.of("A", 1, 1, 1_700_000_000_000L, "i", 1, Side.BUY, "v", "c", origin));

        JsonNode schema = Schemas.text("price");
        assertThat(Schemas.fields(schema.at("/$defs/trade/properties")))
                .containsExactlyElementsOf(
                        Stream.concat(Schemas.fields(tick).stream(), Stream.of("type", "newId", "ofTime", "heartbeat"))
                                .toList());
        assertThat(Schemas.fields(schema.at("/$defs/heartbeat/properties")))
                .containsExactlyInAnyOrderElementsOf(Schemas.fields(schema.at("/$defs/trade/properties")));
    }

    @Test
    void theFieldsOfAQuoteAreThoseThatAreWrittenAndWhatTellsOneFromOtherRecords() {
        JsonNode schema = Schemas.text("quote");

        assertThat(Schemas.fields(schema.at("/$defs/quote/properties")))
                .containsExactlyElementsOf(
                        Stream.concat(Schemas.fields(written(quote(1, 2))).stream(), Stream.of("type", "heartbeat"))
                                .toList());
        assertThat(Schemas.fields(schema.at("/$defs/heartbeat/properties")))
                .containsExactlyInAnyOrderElementsOf(Schemas.fields(schema.at("/$defs/quote/properties")));
    }

    @Test
    void aQuoteThatWasTooLateIsAQuoteThatCanBeSentAgain() {
        Schemas.assertValid("quote", written(quote(0.1 + 0.2, 1e-12)));
        Schemas.assertValid("quote", written(quote(Quotes.NONE, 1e12)));
        Schemas.assertValid("quote", written(quote(1e12, Quotes.NONE)));
    }

    private static Quote quote(double bid, double ask) {
        Origin origin = new Origin(0, 0, 1_700_000_000_000L, Origin.Stamp.CREATE_TIME);
        return Quotes.of("A", bid, 1, ask, 0, 1_700_000_000_000L, 5, origin);
    }

    private static JsonNode written(Quote quote) {
        JsonWriter<Quote> format = (each, out) -> QuoteFormat.write(out, each);
        return read(format.bytes(new JsonFactory(), quote));
    }

    @Test
    void aTickThatWasTooLateIsAPriceThatCanBeSentAgain() {
        Origin origin = new Origin(0, 0, 1_700_000_000_000L, Origin.Stamp.CREATE_TIME);
        long time = 1_700_000_000_000L;

        Schemas.assertValid(
                "price", written(Ticks.of("A", 0.1 + 0.2, 1e-12, time, "é", -1, Side.SELL, "v", "@,T", origin)));
        Schemas.assertValid(
                "price",
                written(Ticks.of("^A", 1e12, Ticks.NO_SIZE, time, null, Tick.NO_SEQ, null, null, null, origin)));
    }

    private static JsonNode written(Tick tick) {
        JsonWriter<Tick> format = (each, out) -> TickFormat.write(out, each);
        return read(format.bytes(new JsonFactory(), tick));
    }

    private static JsonNode read(byte[] written) {
        try {
            return Schemas.read(new String(written, UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFieldsAndWordsOfARuleAreThoseThatTheParserKnows() {
        JsonNode schema = Schemas.text("rule");
        JsonNode condition = schema.at("/$defs/condition");

        assertThat(Schemas.fields(schema.get("properties")))
                .containsExactlyInAnyOrderElementsOf(RuleParser.RULE_FIELDS);
        assertThat(Schemas.fields(schema.at("/properties/hours/properties")))
                .containsExactlyElementsOf(HoursParser.FIELDS);
        assertThat(Schemas.fields(condition.get("properties"))).containsExactlyElementsOf(WhenParser.CONDITION_FIELDS);
        assertThat(Schemas.fields(schema.at("/$defs/combination/properties")))
                .containsExactlyElementsOf(WhenParser.COMBINATIONS);
        assertThat(Schemas.words(schema.at("/properties/status")))
                .containsExactlyElementsOf(words(Rule.Status.values(), Rule.Status::word));
        assertThat(Schemas.words(schema.at("/properties/on")))
                .containsExactlyElementsOf(words(Rule.On.values(), Rule.On::word));
        assertThat(Schemas.words(schema.at("/$defs/onQuotes/properties/metric")))
                .containsExactlyElementsOf(wordsOf(each -> each.isMeasuredOn(Rule.On.QUOTE)));
        assertThat(Schemas.words(schema.at("/properties/severity")))
                .containsExactlyElementsOf(words(Severity.values(), Severity::word));
        assertThat(Schemas.words(condition.at("/properties/is")))
                .containsExactlyElementsOf(words(Comparison.values(), Comparison::sign));
        assertThat(Schemas.words(condition.at("/properties/metric")))
                .containsExactlyElementsOf(words(Metric.values(), Metric::word));
        assertThat(Schemas.words(condition.at("/if/properties/metric")))
                .containsExactlyElementsOf(wordsOf(Metric::isWindowed));
        assertThat(Schemas.words(condition.at("/allOf/0/if/properties/metric")))
                .containsExactlyElementsOf(wordsOf(Metric::isCompared));
    }

    private static <T> List<String> words(T[] all, Function<T, String> wordOf) {
        return Stream.of(all).map(wordOf).toList();
    }

    private static List<String> wordsOf(Predicate<Metric> some) {
        return Stream.of(Metric.values()).filter(some).map(Metric::word).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rules/starter.json", "/rules/starter-quotes.json"})
    void theStarterRulesAreValid(String name) throws IOException {
        try (InputStream file = getClass().getResourceAsStream(name)) {
            JsonNode rules = Schemas.read(new String(file.readAllBytes(), UTF_8));

            assertThat(rules).isNotEmpty().allSatisfy(rule -> Schemas.assertValid("rule", rule));
        }
    }
}
