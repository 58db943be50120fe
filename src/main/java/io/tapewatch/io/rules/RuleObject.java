package io.tapewatch.io.rules;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalReader;
import io.tapewatch.domain.exact.DecimalReader.Outcome;
import io.tapewatch.io.json.NearMiss;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * An object within a rule, with its fields. What is wrong with one is thrown as an IllegalArgumentException that names the
 * field and says what would be right.
 *
 * @param node the object
 * @param at where it is, such as {@code when.all[1]}; empty where a field's name alone says it
 */
record RuleObject(JsonNode node, String at) {

    boolean has(String field) {
        return node.has(field);
    }

    JsonNode get(String field) {
        return node.get(field);
    }

    /** Where a field is, such as {@code when.all[1].metric}. */
    private String path(String field) {
        return at.isEmpty() ? field : at + "." + field;
    }

    /** What is said about the object itself, with where it is before it. */
    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(at.isEmpty() ? what : at + ": " + what);
    }

    /** What is said about a field that has a word of the language, with where it is before it. */
    private IllegalArgumentException wrong(String field, String what) {
        return new IllegalArgumentException(at.isEmpty() ? what : path(field) + ": " + what);
    }

    private String name(String field) {
        return '"' + path(field) + '"';
    }

    /** @param right says which fields there are, to the author of another */
    void requireOnly(List<String> known, String right) {
        for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!known.contains(field)) {
                throw wrong("unknown field " + quoted(field) + ": " + NearMiss.or(right, field, known));
            }
        }
    }

    /** @param meaning what the field says, to an author without it */
    JsonNode required(String field, String meaning) {
        if (!node.has(field)) {
            throw new IllegalArgumentException(name(field) + " is missing: " + meaning);
        }
        return node.get(field);
    }

    String text(String field) {
        return text(field, "text");
    }

    /** @param what what the text is, such as {@code text such as "MON-FRI"} */
    String text(String field, String what) {
        JsonNode value = node.get(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name(field) + " must be " + what + ", not " + shown(value));
        }
        return value.textValue();
    }

    /** @param example what could stand in the array */
    List<String> texts(String field, String example) {
        if (!node.get(field).isArray()) {
            throw new IllegalArgumentException(
                    name(field) + " must be an array, such as [\"" + example + "\"], not " + shown(node.get(field)));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : node.get(field)) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException(name(field) + " must hold texts only, not " + shown(each));
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    int wholeNumberFromOne(String field) {
        JsonNode value = node.get(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
            throw new IllegalArgumentException(
                    name(field) + " must be a whole number from 1 to " + Integer.MAX_VALUE + ", not " + shown(value));
        }
        return value.intValue();
    }

    /** The number that is written, rounded half to even where it has more than 18 digits. */
    Decimal decimal(String field) {
        JsonNode value = node.get(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name(field) + " must be a number, not " + shown(value));
        }
        DecimalReader reader = new DecimalReader();
        Outcome outcome = reader.read(value.asText());
        if (outcome != Outcome.READ) {
            throw new IllegalArgumentException(
                    name(field) + " cannot be " + shown(value) + ", which " + outcome.words());
        }
        return new Decimal(reader.units(), reader.scale());
    }

    /** The duration in milliseconds. */
    long duration(String field) {
        String text = text(field, "a duration in quotes, such as \"5m\"");
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name(field) + ": " + e.getMessage(), e);
        }
    }

    /** The time in epoch milliseconds, what is finer cut. */
    long time(String field) {
        String right = "a time with its offset from UTC, such as \"2024-03-01T09:30:00-05:00\""
                + " or \"2024-03-01T14:30:00Z\"";
        String text = text(field, right);
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                return time.toInstant().toEpochMilli();
            }
        } catch (DateTimeException e) {
            // Said below, in our words.
        }
        throw new IllegalArgumentException(name(field) + " must be " + right + ", not " + quoted(text));
    }

    /** The one of these that has the field's word. */
    <T> T word(String field, T[] all, Function<T, String> wordOf) {
        String word = text(field);
        List<String> words = new ArrayList<>();
        for (T each : all) {
            if (wordOf.apply(each).equals(word)) {
                return each;
            }
            words.add(wordOf.apply(each));
        }
        throw unknownWord(field, word, words);
    }

    IllegalArgumentException unknownWord(String field, String word, List<String> known) {
        return wrong(
                field,
                "unknown " + field + " " + quoted(word) + ": "
                        + NearMiss.or("known are " + String.join(", ", known), word, known));
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

    /** What kind of value it is. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> value.asText();
            default -> "null";
        };
    }
}
