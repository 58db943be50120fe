package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import io.tapewatch.domain.exact.Decimal;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as the outputs write them, never with an exponent: a decimal as it is, and a double as the shortest decimal that reads
 * back as the same double.
 */
public final class PlainNumbers {

    /** Below it a whole double is written digit by digit, and that is the shortest that reads back. */
    private static final double MAX_EXACT = 1L << 53;

    private PlainNumbers() {}

    /** @throws IllegalArgumentException if the value is not finite */
    public static void write(JsonGenerator json, String field, double value) throws IOException {
        json.writeFieldName(field);
        if (isExactLong(value)) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(plain(value));
        }
    }

    /** Writes a decimal. */
    public static void write(JsonGenerator json, String field, Decimal value) throws IOException {
        json.writeFieldName(field);
        if (value.scale() == 0) {
            json.writeNumber(value.units());
        } else {
            json.writeNumber(value.toString());
        }
    }

    /**
     * Writes a time as a number of epoch milliseconds, with as many decimals as it takes.
     *
     * @param millis not negative where there are nanoseconds
     * @param nanos those after that millisecond, 0 to 999,999
     */
    public static void writeMillis(JsonGenerator json, String field, long millis, int nanos) throws IOException {
        json.writeFieldName(field);
        if (nanos == 0) {
            json.writeNumber(millis);
            return;
        }
        StringBuilder text = new StringBuilder().append(millis).append('.');
        for (int place = 100_000; place > 1 && nanos < place; place /= 10) {
            text.append('0');
        }
        text.append(nanos);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        json.writeNumber(text.substring(0, end));
    }

    /** Writes a decimal of any number of digits. */
    static void write(JsonGenerator json, String field, BigDecimal value) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(value.toPlainString());
    }

    /** Writes nothing when there is no value. */
    static void writeIfKnown(JsonGenerator json, String field, @Nullable BigDecimal value) throws IOException {
        if (value != null) {
            write(json, field, value);
        }
    }

    /** Writes nothing when there is no value. */
    static void writeIfKnown(JsonGenerator json, String field, @Nullable Decimal value) throws IOException {
        if (value != null) {
            write(json, field, value);
        }
    }

    /** Writes nothing when there is no value. */
    static void writeIfKnown(JsonGenerator json, String field, @Nullable Double value) throws IOException {
        if (value != null) {
            write(json, field, value);
        }
    }

    /**
     * The value as text: {@code 5}, {@code 0.000001}, {@code 64250.12}; zero has no sign.
     *
     * @throws IllegalArgumentException if the value is not finite
     */
    static String plain(double value) {
        if (isExactLong(value)) {
            return Long.toString((long) value);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Not a number that can be written: " + value);
        }
        String shortest = NumberOutput.toString(value, true);
        return shortest.indexOf('E') < 0
                ? shortest
                : new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    }

    private static boolean isExactLong(double value) {
        return Math.abs(value) < MAX_EXACT && value == (long) value;
    }
}
