package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.printable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Symbols;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Reads a record of an input topic, a JSON object, as {@code docs/records.md} describes it; what an object of its kind
 * says is read by the classes that extend it.
 *
 * <p>Whatever the bytes are, the answer is what the record says or a rejection that says what was wrong; nothing is
 * thrown. Not thread-safe: one decoder a task.
 */
public abstract sealed class RecordDecoder permits PriceDecoder, QuoteDecoder, InstrumentDecoder {

    /** The longest detail of a rejection, in characters. */
    private static final int MAX_DETAIL = 300;

    /** How a detail begins that should never be given. */
    static final String UNREADABLE = "the record cannot be read: ";

    /** What Java reads bytes as that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String topic;
    private final int maxBytes;
    private final int fields;
    private final UnknownFields unknown;
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Field names that were made to collide cost time, not the record.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // NaN is read as a number, so that it is rejected as the bad price it is.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    // The record at hand.
    private byte[] key;
    private byte[] value;
    private Origin origin;
    private int seen;

    /**
     * @param topic the topic the records come from
     * @param maxBytes the longest value that is read, in bytes
     * @param fields the {@link RecordField fields} that are read
     * @param unknownFields makes what counts the records with a field that is not read, by a label for its name
     */
    RecordDecoder(String topic, int maxBytes, int fields, Function<String, Runnable> unknownFields) {
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.fields = fields;
        this.unknown = new UnknownFields(topic, fields, unknownFields);
    }

    /** Counts nothing: what is handed over where nobody looks at the counters. */
    static Runnable uncounted(String field) {
        return () -> {};
    }

    /** What the record with this key and value (either may be null), found at {@code origin}, says. */
    public final Decoded decode(byte[] key, byte[] value, Origin origin) {
        this.key = key;
        this.value = value;
        this.origin = origin;
        seen = 0;
        try {
            return value == null ? noValue() : value();
        } catch (JsonProcessingException e) {
            return reject(Reason.MALFORMED_JSON, UnreadableJson.detail(value, e));
        } catch (InvalidRecord e) {
            boolean lacks = e.reason == Reason.MISSING_FIELD && value != null;
            return reject(e.reason, lacks ? e.getMessage() + FoundFields.in(json, value) : e.getMessage());
        } catch (IOException | RuntimeException e) {
            // A defect of ours or of the parser's; it must not stop the job.
            return reject(Reason.MALFORMED_JSON, UNREADABLE + e);
        }
    }

    /**
     * What a record says that was too large to be kept: nothing.
     *
     * @param key its key, or as much of it as there is, or null
     * @param bytes how many bytes it has
     */
    public final Rejection oversized(byte[] key, long bytes, Origin origin) {
        return new Rejection(
                Reason.TOO_LARGE,
                "the record has " + bytes + " bytes when it is unpacked, and was not kept; at most " + maxBytes
                        + " of a value are read (prices.max-bytes)",
                key,
                new byte[0],
                topic,
                origin);
    }

    private Decoded value() throws IOException {
        if (value.length == 0) {
            throw new InvalidRecord(Reason.EMPTY, "the value has no bytes");
        }
        if (value.length > maxBytes) {
            throw new InvalidRecord(
                    Reason.TOO_LARGE,
                    "the value has " + value.length + " bytes; at most " + maxBytes + " are read (prices.max-bytes)");
        }
        try (JsonParser parser = json.createParser(value)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidRecord(Reason.EMPTY, "the value is blank");
            }
            return first == JsonToken.START_OBJECT ? object(parser) : noObject(parser);
        }
    }

    /** What the record at hand says, whose value is an object. */
    abstract Decoded object(JsonParser parser) throws IOException;

    /** What the record at hand says, whose value is something else than an object: nothing, unless said otherwise. */
    Decoded noObject(JsonParser parser) throws IOException {
        throw new InvalidRecord(
                Reason.MALFORMED_JSON, "expected " + expected() + ", got " + RecordFields.describe(parser));
    }

    /** What a value is expected to be, with an example. */
    abstract String expected();

    /** What the record at hand says, which has no value: nothing, unless said otherwise. */
    Decoded noValue() {
        throw new InvalidRecord(Reason.EMPTY, "the record has no value");
    }

    /**
     * Goes to the value of the object's next field that is read and not null.
     *
     * @return the field, or {@link RecordField#END} where the object ends, and with it the record
     */
    final int nextField(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int field = RecordField.of(name);
            if ((field & fields) == 0) {
                seen |= RecordField.OTHER;
                unknown.found(name);
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            if ((seen & field) != 0) {
                throw new InvalidRecord(Reason.MALFORMED_JSON, "the field \"" + name + "\" stands there twice");
            }
            seen |= field;
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                return field;
            }
        }
        RecordFields.expectEnd(parser);
        if ((seen & RecordField.OTHER) != 0) {
            unknown.ended(seen);
        }
        return RecordField.END;
    }

    /** @param ofValue the symbol that the value says, or null: it is the record's key */
    final String symbol(String ofValue) {
        String symbol = ofValue != null ? ofValue : symbolOfKey();
        String problem = Symbols.problem(symbol);
        if (problem != null) {
            throw new InvalidRecord(Reason.BAD_SYMBOL, ofValue != null ? problem : "the record's key as " + problem);
        }
        return symbol;
    }

    private String symbolOfKey() {
        if (!hasKey()) {
            throw new InvalidRecord(Reason.MISSING_FIELD, "symbol is missing, and the record has no key");
        }
        String symbol = key();
        if (symbol.indexOf(REPLACEMENT) >= 0 && UnreadableJson.firstByteThatIsNotUtf8(key) >= 0) {
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
        return new String(key, StandardCharsets.UTF_8);
    }

    /** Where the record at hand was found. */
    final Origin origin() {
        return origin;
    }

    private Rejection reject(Reason reason, String detail) {
        if ((seen & RecordField.OTHER) != 0) {
            unknown.cutShort();
        }
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
