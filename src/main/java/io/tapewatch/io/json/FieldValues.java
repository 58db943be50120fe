package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.DecimalReader;
import io.tapewatch.domain.exact.DecimalReader.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of a record's fields as they are read, and what is wrong with those that cannot be read. */
final class FieldValues {

    /** What is expected of NaN and infinities, which are numbers to the parser. */
    private static final String FINITE = "; expected a finite number";

    private FieldValues() {}

    /**
     * The current value as epoch milliseconds, never {@link Decoded#NO_TIME}, however far in the past they lie.
     *
     * @param into has them, too, and the nanoseconds after that millisecond
     */
    static long time(JsonParser parser, TimeReader into) throws IOException {
        return time(parser, into, "time");
    }

    static long time(JsonParser parser, TimeReader into, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            into.take(parser.getLongValue());
        } else if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
            char[] text = parser.getTextCharacters();
            int from = parser.getTextOffset();
            int length = parser.getTextLength();
            if (!into.readNumber(text, from, length, 0)
                    && (token != JsonToken.VALUE_STRING || !into.readIso(text, from, length))) {
                throw new InvalidRecord(
                        Reason.BAD_TIME,
                        name + " is " + describe(parser)
                                + (token == JsonToken.VALUE_STRING
                                        ? "; expected epoch milliseconds or ISO-8601 with an offset, such as"
                                                + " 2013-11-25T00:00:00.000Z"
                                        : FINITE));
            }
        } else {
            throw new InvalidRecord(
                    Reason.BAD_TIME, name + " is " + describe(parser) + "; expected a number or a text");
        }
        return Math.max(into.millis(), Decoded.NO_TIME + 1);
    }

    /**
     * Reads the current value, a JSON number or a string that holds one, in its own digits.
     *
     * @param into has it then
     */
    static void number(JsonParser parser, DecimalReader into, Reason reason, String name) throws IOException {
        JsonToken token = parser.currentToken();
        Outcome outcome = token.isNumeric() || token == JsonToken.VALUE_STRING
                ? into.read(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                : Outcome.NOT_A_NUMBER;
        if (outcome != Outcome.READ) {
            throw new InvalidRecord(
                    reason,
                    name + " is " + describe(parser)
                            + (outcome != Outcome.NOT_A_NUMBER
                                    ? "; expected 0, or a number of magnitude 1e-18 to 1e18"
                                    : token.isNumeric() ? FINITE : "; expected a number"));
        }
    }

    static void expectString(JsonParser parser, Reason reason, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidRecord(reason, name + " is " + describe(parser) + "; expected a string");
        }
    }

    /** A string, or a number in its own digits: some producers send ids as numbers. */
    static String text(JsonParser parser, String name) throws IOException {
        if (!parser.currentToken().isNumeric() && parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidRecord(Reason.MALFORMED_JSON, name + " is " + describe(parser) + "; expected a string");
        }
        String text = parser.getText();
        if (!isUnicode(text)) {
            throw new InvalidRecord(
                    Reason.MALFORMED_JSON, name + " is " + describe(parser) + ", which holds half of a surrogate pair");
        }
        return text;
    }

    /** Whether the text can be written as UTF-8: JSON's escapes can spell half of a surrogate pair. */
    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static long seq(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() != Tick.NO_SEQ) {
            return parser.getLongValue();
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            try {
                long seq = Long.parseLong(parser.getText());
                if (seq != Tick.NO_SEQ) {
                    return seq;
                }
            } catch (NumberFormatException e) {
                // Said below, in our words.
            }
        }
        throw new InvalidRecord(Reason.MALFORMED_JSON, "seq is " + describe(parser) + "; expected a whole number");
    }

    /** The side that the current value says, or null where it says neither, whatever it is. */
    static @Nullable Side side(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Side.of(parser.getText());
        }
        parser.skipChildren();
        return null;
    }

    /** A string, or a list of them, joined by commas. */
    static String conditions(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return text(parser, "conditions");
        }
        StringBuilder joined = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!joined.isEmpty()) {
                joined.append(',');
            }
            joined.append(text(parser, "conditions"));
        }
        return joined.toString();
    }

    static boolean bool(JsonParser parser, String name) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw new InvalidRecord(
                    Reason.MALFORMED_JSON, name + " is " + describe(parser) + "; expected true or false");
        }
        return parser.getBooleanValue();
    }

    static void expectEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new InvalidRecord(Reason.MALFORMED_JSON, "something follows the first value: " + describe(parser));
        }
    }

    /** The current value as a person would name it, cut where it is long. */
    static String describe(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> quoted(parser.getText());
            default -> {
                String text = parser.getText();
                yield text.length() > 40 ? text.substring(0, 40) + "…" : text;
            }
        };
    }
}
