package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.printable;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Symbols;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of the records of one input topic. It knows what is the same in every format: a record has a key, a value
 * that may be empty or too large, and an origin. What the bytes of a value say is read by the classes that extend it.
 *
 * <p>Whatever the bytes are, the answer is what the record says or a rejection that says what was wrong; nothing is
 * thrown. Not thread-safe: one decoder a task.
 */
public abstract class RecordDecoder {

    /** The longest detail of a rejection, in characters. */
    private static final int MAX_DETAIL = 300;

    /** How a detail begins that should never be given. */
    static final String UNREADABLE = "the record cannot be read: ";

    /** What Java reads bytes as that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String topic;
    private final int maxBytes;
    private final GoodSymbols goodSymbols = new GoodSymbols();

    // The record at hand.
    private byte @Nullable [] key;
    private byte @Nullable [] value;

    @SuppressWarnings("NullAway.Init") // Set by decode.
    private Origin origin;

    /**
     * @param topic the topic the records come from
     * @param maxBytes the longest value that is read, in bytes
     */
    RecordDecoder(String topic, int maxBytes) {
        this.topic = topic;
        this.maxBytes = maxBytes;
    }

    /** What the record with this key and value, found at {@code origin}, says. */
    public final Decoded decode(byte @Nullable [] key, byte @Nullable [] value, Origin origin) {
        this.key = key;
        this.value = value;
        this.origin = origin;
        try {
            return value == null ? noValue() : value(value);
        } catch (InvalidRecord e) {
            return reject(e.reason, e.getMessage());
        } catch (IOException | RuntimeException e) {
            // A defect of ours or of the parser's; it must not stop the job.
            return reject(Reason.MALFORMED_JSON, UNREADABLE + e);
        }
    }

    /**
     * What a record says that was too large to be kept: nothing.
     *
     * @param key its key, or as much of it as there is
     * @param bytes how many bytes it has
     */
    public final Rejection oversized(byte @Nullable [] key, long bytes, Origin origin) {
        return new Rejection(
                Reason.TOO_LARGE,
                "the record has " + bytes + " bytes when it is unpacked, and was not kept; at most " + maxBytes
                        + " of a value are read (prices.max-bytes)",
                key,
                new byte[0],
                topic,
                origin);
    }

    private Decoded value(byte[] value) throws IOException {
        if (value.length == 0) {
            throw new InvalidRecord(Reason.EMPTY, "the value has no bytes");
        }
        if (value.length > maxBytes) {
            throw new InvalidRecord(
                    Reason.TOO_LARGE,
                    "the value has " + value.length + " bytes; at most " + maxBytes + " are read (prices.max-bytes)");
        }
        return read(value);
    }

    /**
     * What the record at hand says.
     *
     * @param value its value, which is neither empty nor too large
     * @throws InvalidRecord if it says nothing that can be taken
     */
    abstract Decoded read(byte[] value) throws IOException;

    /** What the record at hand says, which has no value: nothing, unless said otherwise. */
    Decoded noValue() {
        throw new InvalidRecord(Reason.EMPTY, "the record has no value");
    }

    /**
     * The symbol of the record at hand.
     *
     * @param ofValue the symbol that the value says, or null: it is the record's key
     */
    final String symbol(@Nullable String ofValue) {
        if (ofValue != null && goodSymbols.has(ofValue)) {
            return ofValue;
        }
        String symbol = Symbols.trimmed(ofValue != null ? ofValue : symbolOfKey());
        String problem = Symbols.problem(symbol);
        if (problem != null) {
            throw new InvalidRecord(Reason.BAD_SYMBOL, ofValue != null ? problem : "the record's key as " + problem);
        }
        goodSymbols.add(symbol);
        return symbol;
    }

    /** The symbol that the current value says, for {@link #symbol}. */
    final String readSymbol(JsonParser parser) throws IOException {
        FieldValues.expectString(parser, Reason.BAD_SYMBOL, "symbol");
        String good = goodSymbols.find(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return good != null ? good : parser.getText();
    }

    private String symbolOfKey() {
        if (!hasKey()) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "symbol is missing, and the record has no key");
        }
        String symbol = key();
        if (symbol.indexOf(REPLACEMENT) >= 0 && key != null && UnreadableJson.firstByteThatIsNotUtf8(key) >= 0) {
            throw new InvalidRecord(Reason.BAD_SYMBOL, "symbol is missing, and the record's key is not UTF-8");
        }
        return symbol;
    }

    /** Whether the record at hand has a key; one without bytes is none. */
    final boolean hasKey() {
        return key != null && key.length > 0;
    }

    /** The key of the record at hand as text. */
    final String key() {
        return new String(Objects.requireNonNull(key, "key"), StandardCharsets.UTF_8);
    }

    /** Where the record at hand was found. */
    final Origin origin() {
        return origin;
    }

    private Rejection reject(Reason reason, String detail) {
        return new Rejection(reason, line(detail), key, value, topic, origin);
    }

    /** The detail on one line that is not too long: it may quote the record, and it becomes a header. */
    static String line(String detail) {
        String line = printable(detail);
        return line.codePointCount(0, line.length()) <= MAX_DETAIL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_DETAIL - 1)) + "…";
    }
}
