package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.OffsetRanges;
import io.tapewatch.io.kafka.Partitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The event time from which on a job reads every price, although it begins in the middle of a topic. A window that starts
 * before that time may lack ticks.
 *
 * <p>The records before the position of a partition say it: no tick before the position is later than the latest of these
 * records by more than the out-of-orderness. For that, one of them at least must not be late itself, so some hundred are
 * read. Where they were deleted, the first records after the position say it in the same way. A partition with neither adds
 * nothing to what the others say. If none says anything, it is the time on the clock: the deleted records came before now.
 *
 * <p>A partition that is read from the first record it ever had lacks nothing.
 */
public final class WholeFrom {

    /** How many offsets before a position are read at first: more than a burst of late ticks has. */
    private static final long FIRST_PIECE = 256;

    /** How far back a record with a time is looked for. */
    private static final long FURTHEST_BACK = 1 << 16;

    /** How many offsets after a position are read. */
    private static final long AHEAD = 1_000;

    /** How many records after a position count, and how long after the first of them they came to Kafka at most. */
    private static final int MOST_AHEAD = 100;

    private static final long LONGEST_AHEAD = 60_000;

    /** What {@link #find} is told of a job that begins at offsets. */
    public static final long NO_TIME = Long.MAX_VALUE;

    private final KafkaConnection kafka;
    private final String topic;
    private final SentRecords prices;
    private final long outOfOrderness;
    private final long maxFuture;
    private final LongSupplier clock;

    /**
     * @param topic the topic of prices
     * @param format that of the prices
     * @param outOfOrderness how far a tick may be behind the latest time of its partition
     * @param maxFuture how far a tick may be ahead of the clock
     */
    public WholeFrom(
            KafkaConnection kafka, String topic, DecoderFactory format, Duration outOfOrderness, Duration maxFuture) {
        this(kafka, topic, format, outOfOrderness, maxFuture, System::currentTimeMillis);
    }

    WholeFrom(
            KafkaConnection kafka,
            String topic,
            DecoderFactory format,
            Duration outOfOrderness,
            Duration maxFuture,
            LongSupplier clock) {
        this.kafka = kafka;
        this.topic = topic;
        this.prices = new SentRecords(topic, format);
        this.outOfOrderness = outOfOrderness.toMillis();
        this.maxFuture = maxFuture.toMillis();
        this.clock = clock;
    }

    /**
     * Looks.
     *
     * @param positions where the job begins to read each partition
     * @param since the time by which the positions were found, in epoch milliseconds: no record before them has a timestamp
     *     at or after it; or {@link #NO_TIME}
     * @return the time in epoch milliseconds, or {@link EventTimes#BEGINNING}: the job reads the topic from its beginning
     * @throws KafkaConnection.KafkaUnusable if the topic cannot be read
     */
    public long find(Map<TopicPartition, Long> positions, long since) {
        Map<TopicPartition, Long> firsts = kafka.firstOffsets(topic);
        Map<TopicPartition, Long> begun = new HashMap<>(positions);
        begun.replaceAll((partition, position) -> Math.max(position, Partitions.value(firsts, partition)));
        begun.values().removeIf(position -> position == 0);
        if (begun.isEmpty()) {
            return EventTimes.BEGINNING;
        }
        Map<TopicPartition, Long> floors = new HashMap<>();
        begun.forEach((partition, position) ->
                floors.put(partition, Math.max(Partitions.value(firsts, partition), position - FURTHEST_BACK)));
        Map<TopicPartition, Long> latest;
        boolean areAllKept;
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer()) {
            latest = before(consumer, begun, floors);
            // Without a record that says a time, a partition that goes back to its first record has no ticks.
            begun.keySet()
                    .removeIf(partition -> latest.containsKey(partition) || Partitions.value(floors, partition) == 0);
            areAllKept = begun.isEmpty();
            latest.putAll(after(consumer, begun));
        }
        if (latest.isEmpty()) {
            return areAllKept ? EventTimes.BEGINNING : clock.getAsLong() + maxFuture + 1;
        }
        long last = latest.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        long wholeFrom = last + outOfOrderness + 1;
        // Kafka's timestamps say more where they are not behind event time.
        return areAllKept && last < since ? Math.min(since, wholeFrom) : wholeFrom;
    }

    /** The latest time that the last records before each position say, of those partitions where they say one. */
    private Map<TopicPartition, Long> before(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> positions,
            Map<TopicPartition, Long> floors) {
        Map<TopicPartition, Long> latest = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>(positions);
        for (long piece = FIRST_PIECE; ; piece *= 4) {
            ends.keySet().removeIf(latest::containsKey);
            ends.entrySet().removeIf(end -> end.getValue() <= Partitions.value(floors, end.getKey()));
            if (ends.isEmpty()) {
                return latest;
            }
            long back = piece;
            Map<TopicPartition, Long> starts =
                    map(ends, end -> Math.max(Partitions.value(floors, end.getKey()), end.getValue() - back));
            OffsetRanges ranges = new OffsetRanges(kafka, consumer, topic, starts, ends);
            while (!ranges.areOver()) {
                for (ConsumerRecord<byte[], byte[]> record : ranges.poll(Set.of())) {
                    note(record, latest);
                }
            }
            ends = starts;
        }
    }

    /** The latest time that the first records after each position say. */
    private Map<TopicPartition, Long> after(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> latest = new HashMap<>();
        if (positions.isEmpty()) {
            return latest;
        }
        Map<TopicPartition, Long> allEnds = kafka.endOffsets(topic);
        Map<TopicPartition, Long> ends =
                map(positions, start -> Math.min(Partitions.value(allEnds, start.getKey()), start.getValue() + AHEAD));
        Map<TopicPartition, Integer> counts = new HashMap<>();
        Map<TopicPartition, Long> firstTimestamps = new HashMap<>();
        Set<TopicPartition> enough = new HashSet<>();
        OffsetRanges ranges = new OffsetRanges(kafka, consumer, topic, positions, ends);
        while (!ranges.areOver()) {
            for (ConsumerRecord<byte[], byte[]> record : ranges.poll(Set.of())) {
                TopicPartition partition = new TopicPartition(topic, record.partition());
                long first = firstTimestamps.computeIfAbsent(partition, any -> record.timestamp());
                if (record.timestamp() - first > LONGEST_AHEAD && latest.containsKey(partition)) {
                    enough.add(partition);
                }
                if (!enough.contains(partition)
                        && note(record, latest)
                        && counts.merge(partition, 1, Integer::sum) == MOST_AHEAD) {
                    enough.add(partition);
                }
            }
        }
        return latest;
    }

    /** Notes the time that a record says; whether it says one. */
    private boolean note(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> latest) {
        long time = prices.decode(record).time();
        if (time == Decoded.NO_TIME) {
            return false;
        }
        latest.merge(new TopicPartition(topic, record.partition()), time, Math::max);
        return true;
    }

    private static Map<TopicPartition, Long> map(
            Map<TopicPartition, Long> offsets, ToLongFunction<Map.Entry<TopicPartition, Long>> to) {
        return offsets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, to::applyAsLong));
    }
}
