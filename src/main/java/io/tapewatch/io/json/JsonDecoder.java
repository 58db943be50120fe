package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The decoder of records that are JSON objects. It knows the names of an object's fields; what the fields say is read by
 * the classes that extend it.
 */
abstract class JsonDecoder extends RecordDecoder {

    private final FieldNames names;
    private final UnknownFields unknown;
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Field names that were made to collide cost time, not the record.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // NaN is read as a number, so that it is rejected as the bad price it is.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final DecimalReader numbers = new DecimalReader();

    /** What counts rounded numbers, by the names of the fields, and what makes it. */
    private final Map<String, Runnable> rounded = new HashMap<>();

    private final Function<String, Runnable> newRounded;

    /** The fields that were found so far of the record at hand. */
    private int seen;

    /**
     * @param topic the topic the records come from
     * @param maxBytes the longest value that is read, in bytes
     * @param names those of the fields that are read
     * @param counters makes what counts what its producers should hear of
     */
    JsonDecoder(String topic, int maxBytes, FieldNames names, DecoderCounters counters) {
        super(topic, maxBytes);
        this.names = names;
        this.newRounded = counters::roundedNumbers;
        this.unknown = new UnknownFields(topic, names, counters::unknownFields);
    }

    @Override
    final Decoded read(byte[] value) throws IOException {
        if ((seen & RecordField.OTHER) != 0) {
            unknown.begin();
        }
        seen = 0;
        try (JsonParser parser = json.createParser(value)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new InvalidRecord(Reason.EMPTY, "the value is blank");
            }
            return first == JsonToken.START_OBJECT ? object(parser) : noObject(parser);
        } catch (JsonProcessingException e) {
            throw new InvalidRecord(Reason.MALFORMED_JSON, UnreadableJson.detail(value, e));
        } catch (InvalidRecord e) {
            throw e.reason == Reason.MISSING_FIELD
                    ? new InvalidRecord(e.reason, e.getMessage() + FoundFields.in(json, value))
                    : e;
        }
    }

    /** What the record at hand says, whose value is an object. */
    abstract Decoded object(JsonParser parser) throws IOException;

    /** What the record at hand says, whose value is something else than an object: nothing, unless said otherwise. */
    Decoded noObject(JsonParser parser) throws IOException {
        throw new InvalidRecord(
                Reason.MALFORMED_JSON, "expected " + expected() + ", got " + FieldValues.describe(parser));
    }

    /** What a value is expected to be, with an example. */
    abstract String expected();

    /**
     * Reads the current value, a JSON number or a string that holds one, in its own digits, and counts it if it is rounded.
     *
     * @return what has the number, until the next one is read
     */
    final DecimalReader number(JsonParser parser, Reason reason, String name) throws IOException {
        numberToCheck(parser, reason, name);
        if (numbers.isRounded()) {
            rounded.computeIfAbsent(name, newRounded).run();
        }
        return numbers;
    }

    /** The same without counting it. */
    final DecimalReader numberToCheck(JsonParser parser, Reason reason, String name) throws IOException {
        FieldValues.number(parser, numbers, reason, name);
        return numbers;
    }

    /**
     * Goes to the value of the object's next field that is read and not null.
     *
     * @return the field, or {@link RecordField#END} where the object ends, and with it the record
     */
    final int nextField(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int field = names.field(name);
            if (field == RecordField.OTHER) {
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
        FieldValues.expectEnd(parser);
        if ((seen & RecordField.OTHER) != 0) {
            unknown.ended(seen);
        }
        return RecordField.END;
    }
}
