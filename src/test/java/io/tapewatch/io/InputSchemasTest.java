package io.tapewatch.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.Schemas;
import io.tapewatch.domain.Comparison;
import io.tapewatch.domain.Metric;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rule;
import io.tapewatch.domain.Severity;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of prices and rules accept what the job accepts, but for what a schema cannot say. */
class InputSchemasTest {

    /** What makes the job reject a price that the schema accepts. */
    private static final Map<String, Set<String>> PRICES_ONLY_THE_SCHEMA_ACCEPTS = Map.of(
            "the range of numbers in strings",
            Set.of("{\"price\":\"1e999\"}", "{\"price\":1,\"seq\":\"-9223372036854775808\"}"),
            "the days of a month",
            Set.of("{\"price\":1,\"time\":\"2023-02-30T00:00:00Z\"}"),
            "the record's timestamp",
            Set.of(
                    "{\"price\":1,\"time\":1700000061001}",
                    "{\"heartbeat\":true,\"time\":1700000061001}",
                    "[no timestamp]{\"price\":1}",
                    "[no timestamp]{\"heartbeat\":true}"),
            "the record's key",
            Set.of("[no key]{\"price\":1}", "[no key]1"),
            "half of a surrogate pair",
            Set.of("{\"price\":1,\"id\":\"\\ud83d\"}", "{\"price\":1,\"conditions\":[\"\\ude00\\ud83d\"]}"));

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

    static Stream<Arguments> prices() {
        return RecordTable.decoded("prices").stream()
                .map(row -> Arguments.of(row.section(), row.text(), row.expected()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("prices")
    void theSchemaOfPricesAgreesWithTheDecoder(String section, String value, String decoded) {
        boolean accepted = decoded.startsWith("tick ") || decoded.startsWith("heartbeat ");
        JsonNode price;
        try {
            price = Schemas.read(value);
        } catch (JsonProcessingException notJson) {
            assertThat(accepted).isFalse();
            return;
        }
        boolean expected = accepted;
        if (section.equals("prices.allow-nonpositive")) {
            expected = false; // the schema says what is accepted without it
        } else if (isOneOf(PRICES_ONLY_THE_SCHEMA_ACCEPTS, value)
                || isOneOf(PRICES_ONLY_THE_SCHEMA_ACCEPTS, "[" + section + "]" + value)) {
            assertThat(accepted).isFalse();
            expected = true;
        }

        assertThat(Schemas.problems("price", price).isEmpty()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/rules/rejected.txt", delimiter = '|', quoteCharacter = '`')
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
        long seed = 29;
        Random random = new Random(seed);
        RandomRules rules = new RandomRules(seed);
        RuleParser parser = new RuleParser();
        JsonWriter<Rule> format = (rule, out) -> RuleFormat.write(out, rule);
        int accepted = 0;
        int rejected = 0;
        for (int i = 0; i < 20_000; i++) {
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
            } else {
                assertThat(valid).as("seed %s: not valid: %s", seed, rule).isTrue();
                accepted++;
            }
        }
        assertThat(accepted).as("accepted by both").isGreaterThan(2000);
        assertThat(rejected).as("rejected by both").isGreaterThan(2000);
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
        JsonNode tick = written(new Tick("A", 1, 1, 1_700_000_000_000L, "i", 1, Side.BUY, "v", "c", origin));

        JsonNode schema = Schemas.text("price");
        assertThat(fields(schema.at("/$defs/trade/properties")))
                .containsExactlyElementsOf(Stream.concat(fields(tick).stream(), Stream.of("type", "heartbeat"))
                        .toList());
        assertThat(fields(schema.at("/$defs/heartbeat/properties")))
                .containsExactlyInAnyOrderElementsOf(fields(schema.at("/$defs/trade/properties")));
    }

    @Test
    void aTickThatWasTooLateIsAPriceThatCanBeSentAgain() {
        Origin origin = new Origin(0, 0, 1_700_000_000_000L, Origin.Stamp.CREATE_TIME);
        long time = 1_700_000_000_000L;

        Schemas.assertValid(
                "price", written(new Tick("A", 0.1 + 0.2, 1e-12, time, "é", -1, Side.SELL, "v", "@,T", origin)));
        Schemas.assertValid(
                "price",
                written(new Tick("^A", 1e12, Tick.NO_SIZE, time, null, Tick.NO_SEQ, null, null, null, origin)));
    }

    private static JsonNode written(Tick tick) {
        JsonWriter<Tick> format = (each, out) -> TickFormat.write(out, each);
        try {
            return Schemas.read(new String(format.bytes(new JsonFactory(), tick), UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theFieldsAndWordsOfARuleAreThoseThatTheParserKnows() {
        JsonNode schema = Schemas.text("rule");
        JsonNode condition = schema.at("/$defs/condition");

        assertThat(fields(schema.get("properties"))).containsExactlyInAnyOrderElementsOf(RuleParser.RULE_FIELDS);
        assertThat(fields(schema.at("/properties/hours/properties"))).containsExactlyElementsOf(HoursParser.FIELDS);
        assertThat(fields(condition.get("properties"))).containsExactlyElementsOf(WhenParser.CONDITION_FIELDS);
        assertThat(fields(schema.at("/$defs/combination/properties")))
                .containsExactlyElementsOf(WhenParser.COMBINATIONS);
        assertThat(words(schema.at("/properties/status")))
                .containsExactlyElementsOf(words(Rule.Status.values(), Rule.Status::word));
        assertThat(words(schema.at("/properties/severity")))
                .containsExactlyElementsOf(words(Severity.values(), Severity::word));
        assertThat(words(condition.at("/properties/is")))
                .containsExactlyElementsOf(words(Comparison.values(), Comparison::sign));
        assertThat(words(condition.at("/properties/metric")))
                .containsExactlyElementsOf(words(Metric.values(), Metric::word));
        assertThat(words(condition.at("/if/properties/metric"))).containsExactlyElementsOf(wordsOf(Metric::isWindowed));
        assertThat(words(condition.at("/allOf/0/if/properties/metric")))
                .containsExactlyElementsOf(wordsOf(Metric::isCompared));
    }

    private static <T> List<String> words(T[] all, Function<T, String> wordOf) {
        return Stream.of(all).map(wordOf).toList();
    }

    private static List<String> wordsOf(Predicate<Metric> some) {
        return Stream.of(Metric.values()).filter(some).map(Metric::word).toList();
    }

    @Test
    void theStarterRulesAreValid() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/rules/starter.json")) {
            JsonNode rules = Schemas.read(new String(file.readAllBytes(), UTF_8));

            assertThat(rules).isNotEmpty().allSatisfy(rule -> Schemas.assertValid("rule", rule));
        }
    }

    static List<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    static List<String> words(JsonNode field) {
        return Stream.of(field.get("enum"))
                .flatMap(words -> words.valueStream())
                .map(JsonNode::asText)
                .toList();
    }
}
