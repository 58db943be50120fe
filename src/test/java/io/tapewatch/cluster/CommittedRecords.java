package io.tapewatch.cluster;

import io.tapewatch.OpenTransactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A reader of committed records that follows a topic from its beginning, whatever becomes of the broker. */
final class CommittedRecords implements AutoCloseable {

    private final FutureTask<List<Record>> reading;
    private final Thread thread;
    private volatile boolean finishing;

    /** A record as text. */
    record Record(int partition, long offset, String key, String value, Map<String, String> headers) {

        static Record of(ConsumerRecord<byte[], byte[]> record) {
            Map<String, String> headers = new TreeMap<>();
            record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
            return new Record(record.partition(), record.offset(), text(record.key()), text(record.value()), headers);
        }

        private static String text(byte[] bytes) {
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private CommittedRecords(String bootstrapServers, String topic) {
        reading = new FutureTask<>(() -> read(bootstrapServers, topic));
        thread = new Thread(reading, "following " + topic);
    }

    /** Begins to follow. */
    static CommittedRecords follow(String bootstrapServers, String topic) {
        CommittedRecords records = new CommittedRecords(bootstrapServers, topic);
        records.thread.start();
        return records;
    }

    /** All there are now. */
    static List<Record> all(String bootstrapServers, String topic) throws Exception {
        OpenTransactions.awaitEnds(bootstrapServers);
        try (CommittedRecords records = follow(bootstrapServers, topic)) {
            return records.untilTheEnd();
        }
    }

    private List<Record> read(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, Waiting.PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Record> records = new ArrayList<>();
            while (!finishing || !isAtTheEnd(consumer, partitions)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(Record.of(record)));
            }
            return records;
        }
    }

    private static boolean isAtTheEnd(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    /** Everything from the topic's beginning to its end. */
    List<Record> untilTheEnd() throws Exception {
        finishing = true;
        return reading.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
