package io.tapewatch.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.apache.kafka.common.KafkaException;
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

    /** Whether the consumer may still hold the batch that it failed at, and refuse to go on with it. */
    private boolean mayHoldFailed;

    /** @param properties those of a consumer */
    static CarefulReader create(Properties properties, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        return new CarefulReader(properties, new PollState(), context, metrics);
    }

    private CarefulReader(
            Properties properties, PollState state, SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
        super(state.of(properties), context, metrics);
        this.properties = properties;
        this.state = state;
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
            Optional<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> records = fetchCarefully();
            mayHoldFailed = true;
            return records.orElseThrow(() -> e);
        } catch (KafkaException e) {
            // It had counted records up to there as read, and this reader has gone on just there.
            if (!mayHoldFailed) {
                throw e;
            }
            return fetchCarefully().orElseThrow(() -> e);
        }
        mayHoldFailed = false;
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
        boolean goesOn = false;
        try (CarefulFetch careful = new CarefulFetch(properties)) {
            for (KafkaPartitionSplit split : splits.values()) {
                TopicPartition partition = split.getTopicPartition();
                long position = position(careful, split);
                CarefulFetch.Found found = careful.fetch(partition, position);
                long stop = split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET);
                if (found.isInflated()) {
                    goesOn = true;
                    LOG.warn(
                            "Partition {} of topic '{}' has a record that does not fit into memory when it is unpacked,"
                                    + " among those from offset {} to {}. It is passed over. See compression.type in"
                                    + " docs/tools.md.",
                            partition.partition(),
                            partition.topic(),
                            position,
                            found.next() - 1);
                    found.records().stream()
                            .filter(record -> stop < 0 || record.offset() < stop)
                            .forEach(record -> records.add(split, record));
                }
                later.add(new KafkaPartitionSplit(partition, found.isInflated() ? found.next() : position, stop));
            }
        }
        if (!goesOn) {
            return Optional.empty();
        }
        handleSplitsChanges(new SplitsAddition<>(later));
        return Optional.of(records.build());
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
