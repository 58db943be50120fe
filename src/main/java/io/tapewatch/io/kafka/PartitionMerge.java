package io.tapewatch.io.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Puts records of a topic's partitions in the order of their Kafka timestamps. Those of one partition stay in their order;
 * of those of the same time, the lower partition's come first.
 */
final class PartitionMerge {

    private final SortedMap<Integer, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new TreeMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        waiting.computeIfAbsent(record.partition(), partition -> new ArrayDeque<>())
                .add(record);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The partitions of which records wait. */
    Set<TopicPartition> partitions(String topic) {
        Set<TopicPartition> partitions = new HashSet<>();
        waiting.keySet().forEach(partition -> partitions.add(new TopicPartition(topic, partition)));
        return partitions;
    }

    /**
     * Takes the next record.
     *
     * @param coming partitions of which more is to come
     * @return null if there is none, or one that is still to come may be earlier
     */
    @Nullable
    ConsumerRecord<byte[], byte[]> next(Set<TopicPartition> coming) {
        for (TopicPartition partition : coming) {
            if (!waiting.containsKey(partition.partition())) {
                return null;
            }
        }
        Deque<ConsumerRecord<byte[], byte[]>> earliest = null;
        for (Deque<ConsumerRecord<byte[], byte[]>> records : waiting.values()) {
            if (earliest == null
                    || records.element().timestamp() < earliest.element().timestamp()) {
                earliest = records;
            }
        }
        if (earliest == null) {
            return null;
        }
        ConsumerRecord<byte[], byte[]> next = earliest.remove();
        if (earliest.isEmpty()) {
            waiting.remove(next.partition());
        }
        return next;
    }
}
