package io.tapewatch.io.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where the last records of a topic begin that one wants to see. It reads backwards: a piece before the end of each
 * partition, then one twice as long before that, until there are enough. A partition that is back at a time before all that
 * was found is left alone: its earlier records are older still, as they are where brokers stamp them.
 */
public final class LastRecords {

    private static final int FIRST_PIECE = 256;

    private final int count;
    private final Predicate<ConsumerRecord<byte[], byte[]>> wanted;
    private final Map<TopicPartition, Read> reads = new HashMap<>();

    /** What is known of a partition from {@code from} on. */
    private static final class Read {
        private final long first;
        private final Deque<Found> found = new ArrayDeque<>();
        private long from;
        private long piece;
        private long earliest = Long.MAX_VALUE;

        Read(long first, long end, long piece) {
            this.first = first;
            this.from = end;
            this.piece = piece;
        }

        /** Goes back by a piece. */
        void goBack() {
            from = Math.max(first, from - piece);
            piece *= 2;
        }
    }

    /** A record that is wanted. */
    private record Found(TopicPartition partition, long timestamp, long offset) {}

    /**
     * @param count how many are wanted, at least 1
     * @param firsts the first offset of each partition
     * @param ends the offset after the last of each
     */
    LastRecords(
            int count,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            Map<TopicPartition, Long> firsts,
            Map<TopicPartition, Long> ends) {
        this.count = count;
        this.wanted = wanted;
        ends.forEach((partition, end) ->
                reads.put(partition, new Read(Partitions.value(firsts, partition), end, Math.max(FIRST_PIECE, count))));
    }

    /**
     * The offset of the last committed record before an offset, by partition; of those partitions alone that have one.
     *
     * @param ends of one topic
     * @throws KafkaConnection.KafkaUnusable if it cannot be read
     */
    public static Map<Integer, Long> before(KafkaConnection kafka, Map<TopicPartition, Long> ends) {
        Map<Integer, Long> last = new HashMap<>();
        String topic = ends.keySet().iterator().next().topic();
        Map<TopicPartition, Long> firsts = kafka.firstOffsets(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer()) {
            ends.forEach((partition, end) -> {
                Map<TopicPartition, Long> first = Map.of(partition, Math.min(Partitions.value(firsts, partition), end));
                LastRecords one = new LastRecords(1, any -> true, first, Map.of(partition, end));
                long found = Partitions.value(one.offsets(kafka, consumer, topic), partition);
                if (found < end) {
                    last.put(partition.partition(), found);
                }
            });
        }
        return last;
    }

    /** The offset of the first of them in each partition; its end where it has none. */
    Map<TopicPartition, Long> offsets(KafkaConnection kafka, KafkaConsumer<byte[], byte[]> consumer, String topic) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        reads.forEach((partition, read) -> starts.put(partition, read.from));
        Map<TopicPartition, Read> open = open();
        while (!open.isEmpty()) {
            Map<TopicPartition, Long> ends = offsets(open);
            open.values().forEach(Read::goBack);
            read(new OffsetRanges(kafka, consumer, topic, offsets(open), ends), topic);
            open = open();
        }
        for (Found one : last()) {
            starts.merge(one.partition, one.offset, Math::min);
        }
        return starts;
    }

    private void read(OffsetRanges ranges, String topic) {
        Map<TopicPartition, Deque<Found>> found = new HashMap<>();
        Map<TopicPartition, Long> earliest = new HashMap<>();
        while (!ranges.areOver()) {
            for (ConsumerRecord<byte[], byte[]> record : ranges.poll(Set.of())) {
                TopicPartition partition = new TopicPartition(topic, record.partition());
                earliest.merge(partition, record.timestamp(), Math::min);
                if (wanted.test(record)) {
                    Deque<Found> ofPartition = found.computeIfAbsent(partition, p -> new ArrayDeque<>());
                    ofPartition.add(new Found(partition, record.timestamp(), record.offset()));
                    if (ofPartition.size() > count) {
                        ofPartition.remove();
                    }
                }
            }
        }
        earliest.forEach((partition, time) -> Partitions.value(reads, partition).earliest = time);
        found.forEach((partition, earlier) -> {
            Deque<Found> all = Partitions.value(reads, partition).found;
            while (all.size() < count && !earlier.isEmpty()) {
                all.addFirst(earlier.removeLast());
            }
        });
    }

    /** The partitions whose earlier records may be among the last. */
    private Map<TopicPartition, Read> open() {
        Collection<Found> last = last();
        long since = last.size() < count
                ? Long.MIN_VALUE
                : last.stream().mapToLong(Found::timestamp).min().getAsLong();
        return reads.entrySet().stream()
                .filter(each -> {
                    Read read = each.getValue();
                    return read.from > read.first && read.found.size() < count && read.earliest >= since;
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The last of those that were found: in a merge of the partitions from their ends, the later first. */
    private Collection<Found> last() {
        Map<TopicPartition, Deque<Found>> left = new HashMap<>();
        PriorityQueue<Found> heads = new PriorityQueue<>((a, b) -> a.timestamp != b.timestamp
                ? Long.compare(b.timestamp, a.timestamp)
                : Integer.compare(b.partition.partition(), a.partition.partition()));
        reads.forEach((partition, read) -> {
            Deque<Found> found = new ArrayDeque<>(read.found);
            left.put(partition, found);
            if (!found.isEmpty()) {
                heads.add(found.removeLast());
            }
        });
        Deque<Found> last = new ArrayDeque<>();
        while (last.size() < count && !heads.isEmpty()) {
            Found next = heads.remove();
            last.addFirst(next);
            Deque<Found> others = Partitions.value(left, next.partition);
            if (!others.isEmpty()) {
                heads.add(others.removeLast());
            }
        }
        return last;
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, Read> reads) {
        return reads.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, read -> read.getValue().from));
    }
}
