package io.tapewatch.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What prices and heartbeats look like in the topic of prices. */
final class PriceJson {

    private static final JsonFactory JSON = new JsonFactory();

    private PriceJson() {}

    /** {@code {"symbol":…,"price":…,"size":…,"time":…,"id":…,"seq":…,"side":…}}; figures in the recording's digits. */
    static byte[] of(RecordedPrice price) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("symbol", price.symbol());
            json.writeFieldName("price");
            json.writeNumber(price.price());
            if (price.size() != null) {
                json.writeFieldName("size");
                json.writeNumber(price.size());
            }
            json.writeNumberField("time", price.time());
            if (price.id() != null) {
                json.writeStringField("id", price.id());
            }
            if (price.seq() != null) {
                json.writeFieldName("seq");
                json.writeNumber(price.seq());
            }
            if (price.side() != null) {
                json.writeStringField("side", price.side());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** {@code {"heartbeat":true,"time":…}}. */
    static byte[] heartbeat(long time) {
        return ("{\"heartbeat\":true,\"time\":" + time + "}").getBytes(StandardCharsets.US_ASCII);
    }
}
