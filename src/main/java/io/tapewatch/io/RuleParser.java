package io.tapewatch.io;

import static io.tapewatch.domain.Quoted.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.domain.Comparison;
import io.tapewatch.domain.Condition;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Metric;
import io.tapewatch.domain.Quoted;
import io.tapewatch.domain.Rule;
import io.tapewatch.domain.RuleChange;
import io.tapewatch.domain.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the records of the rules topic. Whatever a record holds, the answer is a change or a rejection with a reason a
 * person can act on; nothing is thrown.
 */
public final class RuleParser {

    /** The longest rule, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** How a reason begins that should never be given. */
    static final String UNREADABLE = "the rule cannot be read: ";

    private static final int MAX_DEPTH = 20;

    /** The fields of a rule. */
    static final List<String> RULE_FIELDS =
            List.of("id", "version", "status", "description", "symbols", "severity", "cooldown", "when");

    /** The fields of a condition. */
    static final List<String> CONDITION_FIELDS = List.of("metric", "over", "is", "limit");

    // Words of the rule language that the job does not speak yet.
    private static final Set<String> LATER_RULE_FIELDS = Set.of("except", "hours", "for", "from", "until", "on");
    private static final Set<String> LATER_CONDITION_FIELDS = Set.of("all", "any", "not", "baseline");
    private static final Set<String> LATER_STATUSES = Set.of("shadow");
    private static final Set<String> LATER_METRICS = Set.of(
            "notional",
            "gapSeconds",
            "rangePct",
            "fromHighPct",
            "fromLowPct",
            "count",
            "volume",
            "turnover",
            "vwapDeviationPct",
            "returnZScore",
            "sizeRatio",
            "volumeRatio",
            "countRatio",
            "dayChangePct",
            "silenceSeconds",
            "spreadBps",
            "offQuoteBps",
            "quoteAgeSeconds",
            "buyPct",
            "quoteCount",
            "quoteRatio");

    private final ObjectReader json = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** What is known of a rule before all of it is. */
    private static final class Known {
        private String id;
        private Integer version;
    }

    /**
     * Reads a record.
     *
     * @param key the record's key, the rule's id; null or empty when the value alone says it
     * @param value the rule as a JSON object, or null to delete it
     */
    public ParsedRule parse(byte[] key, byte[] value) {
        Known known = new Known();
        try {
            return new ParsedRule.Change(change(key, value, known));
        } catch (IllegalArgumentException e) {
            return new ParsedRule.Rejection(known.id, known.version, e.getMessage());
        } catch (RuntimeException e) {
            // A defect of ours; it must not stop the job.
            return new ParsedRule.Rejection(known.id, known.version, UNREADABLE + Quoted.printable(e.toString()));
        }
    }

    // From here on an IllegalArgumentException carries the reason of a rejection.

    private RuleChange change(byte[] key, byte[] value, Known known) {
        if (key != null && key.length > 0) {
            known.id = Rule.requireId(utf8("the record's key", key));
        }
        if (value == null) {
            if (known.id == null) {
                throw new IllegalArgumentException(
                        "a record without a value deletes the rule its key names: give it a key");
            }
            return new RuleChange(known.id, null);
        }
        Rule rule = rule(object(value), known);
        return new RuleChange(rule.id(), rule);
    }

