package io.tapewatch.io.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A reader before and after its job has won the lease. */
class LeasedReaderTest {

    private final Plain plain = new Plain();
    private final LeasedReader<String> reader = new LeasedReader<>(plain);

    @Test
    void beforeTheLeaseIsWonNothingIsReadAndNoSplitOfACheckpointIsLost() throws Exception {
        reader.addSplits(List.of(split(0), split(1)));
        reader.notifyNoMoreSplits();
        assertThat(plain.splits).isEmpty();
        assertThat(plain.noMoreSplits).isFalse();
        assertThat(reader.pollNext(null)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        assertThat(reader.snapshotState(1)).containsExactly(split(0), split(1));
    }

    @Test
    void whenTheLeaseIsWonTheSplitsThatWaitedAreReadAndFurtherOnesAtOnce() throws Exception {
        reader.addSplits(List.of(split(0)));
        reader.notifyNoMoreSplits();
        CompletableFuture<Void> available = reader.isAvailable();
        reader.handleSourceEvents(new LeaseWon());
        assertThat(available).isDone();
        reader.handleSourceEvents(new LeaseWon());
        assertThat(plain.splits).as("once, however often it is told").containsExactly(split(0));
        assertThat(plain.noMoreSplits).isTrue();
        reader.addSplits(List.of(split(1)));
        assertThat(plain.splits).containsExactly(split(0), split(1));
        assertThat(reader.pollNext(null)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.snapshotState(1)).containsExactly(split(0), split(1));
    }

    @Test
    void anEventOfAnotherKindIsForTheReaderWithin() {
        SourceEvent other = new SourceEvent() {
            private static final long serialVersionUID = 1;
        };
        reader.handleSourceEvents(other);
        assertThat(plain.events).containsExactly(other);
        assertThat(reader.isAvailable()).isNotDone();
    }

    private static KafkaPartitionSplit split(int partition) {
        return new KafkaPartitionSplit(new TopicPartition("prices", partition), 7);
    }

    /** A reader that reads whatever it has. */
    private static final class Plain implements SourceReader<String, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();
        private final List<SourceEvent> events = new ArrayList<>();
        private boolean noMoreSplits;

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<String> output) {
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> more) {
            splits.addAll(more);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            events.add(event);
        }

        @Override
        public void close() {}
    }
}
