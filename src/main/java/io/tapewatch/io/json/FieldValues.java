package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** The values of a record's fields as they are read, and what is wrong with those that cannot be read. */
final class FieldValues {

    private FieldValues() {}

    static long time(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return wholeTime(number(parser, Reason.BAD_TIME, "time"));
            }
            try {
                return said(OffsetDateTime.parse(text).toInstant().toEpochMilli());
            } catch (DateTimeException | ArithmeticException e) {
                throw new InvalidRecord(
                        Reason.BAD_TIME,
                        "time is " + describe(parser)
                                + "; expected epoch milliseconds or ISO-8601 with an offset, such as"
                                + " 2013-11-25T00:00:00.000Z");
            }
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return said(parser.getLongValue());
        }
        return wholeTime(number(parser, Reason.BAD_TIME, "time"));
    }

    private static long wholeTime(double time) {
        if (time != Math.rint(time) || Double.isInfinite(time)) {
            throw new InvalidRecord(Reason.BAD_TIME, "time is " + time + "; expected whole epoch milliseconds");
        }
        return said((long) time);
    }

    /** A time that the record says is never {@link Decoded#NO_TIME}, however far in the past it lies. */
    private static long said(long time) {
        return Math.max(time, Decoded.NO_TIME + 1);
    }

    /** The current value as a double: a JSON number, or a string that holds one. */
    static double number(JsonParser parser, Reason reason, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            double number = parser.getDoubleValue();
            // NaN stands for "no size" inside: it must not come from outside.
            if (Double.isNaN(number)) {
                throw new InvalidRecord(reason, name + " is NaN; expected a finite number");
            }
            return number;
        }
        if (token == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            if (looksLikeNumber(text)) {
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    // Said below, in our words.
                }
            }
        }
        throw new InvalidRecord(reason, name + " is " + describe(parser) + "; expected a number");
    }

    /** Java also reads 1d, 0x1p3, NaN and blanks as numbers; JSON does not. */
    private static boolean looksLikeNumber(String text) {
        if (text.isEmpty() || text.length() > 100) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    static String string(JsonParser parser, Reason reason, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new InvalidRecord(reason, name + " is " + describe(parser) + "; expected a string");
        }
        return parser.getText();
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

    static Side side(JsonParser parser) throws IOException {
        String text = text(parser, "side");
        if (text.equalsIgnoreCase("buy")) {
            return Side.BUY;
        }
        if (text.equalsIgnoreCase("sell")) {
            return Side.SELL;
        }
        throw new InvalidRecord(
                Reason.MALFORMED_JSON, "side is " + describe(parser) + "; expected \"buy\" or \"sell\", or no side");
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
