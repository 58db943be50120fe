package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * How a record is written: as JSON, or, the same fields, as a row of CSV.
 *
 * @param <T> the record
 */
@FunctionalInterface
public interface JsonWriter<T> extends Serializable {

    void write(T record, JsonGenerator out) throws IOException;

    /** The record as JSON in UTF-8. */
    default byte[] bytes(JsonFactory json, T record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            // A character takes as many bytes as it did when it was read: records must not outgrow what they came from.
            out.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
            write(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
