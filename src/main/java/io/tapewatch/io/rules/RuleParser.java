package io.tapewatch.io.rules;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.io.json.UnreadableJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A symbol for an example. */
    private static final String SYMBOL = "BTC-*";

    /** The fields of a rule. */
    static final List<String> RULE_FIELDS = List.of(
            "id",
            "version",
            "status",
            "description",
            "on",
            "symbols",
            "except",
            "sectors",
            "venues",
            "conditions",
            "severity",
            "cooldown",
            "for",
            "hours",
            "from",
            "until",
            "when");

    private final ObjectReader json = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // a limit is the number that is written
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    /** What is known of a rule before all of it is. */
    private static final class Known {
        private @Nullable String id;
        private @Nullable Integer version;
    }

    /**
     * Reads a record.
     *
     * @param key the record's key, the rule's id; null or empty when the value alone says it
     * @param value the rule as a JSON object, or null to delete it
     */
    public ParsedRule parse(byte @Nullable [] key, byte @Nullable [] value) {
        Known known = new Known();
        try {
            return new ParsedRule.Change(change(key, value, known));
        } catch (IllegalArgumentException e) {
            return new ParsedRule.Rejection(known.id, known.version, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A defect of ours; it must not stop the job.
            return new ParsedRule.Rejection(known.id, known.version, UNREADABLE + Printable.printable(e.toString()));
        }
    }

    // From here on an IllegalArgumentException carries the reason of a rejection.

    private RuleChange change(byte @Nullable [] key, byte @Nullable [] value, Known known) {
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
            String what = e instanceof StreamConstraintsException ? "cannot be read: " : "not valid JSON: ";
            throw new IllegalArgumentException(what + describe(e), e);
        }
        if (node.isMissingNode()) {
            throw new IllegalArgumentException(
                    "the rule is empty: send a JSON object, or a null value to delete the rule");
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("a rule must be a JSON object, not " + RuleObject.kind(node));
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
        what = Printable.printable(what);
        return (what.length() > 200 ? what.substring(0, 200) + "…" : what) + describe(e.getLocation());
    }

    private static String describe(@Nullable JsonLocation where) {
        return where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    }

    private static Rule rule(JsonNode node, Known known) {
        RuleObject fields = new RuleObject(node, "");
        String id = id(fields, known);
        fields.required("version", "a whole number, higher with each change of the rule");
        int version = fields.wholeNumberFromOne("version");
        known.version = version;
        fields.requireOnly(RULE_FIELDS, "a rule has " + String.join(", ", RULE_FIELDS));
        return new Rule(
                id,
                version,
                fields.has("status")
                        ? fields.word("status", Rule.Status.values(), Rule.Status::word)
                        : Rule.Status.ACTIVE,
                fields.has("description") ? fields.text("description") : "",
                fields.has("on") ? fields.word("on", Rule.On.values(), Rule.On::word) : Rule.On.TRADE,
                fields.has("symbols") ? fields.texts("symbols", SYMBOL) : List.of("*"),
                fields.has("except") ? fields.texts("except", SYMBOL) : List.of(),
                fields.has("sectors") ? fields.texts("sectors", "Energy") : List.of(),
                fields.has("venues") ? fields.texts("venues", "XNYS") : List.of(),
                fields.has("conditions") ? prints(fields) : PrintSelection.PRICED,
                fields.has("severity") ? fields.word("severity", Severity.values(), Severity::word) : Severity.MEDIUM,
                fields.has("cooldown") ? fields.duration("cooldown") : 0,
                fields.has("for") ? fields.duration("for") : 0,
                fields.has("hours") ? HoursParser.parse(fields.get("hours")) : null,
                fields.has("from") ? fields.time("from") : Rule.ALWAYS,
                fields.has("until") ? fields.time("until") : Rule.FOR_EVER,
                WhenParser.parse(fields.required("when", "the condition that raises a flag")));
    }

    private static PrintSelection prints(RuleObject fields) {
        if (!fields.get("conditions").isTextual()) {
            return PrintSelection.of(fields.texts("conditions", "I"));
        }
        String word = fields.text("conditions");
        if (!word.equals(PrintSelection.ALL_WORD)) {
            throw new IllegalArgumentException("\"conditions\" must be \"" + PrintSelection.ALL_WORD
                    + "\" or an array of codes, such as [\"I\"], not the text " + quoted(word));
        }
        return PrintSelection.ALL;
    }

    private static String id(RuleObject fields, Known known) {
        if (!fields.has("id")) {
            if (known.id == null) {
                throw new IllegalArgumentException("\"id\" is missing: name the rule there, or in the record's key");
            }
            return known.id;
        }
        String id = Rule.requireId(fields.text("id"));
        if (known.id != null && !known.id.equals(id)) {
            throw new IllegalArgumentException("the record's key is " + quoted(known.id) + " and the rule's \"id\" is "
                    + quoted(id) + ": they must agree");
        }
        known.id = id;
        return id;
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
