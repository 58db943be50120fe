package io.tapewatch.io.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The end of a topic and what comes after it, from all its partitions; of transactions only what was committed.
 *
 * <p>What there was when it began comes in the order of the records' Kafka timestamps. What comes later is in that order
 * within each {@link #poll}. It holds few records at a time, however many there are.
 */
public final class TopicTail implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Brokers of whom nothing was heard for this part of the patience are said to be away: 3 s of 8. */
    private static final double LOST_AFTER = 3 / 8.0;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private static final long ALWAYS = Long.MIN_VALUE;

    private final KafkaConnection kafka;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OffsetRanges before;
    private final PartitionMerge merge = new PartitionMerge();
    private final TopicLookout lookout;
    private final long since;
    private boolean follows;

    private TopicTail(
            KafkaConnection kafka,
            String topic,
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends,
            long since) {
        this.since = since;
        this.kafka = kafka;
        this.topic = topic;
        this.consumer = consumer;
        this.before = new OffsetRanges(kafka, consumer, topic, starts, ends);
        Duration lostAfter = Duration.ofMillis((long) (kafka.patience().toMillis() * LOST_AFTER));
        this.lookout = new TopicLookout(kafka, topic, ends.size(), LOOK_EVERY, lostAfter);
    }

    /**
     * Begins where the last records begin that one wants to see. The others that stand between them come, too. Where
     * producers stamp the records, in no order, those that are found may not be the very last.
     *
     * @param count how many; 0 for none but new ones
     * @throws KafkaConnection.KafkaUnusable if there is no such topic, or it cannot be read
     */
    public static TopicTail ofLast(
            KafkaConnection kafka, String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<TopicPartition, Long> ends = kafka.endOffsets(topic);
        if (count == 0) {
            return open(kafka, topic, consumer -> ends, ends, ALWAYS);
        }
        LastRecords last = new LastRecords(count, wanted, kafka.firstOffsets(topic), ends);
        return open(kafka, topic, consumer -> last.offsets(kafka, consumer, topic), ends, ALWAYS);
    }

    /**
     * Begins at a time.
     *
     * @param time in epoch milliseconds: the first records are those whose Kafka timestamp is not before it
     * @throws KafkaConnection.KafkaUnusable if there is no such topic, or it cannot be read
     */
    public static TopicTail since(KafkaConnection kafka, String topic, long time) {
        Map<TopicPartition, Long> starts = kafka.offsetsAt(topic, Math.max(0, time));
        return open(kafka, topic, consumer -> starts, kafka.endOffsets(topic), time);
    }

    /** Where to begin. */
    @FunctionalInterface
    private interface Starts {
        Map<TopicPartition, Long> find(KafkaConsumer<byte[], byte[]> consumer);
    }

    private static TopicTail open(
            KafkaConnection kafka, String topic, Starts starts, Map<TopicPartition, Long> ends, long since) {
        KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer();
        try {
            return new TopicTail(kafka, topic, consumer, starts.find(consumer), ends, since);
        } catch (RuntimeException e) {
            close(consumer);
            throw e;
        }
    }

    /** Whether all that was there when it began has come. */
    public boolean hasCaughtUp() {
        return before.areOver() && merge.isEmpty();
    }

    /**
     * The next records; none if none come for a moment.
     *
     * @param complaints takes what is wrong meanwhile, in one line, such as that brokers are away: it goes on when they
     *     are back
     * @throws KafkaConnection.KafkaUnusable if it cannot go on
     */
    public List<ConsumerRecord<byte[], byte[]>> poll(Consumer<String> complaints) {
        if (!hasCaughtUp()) {
            // Where producers stamp the records, Kafka leads to the end of a transaction, which has the brokers' time.
            before.poll(merge.partitions(topic)).stream()
                    .filter(record -> record.timestamp() >= since)
                    .forEach(merge::add);
            return merged(before.unfinished());
        }
        if (!follows) {
            follow();
        }
        String complaint = lookout.look();
        if (complaint != null) {
            complaints.accept(complaint);
        }
        takeNewPartitions();
        kafka.poll(consumer, topic).forEach(merge::add);
        return merged(Set.of());
    }

    private List<ConsumerRecord<byte[], byte[]>> merged(Set<TopicPartition> coming) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> next = merge.next(coming); next != null; next = merge.next(coming)) {
            records.add(next);
        }
        return records;
    }

    /** What has come after the ends meanwhile was left out: goes back there. */
    private void follow() {
        before.seekToEnds();
        consumer.resume(consumer.assignment());
        follows = true;
    }

    private void takeNewPartitions() {
        Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
        Set<TopicPartition> added = new HashSet<>();
        for (int partition = partitions.size(); partition < lookout.partitions(); partition++) {
            added.add(new TopicPartition(topic, partition));
        }
        if (!added.isEmpty()) {
            partitions.addAll(added);
            consumer.assign(partitions);
            consumer.seekToBeginning(added);
        }
    }

    @Override
    public void close() {
        close(consumer);
    }

    private static void close(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.close(CloseOptions.timeout(CLOSING));
    }
}
