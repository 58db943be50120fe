package io.tapewatch.io.source;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.AmendmentFormat;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.QuoteFormat;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.TickFormat;
import io.tapewatch.io.kafka.OversizedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a topic of prices or quotes, read as the job reads them: what it takes, and what it rejects and why. */
public final class SentRecords {

    private static final JsonFactory JSON = new JsonFactory();

    private final RecordDecoder decoder;

    /** @param format that of the records */
    public SentRecords(String topic, DecoderFactory format) {
        decoder = format.decoder(topic);
    }

    public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        if (OversizedRecord.is(record)) {
            return decoder.oversized(
                    record.key(), OversizedRecord.bytes(record), DecodedDeserialization.origin(record));
        }
        return decoder.decode(record.key(), record.value(), DecodedDeserialization.origin(record));
    }

    /** A tick, an amendment or a quote as the JSON object that its topic takes; nothing for anything else. */
    public static Optional<String> json(Decoded taken) {
        if (taken instanceof Tick tick) {
            JsonWriter<Tick> format = (each, out) -> TickFormat.write(out, each);
            return Optional.of(text(format.bytes(JSON, tick)));
        }
        if (taken instanceof Quote quote) {
            JsonWriter<Quote> format = (each, out) -> QuoteFormat.write(out, each);
            return Optional.of(text(format.bytes(JSON, quote)));
        }
        if (taken instanceof Amendment amendment) {
            JsonWriter<Amendment> format = (each, out) -> AmendmentFormat.write(out, each);
            return Optional.of(text(format.bytes(JSON, amendment)));
        }
        return Optional.empty();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
