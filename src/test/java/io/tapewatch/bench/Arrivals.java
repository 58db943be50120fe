package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.cluster.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A reader of committed records that follows a topic from its beginning, and notes when it saw each of them.
 *
 * @param <T> what it keeps of a record
 */
final class Arrivals<T> implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final Function<JsonNode, T> keep;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<Arrival<T>> arrivals = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile Map<TopicPartition, Long> positions = Map.of();
    private volatile Exception failure;
    private volatile boolean enough;

    /**
     * A record that came.
     *
     * @param record what is kept of it
     * @param appended when the broker appended it
     * @param seen when a reader of committed records saw it
     * @param <T> the same
     */
    record Arrival<T>(T record, long appended, long seen) {}

    private Arrivals(String bootstrapServers, String topic, Function<JsonNode, T> keep) {
        this.topic = topic;
        this.keep = keep;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        thread = new Thread(this::follow, "arrivals of " + topic);
    }

    /** Begins to follow. */
    static <T> Arrivals<T> follow(String bootstrapServers, String topic, Function<JsonNode, T> keep) {
        Arrivals<T> arrivals = new Arrivals<>(bootstrapServers, topic, keep);
        arrivals.thread.start();
        return arrivals;
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!enough) {
                Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL);
                long now = System.currentTimeMillis();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    arrivals.add(new Arrival<>(keep.apply(JSON.readTree(record.value())), record.timestamp(), now));
                }
                Map<TopicPartition, Long> reached = new HashMap<>();
                partitions.forEach(partition -> reached.put(partition, consumer.position(partition)));
                positions = reached;
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    /** Those so far, in the order in which they came. */
    Collection<Arrival<T>> soFar() {
        if (failure != null) {
            throw new IllegalStateException("topic '" + topic + "' cannot be read", failure);
        }
        return arrivals;
    }

    /** Waits until all has come that was in the topic when it ended there. */
    void awaitUpTo(Map<TopicPartition, Long> ends) throws Exception {
        Waiting.untilTrue("topic '" + topic + "' is read up to " + ends, () -> {
            soFar();
            Map<TopicPartition, Long> reached = positions;
            return ends.entrySet().stream().allMatch(end -> reached.getOrDefault(end.getKey(), -1L) >= end.getValue());
        });
    }

    @Override
    public void close() {
        enough = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
