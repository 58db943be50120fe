package io.tapewatch.io.sink;

import com.fasterxml.jackson.core.JsonFactory;
import io.tapewatch.io.json.JsonWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic as JSON. They carry no time of their own: the broker stamps them when it appends them, so
 * that retention does not take a replay of old prices for old records.
 *
 * @param <T> the record
 */
final class JsonRecords<T> implements KafkaRecordSerializationSchema<T> {

    /** What a record is keyed by. */
    interface Key<T> extends Function<T, @Nullable String>, Serializable {}

    private final String topic;
    private final Key<T> key;
    private final JsonWriter<T> writer;
    private transient @Nullable JsonFactory json;

    JsonRecords(String topic, Key<T> key, JsonWriter<T> writer) {
        this.topic = topic;
        this.key = key;
        this.writer = writer;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, Long eventTime) {
        if (json == null) {
            json = new JsonFactory();
        }
        String keyText = key.apply(record);
        byte[] keyBytes = keyText == null ? null : keyText.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, keyBytes, writer.bytes(json, record));
    }
}