    private JsonNode object(byte[] value) {
        if (value.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a rule of " + value.length + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        JsonNode node;
        try {
            node = json.readTree(utf8("the rule", value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not valid JSON: " + describe(e), e);
        }
        if (node.isMissingNode()) {
            throw new IllegalArgumentException(
                    "the rule is empty: send a JSON object, or a null value to delete the rule");
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("a rule must be a JSON object, not " + kind(node));
        }
        return node;
    }

    private static String describe(JsonProcessingException e) {
        String what = UnreadableJson.describe(e);
        if (e instanceof MismatchedInputException) {
            what = "something follows after the rule's end";
        } else if (e instanceof JsonEOFException) {
            what = "it ends in the middle of something";
        }
        what = Quoted.printable(what);
        return (what.length() > 200 ? what.substring(0, 200) + "…" : what) + describe(e.getLocation());
    }

    private static String describe(JsonLocation where) {
        return where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    }

    private static Rule rule(JsonNode node, Known known) {
        id(node, known);
        known.version = version(node);
        requireKnownFields("a rule", node, RULE_FIELDS, LATER_RULE_FIELDS);
        return new Rule(
                known.id,
                known.version,
                node.has("status") ? status(text(node, "status")) : Rule.Status.ACTIVE,
                node.has("description") ? text(node, "description") : "",
                node.has("symbols") ? texts(node, "symbols") : List.of("*"),
                List.of(),
                node.has("severity")
                        ? one("severity", text(node, "severity"), Severity.values(), Severity::word, Set.of())
                        : Severity.MEDIUM,
                node.has("cooldown") ? duration(node, "cooldown") : 0,
                0,
                null,
                Rule.ALWAYS,
                Rule.FOR_EVER,
                condition(required(node, "when", "the condition that raises a flag")));
    }

    private static void id(JsonNode node, Known known) {
        if (!node.has("id")) {
            if (known.id == null) {
                throw new IllegalArgumentException("\"id\" is missing: name the rule there, or in the record's key");
            }
            return;
        }
        String id = Rule.requireId(text(node, "id"));
        if (known.id != null && !known.id.equals(id)) {
            throw new IllegalArgumentException("the record's key is " + quoted(known.id) + " and the rule's \"id\" is "
                    + quoted(id) + ": they must agree");
        }
        known.id = id;
    }

    private static int version(JsonNode node) {
        JsonNode version = required(node, "version", "a whole number, higher with each change of the rule");
        if (!version.canConvertToInt() || !version.isIntegralNumber() || version.intValue() < 1) {
            throw new IllegalArgumentException(
                    "\"version\" must be a whole number from 1 to " + Integer.MAX_VALUE + ", not " + shown(version));
        }
        return version.intValue();
    }

    private static Rule.Status status(String word) {
        return one("status", word, Rule.Status.values(), Rule.Status::word, LATER_STATUSES);
    }

    private static Condition condition(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("\"when\" must be a condition, such as"
                    + " {\"metric\":\"price\",\"is\":\">\",\"limit\":100}, not " + kind(node));
        }
        requireKnownFields("a condition", node, CONDITION_FIELDS, LATER_CONDITION_FIELDS);
        required(node, "metric", "what the condition looks at, such as \"changePct\"");
        Metric metric = one("metric", text(node, "metric"), Metric.values(), Metric::word, LATER_METRICS);
        required(node, "is", "one of >, >=, <, <=");
        Comparison is = one("is", text(node, "is"), Comparison.values(), Comparison::sign, Set.of());
        JsonNode limit = required(node, "limit", "the number to compare with");
        if (!limit.isNumber()) {
            throw new IllegalArgumentException("\"limit\" must be a number, not " + shown(limit));
        }
        return new Condition(metric, node.has("over") ? over(node) : Condition.NO_OVER, is, limit.doubleValue());
    }

    private static long over(JsonNode condition) {
        long over = duration(condition, "over");
        if (over == Condition.NO_OVER) {
            throw new IllegalArgumentException("\"over\" must be from 1ms to 24h");
        }
        return over;
    }

    private static void requireKnownFields(String what, JsonNode node, List<String> known, Set<String> later) {
        for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (later.contains(field)) {
                throw new IllegalArgumentException(quoted(field) + " is not supported yet: leave it out");
            }
            if (!known.contains(field)) {
                throw new IllegalArgumentException(
                        "unknown field " + quoted(field) + ": " + what + " has " + String.join(", ", known));
            }
        }
    }

    private static JsonNode required(JsonNode node, String field, String meaning) {
        if (!node.has(field)) {
            throw new IllegalArgumentException('"' + field + "\" is missing: " + meaning);
        }
        return node.get(field);
    }

    private static <T> T one(String field, String word, T[] all, Function<T, String> wordOf, Set<String> later) {
        List<String> words = new ArrayList<>();
        for (T each : all) {
            if (wordOf.apply(each).equals(word)) {
                return each;
            }
            words.add(wordOf.apply(each));
        }
        throw new IllegalArgumentException((later.contains(word)
                        ? field + " " + quoted(word) + " is not supported yet"
                        : "unknown " + field + " " + quoted(word))
                + ": known are " + String.join(", ", words));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException('"' + field + "\" must be text, not " + shown(value));
        }
        return value.textValue();
    }

    private static List<String> texts(JsonNode node, String field) {
        if (!node.get(field).isArray()) {
            throw new IllegalArgumentException(
                    '"' + field + "\" must be an array, such as [\"BTC-*\"], not " + shown(node.get(field)));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node.get(field)) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException('"' + field + "\" must hold texts only, not " + shown(each));
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    private static long duration(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(
                    '"' + field + "\" must be a duration in quotes, such as \"5m\", not " + shown(value));
        }
        try {
            return Durations.parse(value.textValue());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException('"' + field + "\": " + e.getMessage(), e);
        }
    }

    /** A value as it came if it is a simple one, else what kind of value it is. */
    private static String shown(JsonNode value) {
        return value.isTextual()
                ? "the text " + quoted(value.textValue())
                : value.isNumber() ? number(value) : kind(value);
    }

    private static String number(JsonNode value) {
        String number = value.asText();
        return number.length() > 40 ? "a number of " + number.length() + " characters" : number;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> value.asText();
            default -> "null";
        };
    }

    private static String utf8(String what, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " is not UTF-8", e);
        }
    }
}
