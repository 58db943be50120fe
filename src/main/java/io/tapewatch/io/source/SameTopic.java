package io.tapewatch.io.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetIdentifierProvider;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * A topic that is read, looked for now and then. Kafka's clients wait for a topic that is deleted as if it were empty, and
 * go on in one of the same name at the offset they had got to in the other. This fails the job instead.
 */
final class SameTopic implements KafkaSubscriber, KafkaDatasetIdentifierProvider {

    private static final long serialVersionUID = 1;

    private final String topic;

    /** Of the topic that was found first. Flink keeps this object over restarts of the job. */
    private transient volatile @Nullable Uuid id;

    SameTopic(String topic) {
        this.topic = topic;
    }

    /**
     * The partitions of the topic.
     *
     * @throws FlinkRuntimeException if it is not there
     * @throws Recreated if it is another one
     */
    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        TopicDescription found = describe(admin);
        if (id == null) {
            id = found.topicId();
        } else if (!id.equals(found.topicId())) {
            throw new Recreated(topic);
        }
        return found.partitions().stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .collect(Collectors.toSet());
    }

    private TopicDescription describe(AdminClient admin) {
        try {
            return Objects.requireNonNull(
                            admin.describeTopics(List.of(topic))
                                    .topicNameValues()
                                    .get(topic),
                            topic)
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause(), "cause");
            throw new FlinkRuntimeException(
                    cause instanceof UnknownTopicOrPartitionException
                            ? "topic '" + topic
                                    + "', which the job reads, does not exist any more: it has been deleted."
                                    + " Create it, and start the job without a savepoint"
                            : "topic '" + topic + "', which the job reads, cannot be looked for: " + cause.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("interrupted while looking for topic '" + topic + "'", e);
        }
    }

    @Override
    public Optional<DefaultKafkaDatasetIdentifier> getDatasetIdentifier() {
        return Optional.of(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic)));
    }

    /** A topic was replaced by another one of its name. No restart makes an offset of the one that of the other. */
    @ThrowableAnnotation(ThrowableType.NonRecoverableError)
    static final class Recreated extends FlinkRuntimeException {

        private static final long serialVersionUID = 1;

        Recreated(String topic) {
            super("topic '" + topic + "', which the job reads, has been deleted and created again, and the job knows"
                    + " where it has got to in the old one only. Start it without a savepoint (of prices and quotes"
                    + " from --prices.start on, such as earliest)");
        }
    }
}
