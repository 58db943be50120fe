package io.tapewatch.io.kafka;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Notes in a {@link PollState} up to where each poll brings records. Public because Kafka makes it. */
public final class PollPositions implements ConsumerInterceptor<byte[], byte[]> {

    private PollState state;

    @Override
    public void configure(Map<String, ?> properties) {
        state = Objects.requireNonNull(PollState.in(properties), "poll state");
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> state.polled(partition, next.offset()));
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // What is committed says nothing of the polls.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
