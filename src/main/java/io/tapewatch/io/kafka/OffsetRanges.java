package io.tapewatch.io.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions of a topic from an offset up to another, and says when it has got there: also where the last offsets
 * hold no record that can be read, but the ends of transactions.
 */
public final class OffsetRanges {

    private final KafkaConnection kafka;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> ends;
    private final Set<TopicPartition> unfinished = new HashSet<>();
    private long silentNanos;
    private long positions;

    /**
     * @param consumer is assigned the partitions
     * @param starts the first offset of each partition
     * @param ends the offset after the last of each of these partitions
     */
    public OffsetRanges(
            KafkaConnection kafka,
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        this.kafka = kafka;
        this.consumer = consumer;
        this.topic = topic;
        this.starts = starts;
        this.ends = ends;
        consumer.assign(starts.keySet());
        starts.forEach((partition, start) -> {
            consumer.seek(partition, start);
            if (start < Partitions.value(ends, partition)) {
                unfinished.add(partition);
            }
        });
    }

    /** Whether all partitions are read to where they end. */
    public boolean areOver() {
        return unfinished.isEmpty();
    }

    /** The partitions of which there is more to come. */
    Set<TopicPartition> unfinished() {
        return unfinished;
    }

    /**
     * The next records, those of a partition in their order; perhaps none.
     *
     * @param held partitions of which none are wanted now
     * @throws KafkaConnection.KafkaUnusable if nothing comes for longer than one waits
     */
    public List<ConsumerRecord<byte[], byte[]>> poll(Set<TopicPartition> held) {
        Set<TopicPartition> wanted = new HashSet<>(unfinished);
        wanted.removeAll(held);
        Set<TopicPartition> others = new HashSet<>(starts.keySet());
        others.removeAll(wanted);
        consumer.pause(others);
        consumer.resume(wanted);
        long began = System.nanoTime();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : kafka.poll(consumer, topic)) {
            if (record.offset() < Partitions.value(ends, new TopicPartition(topic, record.partition()))) {
                records.add(record);
            }
        }
        look(began);
        return records;
    }

    /** Lets the consumer go on where the partitions end, or begin if that is later. */
    void seekToEnds() {
        starts.forEach(
                (partition, start) -> consumer.seek(partition, Math.max(start, Partitions.value(ends, partition))));
    }

    /** What the one who polls does meanwhile is not Kafka's silence. */
    private void look(long began) {
        long sum = 0;
        for (TopicPartition partition : starts.keySet()) {
            long position = kafka.position(consumer, partition);
            sum += position;
            if (position >= Partitions.value(ends, partition)) {
                unfinished.remove(partition);
            }
        }
        if (sum != positions || unfinished.isEmpty()) {
            positions = sum;
            silentNanos = 0;
            return;
        }
        silentNanos += System.nanoTime() - began;
        if (silentNanos > kafka.patience().toNanos()) {
            throw kafka.silent();
        }
    }
}
