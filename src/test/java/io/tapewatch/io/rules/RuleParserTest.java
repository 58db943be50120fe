package io.tapewatch.io.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.rule.When;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {

    private static final String PUMP = """
            {"id":"pump","version":3,"status":"shadow","description":"fast rise","symbols":["BTC*","ETH-USD"],
             "except":["*-EUR"],"sectors":["Energy","Oil, Gas"],"venues":["XNYS"],"conditions":["T","I"],
             "severity":"high","cooldown":"5m","for":"10s","on":"trade",
             "hours":{"from":"15:50","to":"16:00:30","zone":"America/New_York","days":"MON-WED,FRI"},
             "from":"2024-03-01T09:30:00-05:00","until":"2024-03-02T00:00:00.0009Z",
             "when":{"all":[{"metric":"changePct","over":"300s","is":">=","limit":5.5},
                            {"any":[{"metric":"volumeRatio","over":"5m","baseline":"1h","is":">","limit":3},
                                    {"not":{"metric":"gapSeconds","is":"<","limit":60}}]}]}}""";
    private static final String SMALL = "{'version':1,'when':{'metric':'price','is':'>','limit':1}}".replace('\'', '"');

    private final RuleParser parser = new RuleParser();

    private ParsedRule parse(String key, String value) {
        return parser.parse(key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    private String reason(String key, String value) {
        ParsedRule parsed = parse(key, value);
        assertThat(parsed).isInstanceOf(ParsedRule.Rejection.class);
        return ((ParsedRule.Rejection) parsed).reason();
    }

    @Test
    void aRuleIsReadFieldByField() {
        Rule rule = new Rule(
                "pump",
                3,
                Rule.Status.SHADOW,
                "fast rise",
                Rule.On.TRADE,
                List.of("BTC*", "ETH-USD"),
                List.of("*-EUR"),
                List.of("Energy", "Oil, Gas"),
                List.of("XNYS"),
                PrintSelection.of(List.of("I", "T")),
                Severity.HIGH,
                300_000,
                10_000,
                new Hours(
                        57_000,
                        57_630,
                        ZoneId.of("America/New_York"),
                        EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY)),
                1_709_303_400_000L,
                1_709_337_600_000L,
                new When.All(List.of(
                        new Condition(Metric.CHANGE_PCT, 300_000, Comparison.AT_LEAST, Decimal.of("5.5")),
                        new When.Any(List.of(
                                new Condition(
                                        Metric.VOLUME_RATIO, 300_000, 3_600_000, Comparison.ABOVE, Decimal.of("3")),
                                new When.Not(new Condition(
                                        Metric.GAP_SECONDS,
                                        Condition.NO_OVER,
                                        Comparison.BELOW,
                                        Decimal.of("60"))))))));
        ParsedRule expected = new ParsedRule.Change(new RuleChange("pump", rule));
        assertThat(parse("pump", PUMP)).isEqualTo(expected);
        assertThat(parse(null, PUMP)).isEqualTo(expected);
        assertThat(parse("", PUMP)).isEqualTo(expected);
    }

    @Test
    void whatIsLeftOutHasADefaultAndTheKeyCanNameTheRule() {
        Rule rule = new Rule(
                "small",
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
                new Condition(Metric.PRICE, Condition.NO_OVER, Comparison.ABOVE, Decimal.of("1")));
        assertThat(parse("small", SMALL)).isEqualTo(new ParsedRule.Change(new RuleChange("small", rule)));
    }

    @Test
    void conditionsSelectPrints() {
        assertThat(with("\"conditions\":\"all\"").prints()).isEqualTo(PrintSelection.ALL);
        PrintSelection prints = with("\"conditions\":[\"T\",\"I\",\"T\"]").prints();
        assertThat(prints.codes()).containsExactly("I", "T");
        assertThat(prints.has(true, "I")).isTrue();
        assertThat(prints.has(false, "@, T ,X")).isTrue();
        assertThat(prints.has(true, "TI,i,IT,T I")).isFalse();
        assertThat(prints.has(true, null)).isFalse();
        assertThat(PrintSelection.PRICED.has(true, "I")).isTrue();
        assertThat(PrintSelection.PRICED.has(false, "I")).isFalse();
        assertThat(PrintSelection.ALL.has(false, null)).isTrue();
    }

    @Test
    void aRuleOnQuotesCanHaveEverythingButMetricsOfTrades() {
        Rule rule = rule(PUMP.replace("\"pump\"", "\"a\"")
                .replace("\"conditions\":[\"T\",\"I\"],", "")
                .replace("\"on\":\"trade\"", "\"on\":\"quote\"")
                .replace("changePct", "quoteCount")
                .replace("volumeRatio", "quoteRatio")
                .replace("gapSeconds", "spreadBps"));
        assertThat(rule.on()).isEqualTo(Rule.On.QUOTE);
        assertThat(rule.hours()).isNotNull();
        assertThat(rule.heldFor()).isEqualTo(10_000);
        assertThat(rule.cooldown()).isEqualTo(300_000);
        assertThat(rule.when().conditions())
                .containsExactly(
                        new Condition(Metric.QUOTE_COUNT, 300_000, Comparison.AT_LEAST, Decimal.of("5.5")),
                        new Condition(Metric.QUOTE_RATIO, 300_000, 3_600_000, Comparison.ABOVE, Decimal.of("3")),
                        new Condition(Metric.SPREAD_BPS, Condition.NO_OVER, Comparison.BELOW, Decimal.of("60")));
    }

    @Test
    void everyWordOfTheLanguageIsRead() {
        for (Metric metric : Metric.values()) {
            for (Comparison is : Comparison.values()) {
                if (metric == Metric.SILENCE_SECONDS && is != Comparison.ABOVE && is != Comparison.AT_LEAST) {
                    continue;
                }
                String windows = (metric.isWindowed() ? "\"over\":\"1h\"," : "")
                        + (metric.isCompared() ? "\"baseline\":\"1d\"," : "");
                String when = "{\"metric\":\"" + metric.word() + "\"," + windows + "\"is\":\"" + is.sign()
                        + "\",\"limit\":1e3}";
                assertThat(rule("{\"id\":\"a\",\"version\":2147483647,\"when\":" + when + "}")
                                .when())
                        .isEqualTo(new Condition(
                                metric,
                                metric.isWindowed() ? 3_600_000 : 0,
                                metric.isCompared() ? 86_400_000 : 0,
                                is,
                                Decimal.of("1000")));
            }
        }
        for (Severity severity : Severity.values()) {
            assertThat(with("\"severity\":\"" + severity.word() + '"').severity())
                    .isEqualTo(severity);
        }
        for (Rule.Status status : Rule.Status.values()) {
            assertThat(with("\"status\":\"" + status.word() + '"').status()).isEqualTo(status);
        }
        for (Rule.On on : Rule.On.values()) {
            String value = "{\"version\":1,\"on\":\"" + on.word()
                    + "\",\"when\":{\"metric\":\"spreadBps\",\"is\":\"<\",\"limit\":0}}";
            assertThat(rule(value).on()).isEqualTo(on);
        }
    }

    private Rule rule(String value) {
        ParsedRule parsed = parse("a", value);
        assertThat(parsed).as(value).isInstanceOf(ParsedRule.Change.class);
        return ((ParsedRule.Change) parsed).change().rule();
    }

    /** The small rule with another field. */
    private Rule with(String field) {
        return rule(SMALL.replace("{\"version", "{" + field + ",\"version"));
    }

    @Test
    void hoursThatAreLeftOutAreAllHoursOfAllDaysInUtc() {
        assertThat(with("\"hours\":{}").hours())
                .isEqualTo(new Hours(0, Hours.DAY, ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class)));
        assertThat(with("\"hours\":{\"from\":\"22:00\",\"to\":\"02:00\"}").hours())
                .isEqualTo(new Hours(79_200, 7_200, ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class)));
        assertThat(with("\"hours\":{\"from\":\"23:59:59\",\"to\":\"24:00:00\"}").hours())
                .isEqualTo(new Hours(86_399, Hours.DAY, ZoneId.of("UTC"), EnumSet.allOf(DayOfWeek.class)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MON              | MONDAY
            SAT,SUN          | SATURDAY SUNDAY
            SUN , SAT        | SATURDAY SUNDAY
            MON-FRI          | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
            FRI-MON          | FRIDAY SATURDAY SUNDAY MONDAY
            SUN-SAT          | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
            TUE-TUE          | TUESDAY
            MON-WED,TUE-THU  | MONDAY TUESDAY WEDNESDAY THURSDAY
            MON - TUE,SUN    | MONDAY TUESDAY SUNDAY
            """)
    void daysAreNamesAndRunsThatMayGoOnPastSunday(String days, String expected) {
        assertThat(with("\"hours\":{\"days\":\"" + days + "\"}").hours().days())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(expected.split(" ")).map(DayOfWeek::valueOf).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-01T14:30:00Z",
                "2024-03-01T14:30Z",
                "2024-03-01T14:30:00.000999999Z",
                "2024-03-01T20:15:00+05:45",
                "2024-03-01t09:30:00.0-05:00"
            })
    void timesHaveAnOffsetAndAreCutToMilliseconds(String time) {
        assertThat(with("\"from\":\"" + time + '"').from()).isEqualTo(1_709_303_400_000L);
        assertThat(with("\"until\":\"" + time + '"').until()).isEqualTo(1_709_303_400_000L);
    }

    @Test
    void aNullValueDeletesTheRuleThatTheKeyNames() {
        assertThat(parse("pump", null)).isEqualTo(new ParsedRule.Change(new RuleChange("pump", null)));
    }

    @Test
    void aNullValueWithoutAKeyDeletesNothing() {
        String reason = "a record without a value deletes the rule its key names: give it a key";
        assertThat(parse(null, null)).isEqualTo(new ParsedRule.Rejection(null, null, reason));
        assertThat(parse("", null)).isEqualTo(new ParsedRule.Rejection(null, null, reason));
    }

    @Test
    void theKeyAndTheIdMustAgree() {
        assertThat(parse("dump", PUMP))
                .isEqualTo(new ParsedRule.Rejection(
                        "dump",
                        null,
                        "the record's key is \"dump\" and the rule's \"id\" is \"pump\": they must agree"));
    }

    @Test
    void aRejectionNamesTheRuleAndTheVersionAsFarAsTheyAreKnown() {
        assertThat(((ParsedRule.Rejection) parse(null, PUMP.replace("high", "severe"))).verdict(42))
                .isEqualTo(new Verdict(
                        "pump",
                        3,
                        Verdict.Outcome.REJECTED,
                        "unknown severity \"severe\": known are info, low, medium, high, critical",
                        42));
        assertThat(parse("pump", "{")).isInstanceOfSatisfying(ParsedRule.Rejection.class, rejection -> {
            assertThat(rejection.ruleId()).isEqualTo("pump");
            assertThat(rejection.version()).isNull();
            assertThat(rejection.reason()).startsWith("not valid JSON: ").endsWith("(line 1, column 2)");
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("io.tapewatch.io.rules.RejectedRules#arguments")
    void aRuleThatMakesNoSenseIsRejectedWithAReason(String reason, String rule) {
        assertThat(reason(null, rule)).isEqualTo(reason).hasSizeLessThan(500);
    }

    @Test
    void aRuleThatIsTooLongIsRejected() {
        String padded = PUMP + " ".repeat(RuleParser.MAX_BYTES - PUMP.length());
        assertThat(parse(null, padded)).isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, padded + " ")).isEqualTo("a rule of 65537 bytes; at most 65536 are allowed");
        assertThat(reason(null, PUMP.replace("fast rise", "x".repeat(1 << 20)))).startsWith("a rule of 1049");
    }

    @Test
    void textsAndListsHaveLimits() {
        String symbols = "\"A\",".repeat(999) + "\"A\"";
        assertThat(parse(null, PUMP.replace("\"BTC*\",\"ETH-USD\"", symbols))).isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, PUMP.replace("\"BTC*\",\"ETH-USD\"", symbols + ",\"A\"")))
                .startsWith("\"symbols\" has 1001 entries; at most 1000 are allowed");
        String names = "\"A\",".repeat(999) + "\"" + "n".repeat(100) + "\"";
        for (String field : List.of("\"sectors\":[", "\"venues\":[")) {
            assertThat(parse("few", SMALL.replace("\"version", field + names + "],\"version")))
                    .isInstanceOf(ParsedRule.Change.class);
            assertThat(reason("many", SMALL.replace("\"version", field + names + ",\"A\"],\"version")))
                    .isEqualTo(field.substring(0, field.length() - 2)
                            + " has 1001 entries; at most 1000 are allowed: use several rules");
        }
        assertThat(parse(null, PUMP.replace("fast rise", "x".repeat(1000)))).isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, PUMP.replace("fast rise", "x".repeat(1001))))
                .isEqualTo("\"description\" has 1001 characters; at most 1000 are allowed");
        assertThat(parse(null, PUMP.replace("\"pump\"", '"' + "p".repeat(64) + '"')))
                .isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, PUMP.replace("\"pump\"", '"' + "p".repeat(65) + '"')))
                .startsWith("\"" + "p".repeat(40) + "…\" cannot be a rule's id");
    }

    @Test
    void aPatternOfThousandsOfStarsIsRejected() {
        assertThat(reason(null, PUMP.replace("BTC*", "*".repeat(5000))))
                .startsWith("\"****")
                .contains("is not a symbol or a pattern")
                .hasSizeLessThan(500);
    }

    @Test
    void anAnyOfThousandsIsRejected() {
        String condition = "{\"metric\":\"price\",\"is\":\">\",\"limit\":1},";
        assertThat(reason(
                        null,
                        SMALL.replace("{\"version", "{\"id\":\"a\",\"version")
                                .replaceFirst(
                                        "\"when\":.*}}",
                                        "\"when\":{\"any\":[" + condition.repeat(1499)
                                                + condition.replaceFirst(",$", "") + "]}}")))
                .isEqualTo("\"when\" has 1500 conditions; at most 16 are allowed");
    }

    @Test
    void durationsHaveLimits() {
        assertThat(parse(null, PUMP.replace("\"cooldown\":\"5m\"", "\"cooldown\":\"30d\"")))
                .isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, PUMP.replace("\"cooldown\":\"5m\"", "\"cooldown\":\"721h\"")))
                .isEqualTo("\"cooldown\" must be from 0s to 30d");
        assertThat(parse(null, PUMP.replace("10s", "24h"))).isInstanceOf(ParsedRule.Change.class);
        assertThat(reason(null, PUMP.replace("10s", "86401s"))).isEqualTo("\"for\" must be from 0s to 24h");
        assertThat(parse(null, PUMP.replace("300s", "24h"))).isInstanceOf(ParsedRule.Change.class);
        assertThat(parse(null, PUMP.replace("300s", "1ms"))).isInstanceOf(ParsedRule.Change.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRejected() {
        byte[] latin1 = {'{', '"', (byte) 0xE4, '"', ':', '1', '}'};
        assertThat(parser.parse(null, latin1)).isEqualTo(new ParsedRule.Rejection(null, null, "the rule is not UTF-8"));
        assertThat(parser.parse(latin1, SMALL.getBytes(UTF_8)))
                .isEqualTo(new ParsedRule.Rejection(null, null, "the record's key is not UTF-8"));
    }

    @Test
    void deepNestingIsRejectedBeforeItIsRead() {
        assertThat(reason("a", "[".repeat(30_000)))
                .isEqualTo("cannot be read: Document nesting depth (21) exceeds the maximum allowed (20)");
    }

    @Test
    void aReasonCanAlwaysBeWrittenAsUtf8() {
        for (String value : List.of("{\"\\ud800\":1}", "{\"version\":1,\"\\ud800\\n\":1}", "{\"id\":\"\\udc00\"}")) {
            String reason = reason("a", value);
            assertThat(UTF_8.newEncoder().canEncode(reason)).as(reason).isTrue();
            assertThat(reason.chars()).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void whateverARecordHoldsTheAnswerIsAChangeOrAReason() {
        long seed = 17;
        Random random = new Random(seed);
        int rejected = 0;
        for (int i = 0; i < Rounds.of(20_000); i++) {
            byte[] value = PUMP.getBytes(UTF_8);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                value = edited(value, random);
            }
            byte[] key = random.nextInt(4) == 0 ? edited("pump".getBytes(UTF_8), random) : null;
            ParsedRule parsed = parser.parse(key, value);
            if (parsed instanceof ParsedRule.Rejection rejection) {
                assertThat(rejection.reason())
                        .as("seed %s", seed)
                        .isNotBlank()
                        .hasSizeLessThan(500)
                        .doesNotStartWith(RuleParser.UNREADABLE);
                assertThat(UTF_8.newEncoder().canEncode(rejection.reason()))
                        .as("seed %s", seed)
                        .isTrue();
                rejected++;
            }
        }
        assertThat(rejected).as("of %d", Rounds.of(20_000)).isBetween(Rounds.of(10_000), Rounds.of(19_990));
    }

    /** With a byte changed or left out, or a stretch of it repeated elsewhere. */
    static byte[] edited(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        StringBuilder edited = new StringBuilder(new String(bytes, ISO_8859_1));
        int at = random.nextInt(edited.length());
        switch (random.nextInt(4)) {
            case 0 -> edited.setCharAt(at, (char) random.nextInt(256));
            case 1 -> edited.setCharAt(at, "{}[]\",:\\e.-+0919ntu*".charAt(random.nextInt(20)));
            case 2 -> edited.deleteCharAt(at);
            default ->
                edited.insert(
                        random.nextInt(edited.length()),
                        edited.substring(at, Math.min(edited.length(), at + random.nextInt(40))));
        }
        return edited.toString().getBytes(ISO_8859_1);
    }
}
