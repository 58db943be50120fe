package io.tapewatch.io.lease;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * The reader of a {@link LeasedSource}. It keeps its splits to itself until the lease is won: those of a savepoint, too.
 *
 * @param <T> what is read
 */
@SuppressWarnings("try") // Flink's readers throw any Exception when they are closed.
final class LeasedReader<T> implements SourceReader<T, KafkaPartitionSplit> {

    private final SourceReader<T, KafkaPartitionSplit> reader;
    private final CompletableFuture<Void> won = new CompletableFuture<>();
    private final List<KafkaPartitionSplit> waiting = new ArrayList<>();
    private boolean reading;
    private boolean noMoreSplits;

    LeasedReader(SourceReader<T, KafkaPartitionSplit> reader) {
        this.reader = reader;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (!(event instanceof LeaseWon)) {
            reader.handleSourceEvents(event);
        } else if (!reading) {
            reading = true;
            if (!waiting.isEmpty()) {
                reader.addSplits(List.copyOf(waiting));
                waiting.clear();
            }
            if (noMoreSplits) {
                reader.notifyNoMoreSplits();
            }
            won.complete(null);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return reading ? reader.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reading ? reader.isAvailable() : won;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        if (reading) {
            reader.addSplits(splits);
        } else {
            waiting.addAll(splits);
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        if (reading) {
            reader.notifyNoMoreSplits();
        } else {
            noMoreSplits = true;
        }
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        List<KafkaPartitionSplit> splits = new ArrayList<>(reader.snapshotState(checkpoint));
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
