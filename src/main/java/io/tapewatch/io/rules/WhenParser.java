package io.tapewatch.io.rules;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.When;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads what raises a flag: a condition, or several put together. */
final class WhenParser {

    /** The fields of a condition. */
    static final List<String> CONDITION_FIELDS = List.of("metric", "over", "baseline", "is", "limit");

    /** What puts conditions together: an object with one of these fields, and no other. */
    static final List<String> COMBINATIONS = List.of("all", "any", "not");

    private static final String WHEN = "when";

    private WhenParser() {}

    /**
     * Reads what stands in a rule's {@code when}.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says where, why, and what would be right
     */
    static When parse(JsonNode node) {
        return parse(node, WHEN);
    }

    private static When parse(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new IllegalArgumentException('"' + path + "\" must be a condition, such as"
                    + " {\"metric\":\"price\",\"is\":\">\",\"limit\":100}, not " + RuleObject.kind(node));
        }
        // A field of the outermost is found by its name alone.
        RuleObject fields = new RuleObject(node, path.equals(WHEN) ? "" : path);
        for (String combination : COMBINATIONS) {
            if (node.has(combination)) {
                requireAlone(combination, fields);
                return combined(combination, fields, path + "." + combination);
            }
        }
        return condition(fields);
    }

    private static void requireAlone(String combination, RuleObject fields) {
        for (Iterator<String> others = fields.node().fieldNames(); others.hasNext(); ) {
            String other = others.next();
            if (!other.equals(combination)) {
                throw fields.wrong("\"" + combination + "\" stands alone in its object, without " + quoted(other)
                        + ": put every condition into an object of its own");
            }
        }
    }

    private static When combined(String combination, RuleObject fields, String path) {
        JsonNode of = fields.get(combination);
        if (combination.equals("not")) {
            if (!of.isObject()) {
                throw new IllegalArgumentException('"' + path + "\" must be one condition, not " + RuleObject.kind(of)
                        + ": put several into all or any");
            }
            return new When.Not(parse(of, path));
        }
        if (!of.isArray()) {
            throw new IllegalArgumentException(
                    '"' + path + "\" must be an array of conditions, not " + RuleObject.kind(of));
        }
        List<When> parts = new ArrayList<>();
        for (JsonNode part : of) {
            parts.add(parse(part, path + "[" + parts.size() + "]"));
        }
        return within(fields, () -> combination.equals("all") ? new When.All(parts) : new When.Any(parts));
    }

    private static Condition condition(RuleObject fields) {
        fields.requireOnly(
                Stream.of(CONDITION_FIELDS, COMBINATIONS).flatMap(List::stream).toList(),
                "a condition has " + String.join(", ", CONDITION_FIELDS) + "; all, any or not put some together");
        fields.required("metric", "what the condition looks at, such as \"changePct\"");
        Metric metric = metric(fields);
        fields.required("is", "one of >, >=, <, <=");
        Comparison is = fields.word("is", Comparison.values(), Comparison::sign);
        fields.required("limit", "the number to compare with");
        Decimal limit = fields.decimal("limit");
        long over = length(fields, "over", "from 1ms to 24h");
        long baseline = length(fields, "baseline", "at least as long as \"over\", and at most 24h");
        return within(fields, () -> new Condition(metric, over, baseline, is, limit));
    }

    private static Metric metric(RuleObject fields) {
        return fields.word("metric", Metric.values(), Metric::word);
    }

    /** The length of a window; zero says that there is none, and cannot be said otherwise than by saying nothing. */
    private static long length(RuleObject fields, String field, String allowed) {
        if (!fields.has(field)) {
            return Condition.NO_OVER;
        }
        long length = fields.duration(field);
        if (length == Condition.NO_OVER) {
            throw fields.wrong('"' + field + "\" must be " + allowed);
        }
        return length;
    }

    /** Says where it is that something is made which makes no sense. */
    private static <T> T within(RuleObject fields, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw fields.wrong(String.valueOf(e.getMessage()));
        }
    }
}
