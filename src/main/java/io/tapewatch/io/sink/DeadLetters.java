package io.tapewatch.io.sink;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.AmendmentFormat;
import io.tapewatch.io.json.IsoTime;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.QuoteFormat;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.json.TickFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was not counted to the dead letters: key and value as they came, the reason and the coordinates as
 * headers.
 *
 * <p>A record near the broker's limit would exceed it with these headers, and stop the job. So a value that is too long
 * is cut, and the header {@code truncated} holds its full length; the coordinates lead to the original.
 */
public final class DeadLetters implements KafkaRecordSerializationSchema<Rejection> {

    private static final JsonFactory JSON = new JsonFactory();

    private final String topic;
    private final int maxBytes;

    /** @param maxBytes the most bytes of key and value that are kept */
    public DeadLetters(String topic, int maxBytes) {
        this.topic = topic;
        this.maxBytes = maxBytes;
    }

    /** The rejection of a tick that came when all its windows were final. */
    public static Rejection tooLate(Tick tick, String topic) {
        JsonWriter<Tick> format = (each, out) -> TickFormat.write(out, each);
        return tooLate(
                tick.symbol(),
                tick.time(),
                "all windows that it belongs to are final",
                format.bytes(JSON, tick),
                topic,
                tick.origin());
    }

    /** The rejection of a quote that came behind the watermark and says nothing any more. */
    public static Rejection tooLate(Quote quote, String topic) {
        JsonWriter<Quote> format = (each, out) -> QuoteFormat.write(out, each);
        return tooLate(
                quote.symbol(),
                quote.time(),
                "it came behind the watermark, when a later quote had been taken or quotes.max-age was over",
                format.bytes(JSON, quote),
                topic,
                quote.origin());
    }

    private static Rejection tooLate(String symbol, long time, String why, byte[] value, String topic, Origin origin) {
        return new Rejection(
                Rejection.Reason.TOO_LATE,
                "time is " + IsoTime.format(time) + "; " + why,
                symbol.getBytes(StandardCharsets.UTF_8),
                value,
                topic,
                origin);
    }

    /**
     * The rejection of what came too late to say anything.
     *
     * @throws IllegalArgumentException of what cannot: it has no event time
     */
    public static Rejection tooLate(TapeRecord record, SourceTopics topics) {
        if (record instanceof Tick tick) {
            return tooLate(tick, topics.prices());
        }
        if (record instanceof Quote quote) {
            return tooLate(quote, Objects.requireNonNull(topics.quotes(), "quotes"));
        }
        throw new IllegalArgumentException("what has no event time cannot be late: " + record);
    }

    /**
     * The rejection of a trade, a cancel or a correction that the tape did not take.
     *
     * @throws IllegalArgumentException of what cannot: it is not of the topic of prices
     */
    public static Rejection refused(TapeRecord record, Rejection.Reason reason, String detail, SourceTopics topics) {
        byte[] key = record.symbol().getBytes(StandardCharsets.UTF_8);
        if (record instanceof Tick tick) {
            JsonWriter<Tick> format = (each, out) -> TickFormat.write(out, each);
            return new Rejection(reason, detail, key, format.bytes(JSON, tick), topics.prices(), tick.origin());
        }
        if (record instanceof Amendment amendment) {
            JsonWriter<Amendment> format = (each, out) -> AmendmentFormat.write(out, each);
            return new Rejection(
                    reason, detail, key, format.bytes(JSON, amendment), topics.prices(), amendment.origin());
        }
        throw new IllegalArgumentException("what is no record of prices is not refused: " + record);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Rejection rejection, KafkaSinkContext context, Long eventTime) {
        byte[] key = cut(rejection.key(), maxBytes / 2);
        byte[] value = cut(rejection.value(), maxBytes - (key == null ? 0 : key.length));
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, key, value);
        Headers headers = letter.headers();
        Origin origin = rejection.origin();
        put(headers, "reason", rejection.reason().label());
        put(headers, "detail", rejection.detail());
        put(headers, "source-topic", rejection.topic());
        put(headers, "source-partition", Integer.toString(origin.partition()));
        put(headers, "source-offset", Long.toString(origin.offset()));
        if (origin.stamp() != Origin.Stamp.NONE) {
            put(headers, "source-timestamp", Long.toString(origin.timestamp()));
        }
        put(
                headers,
                "source-timestamp-type",
                origin.stamp().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (rejection.value() != null && value != rejection.value()) {
            put(headers, "truncated", Integer.toString(rejection.value().length));
        }
        if (rejection.key() != null && key != rejection.key()) {
            put(headers, "truncated-key", Integer.toString(rejection.key().length));
        }
        return letter;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int length) {
        return bytes == null || bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static void put(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
