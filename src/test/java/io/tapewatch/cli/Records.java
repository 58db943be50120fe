package io.tapewatch.cli;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as they might come from a topic. */
final class Records {

    static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    private Records() {}

    static Received of(String value) {
        return of("key", value);
    }

    static Received of(String key, String value, String... headers) {
        return of(bytes(key), bytes(value), headers);
    }

    /** @param headers names and values in turn */
    static Received of(byte[] key, byte[] value, String... headers) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "topic",
                2,
                17,
                NOON,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], bytes(headers[i + 1]));
        }
        return new Received(record);
    }

    /** One of partition 0, as old as its {@code time} in epoch milliseconds. */
    static Received at(long offset, long time, String key, String value) {
        return new Received(new ConsumerRecord<>(
                "topic",
                0,
                offset,
                time,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                bytes(key),
                bytes(value),
                new RecordHeaders(),
                Optional.empty()));
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
