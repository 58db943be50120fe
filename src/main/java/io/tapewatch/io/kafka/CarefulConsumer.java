package io.tapewatch.io.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer of a tool, that a record cannot stop which does not fit into memory: it hands out the beginning of that
 * record. For partitions that it is assigned, and told where to begin.
 */
final class CarefulConsumer extends KafkaConsumer<byte[], byte[]> {

    private final Properties properties;

    /** Where each partition goes on, where that is known; else at its beginning. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    CarefulConsumer(Properties properties) {
        super(properties, new BoundedBytes(), new BoundedBytes());
        this.properties = properties;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        positions.put(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        super.seekToBeginning(partitions);
        positions.keySet().removeAll(partitions);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            records.nextOffsets().forEach((partition, next) -> positions.put(partition, next.offset()));
            return records;
        } catch (OutOfMemoryError e) {
            if (!OversizedRecord.mayCause(e)) {
                throw e;
            }
            try {
                return pollCarefully(e);
            } catch (IOException other) {
                other.addSuppressed(e);
                throw new UncheckedIOException(other);
            } catch (RuntimeException other) {
                other.addSuppressed(e);
                throw other;
            }
        }
    }

    /** @throws OutOfMemoryError the same, if no record is to blame */
    private ConsumerRecords<byte[], byte[]> pollCarefully(OutOfMemoryError error) throws IOException {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Set<TopicPartition> assigned = Set.copyOf(assignment());
        Set<TopicPartition> paused = Set.copyOf(paused());
        long bytes = 0;
        // So the consumer drops the batch that it failed at.
        unsubscribe();
        assign(assigned);
        pause(paused);
        try (CarefulFetch careful = new CarefulFetch(properties)) {
            for (TopicPartition partition : assigned) {
                Long known = positions.get(partition);
                long position = known == null ? careful.first(partition) : known;
                if (bytes < OversizedRecord.MOST_BYTES && !paused.contains(partition)) {
                    FetchedRecords found = careful.fetch(partition, position);
                    if (found.isInflated()) {
                        records.put(partition, found.records());
                        position = found.next();
                        bytes += found.bytes();
                    }
                }
                // Also of the others: what the failed poll had of them is lost.
                seek(partition, position);
            }
        }
        if (records.isEmpty()) {
            throw error;
        }
        return new ConsumerRecords<>(records, Map.of());
    }
}
