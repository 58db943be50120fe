package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a value that the JSON parser did not get through, for the person who sent it. */
public final class UnreadableJson {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private static final Pattern LONG_TOKEN = Pattern.compile("'(\\S{40})\\S+'");
    private static final Pattern ANY_VALUE =
            Pattern.compile("(a valid value )?\\(JSON String, Number .*'true' or 'false'\\)");

    /** The parser's switches and its source: for programmers, not for the sender of the record. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile(": enable `.*"
            + "|, from `StreamReadConstraints[^`]*`"
            + "| \\(not recognized as one since [^)]*\\)"
            + "| \\((start marker|for (Object|Array) starting) at \\[.*?]\\)");

    private UnreadableJson() {}

    /**
     * What is wrong, and near which byte.
     *
     * @param value what was read; not empty
     * @param problem where the parser gave up
     */
    static String detail(byte[] value, JsonProcessingException problem) {
        String format = formatThatBeginsLike(value);
        if (format != null) {
            return "the value begins with the bytes " + HEX.formatHex(value, 0, Math.min(value.length, 4))
                    + " and looks like " + format + "; expected JSON in UTF-8";
        }
        if (problem instanceof JsonEOFException) {
            return "the value ends after " + value.length + (value.length == 1 ? " byte" : " bytes")
                    + ", in the middle of its JSON";
        }
        int wrong = firstByteThatIsNotUtf8(value);
        if (wrong >= 0) {
            return "the value is not UTF-8: it has 0x" + HEX.toHexDigits(value[wrong]) + " at byte " + wrong;
        }
        return describe(problem)
                + (problem.getLocation() == null
                        ? ""
                        : " near byte " + problem.getLocation().getByteOffset());
    }

    /** What the parser says, without what is for programmers, and with long tokens cut. */
    public static String describe(JsonProcessingException problem) {
        String what = problem.getOriginalMessage();
        if (what.startsWith("Invalid UTF-8") || what.startsWith("Unrecognized token '\0")) {
            // The parser takes a character that begins no value for a wrong byte, or for zeros.
            return "Unexpected character: was expecting a JSON value";
        }
        what = FOR_PROGRAMMERS.matcher(what).replaceAll("");
        what = LONG_TOKEN.matcher(what).replaceAll("'$1…'");
        return ANY_VALUE.matcher(what).replaceAll("a JSON value");
    }

    /** What a value is that is no JSON, told by its first bytes; null if they tell nothing. */
    private static @Nullable String formatThatBeginsLike(byte[] value) {
        if (begins(value, 0xEF, 0xBB, 0xBF)) {
            return "text with a byte order mark";
        }
        if (begins(value, 0xFE, 0xFF) || begins(value, 0xFF, 0xFE) || hasZeroInEverySecond(value)) {
            return "UTF-16";
        }
        if (begins(value, 0x1F, 0x8B)) {
            return "gzip";
        }
        if (begins(value, 0x28, 0xB5, 0x2F, 0xFD)) {
            return "Zstandard";
        }
        // A zero, the schema's number in four bytes, the record.
        if (begins(value, 0, 0) && value.length > 5) {
            return "a schema registry's Avro, Protobuf or JSON";
        }
        return null;
    }

    private static boolean begins(byte[] value, int... bytes) {
        if (value.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((value[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasZeroInEverySecond(byte[] value) {
        return value.length >= 4
                && (value[0] == 0) == (value[2] == 0)
                && (value[1] == 0) == (value[3] == 0)
                && (value[0] == 0) != (value[1] == 0);
    }

    /** The index of the first byte that is not UTF-8, or -1 if all of them are. */
    static int firstByteThatIsNotUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return decoder.decode(in, CharBuffer.allocate(bytes.length), true).isError() ? in.position() : -1;
    }
}
