package io.tapewatch.io.source;

import io.tapewatch.io.kafka.CarefulFetch;
import io.tapewatch.io.kafka.FetchedRecords;
import io.tapewatch.io.kafka.OversizedRecord;
import io.tapewatch.io.kafka.PollState;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of a Kafka source's partitions, that a record cannot stop which does not fit into memory: a {@link
 * CarefulFetch} reads that record and its neighbours, and this reader goes on behind them.
 *
 * <p>The attempt to take 300 MB that are not there takes nothing, so there is memory to go on with. What the consumer had
 * already counted as read, and handed to nobody, is read again.
 */
// That closing it may be interrupted is the connector's doing.
@SuppressWarnings("try")
final class CarefulReader extends KafkaPartitionSplitReader {

    private static final Logger LOG = LoggerFactory.getLogger(CarefulReader.class);

    private final Properties properties;
    private final PollState state;
    private final Map<String, KafkaPartitionSplit> splits = new HashMap<>();

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param properties those of a consumer */
    static CarefulReader create(Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        return new CarefulReader(properties, new PollState(), context, metrics);
    }

    /** @param state that of its polls, empty */
    CarefulReader(
            Properties properties, PollState state, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        super(state.of(properties), context, metrics);
        this.properties = properties;
        this.state = state;
        consumer = consumerOf(this);
    }

    /**
     * The consumer that the connector keeps to itself. A class of ours in the connector's package does not reach that
     * consumer: Flink loads its own packages elsewhere.
     */
    @SuppressWarnings("unchecked")
    private static KafkaConsumer<byte[], byte[]> consumerOf(KafkaPartitionSplitReader reader) {
        try {
            Field field = KafkaPartitionSplitReader.class.getDeclaredField("consumer");
            field.setAccessible(true);
            return (KafkaConsumer<byte[], byte[]>) field.get(reader);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "KafkaPartitionSplitReader of flink-connector-kafka has no field 'consumer' that can be read."
                            + " Use the version that the job was built with.",
                    e);
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        super.handleSplitsChanges(change);
        for (KafkaPartitionSplit split : change.splits()) {
            splits.put(split.splitId(), split);
            state.forget(split.getTopicPartition());
        }
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        state.begin();
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetched;
        try {
            fetched = super.fetch();
        } catch (OutOfMemoryError e) {
            if (!OversizedRecord.mayCause(e)) {
                throw e;
            }
            try {
                return fetchCarefully().orElseThrow(() -> e);
            } catch (IOException | RuntimeException other) {
                other.addSuppressed(e);
                throw other;
            }
        }
        state.handedOut();
        Set<String> finished = fetched.finishedSplits();
        if (!finished.isEmpty()) {
            splits.keySet().removeAll(finished);
        }
        return fetched;
    }

    /** The records up to behind those that are to blame; nothing if there are none. */
    private Optional<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> fetchCarefully() throws IOException {
        RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>> records = new RecordsBySplits.Builder<>();
        List<KafkaPartitionSplit> later = new ArrayList<>();
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        // So the consumer drops the batch that it failed at. Inside that batch, it may have counted records as read.
        consumer.unsubscribe();
        boolean goesOn = false;
        long bytes = 0;
        try (CarefulFetch careful = new CarefulFetch(properties)) {
            for (KafkaPartitionSplit split : splits.values()) {
                TopicPartition partition = split.getTopicPartition();
                long position = position(careful, split);
                long stop = split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET);
                if (bytes < OversizedRecord.MOST_BYTES && !paused.contains(partition)) {
                    FetchedRecords found = careful.fetch(partition, position);
                    if (found.isInflated()) {
                        goesOn = true;
                        bytes += found.bytes();
                        warn(partition, position, found);
                        found.records().stream()
                                .filter(record -> stop < 0 || record.offset() < stop)
                                .forEach(record -> records.add(split, record));
                        position = found.next();
                    }
                }
                later.add(new KafkaPartitionSplit(partition, position, stop));
            }
        }
        if (!goesOn) {
            return Optional.empty();
        }
        handleSplitsChanges(new SplitsAddition<>(later));
        paused.retainAll(consumer.assignment());
        consumer.pause(paused);
        return Optional.of(records.build());
    }

    private static void warn(TopicPartition partition, long from, FetchedRecords found) {
        long oversized = found.records().stream().filter(OversizedRecord::is).count();
        LOG.warn(
                "Partition {} of topic '{}' has records that do not fit into memory when they are unpacked, among those"
                        + " from offset {} to {}. {} See compression.type in docs/tools.md.",
                partition.partition(),
                partition.topic(),
                from,
                found.next() - 1,
                oversized == 0
                        ? "All of them were read, in portions."
                        : "Passed over, as they have more than 32 MB: " + oversized + ".");
    }

    private long position(CarefulFetch careful, KafkaPartitionSplit split) {
        long position = state.position(split.getTopicPartition(), split.getStartingOffset());
        if (position >= 0) {
            return position;
        }
        return position == KafkaPartitionSplit.COMMITTED_OFFSET
                ? careful.committed(split.getTopicPartition())
                : careful.first(split.getTopicPartition());
    }
}
