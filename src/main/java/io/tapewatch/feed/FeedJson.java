package io.tapewatch.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tapewatch.io.json.PlainNumbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What records look like in the topics of prices, quotes and instruments; figures are in the recording's digits. */
public final class FeedJson {

    private static final JsonFactory JSON = new JsonFactory();

    private FeedJson() {}

    /** Writes the fields of an object. */
    @FunctionalInterface
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** A row as a record's value. */
    public static byte[] of(FeedRow row) {
        if (row instanceof PriceRow price) {
            return of(price);
        }
        return row instanceof QuoteRow quote ? of(quote) : ((RawRow) row).value();
    }

    /** {@code {"symbol":…,"price":…,"size":…,"time":…,"id":…,"seq":…,"side":…,"conditions":…}}. */
    private static byte[] of(PriceRow price) {
        return object(json -> {
            json.writeStringField("symbol", price.symbol());
            number(json, "price", price.price());
            number(json, "size", price.size());
            PlainNumbers.writeMillis(json, "time", price.time(), price.nanos());
            text(json, "id", price.id());
            number(json, "seq", price.seq());
            text(json, "side", price.side());
            text(json, "conditions", price.conditions());
        });
    }

    /** {@code {"symbol":…,"bid":…,"bidSize":…,"ask":…,"askSize":…,"time":…,"seq":…}}. */
    private static byte[] of(QuoteRow quote) {
        return object(json -> {
            json.writeStringField("symbol", quote.symbol());
            number(json, "bid", quote.bid());
            number(json, "bidSize", quote.bidSize());
            number(json, "ask", quote.ask());
            number(json, "askSize", quote.askSize());
            PlainNumbers.writeMillis(json, "time", quote.time(), quote.nanos());
            number(json, "seq", quote.seq());
        });
    }

    /** {@code {"symbol":…,"name":…,"currency":…,"type":…,"sector":…,"venue":…,"multiplier":…,"tape":…}}. */
    static byte[] of(InstrumentRow instrument) {
        return object(json -> {
            json.writeStringField("symbol", instrument.symbol());
            text(json, "name", instrument.name());
            text(json, "currency", instrument.currency());
            text(json, "type", instrument.type());
            text(json, "sector", instrument.sector());
            text(json, "venue", instrument.venue());
            number(json, "multiplier", instrument.multiplier());
            text(json, "tape", instrument.tape());
        });
    }

    /** {@code {"heartbeat":true,"time":…}}. */
    static byte[] heartbeat(long time) {
        return ("{\"heartbeat\":true,\"time\":" + time + "}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void number(JsonGenerator json, String name, @Nullable String digits) throws IOException {
        if (digits != null) {
            json.writeFieldName(name);
            json.writeNumber(digits);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
