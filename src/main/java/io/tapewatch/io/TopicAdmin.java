package io.tapewatch.io;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks for topics and creates them. It changes none. */
public final class TopicAdmin {

    private static final long LOOK_EVERY_MILLIS = 10;

    private final KafkaConnection kafka;

    public TopicAdmin(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * Those of these topics that exist, by name.
     *
     * @throws KafkaConnection.KafkaUnusable if they cannot be looked for
     */
    public Map<String, FoundTopic> find(Collection<String> topics) {
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                kafka.admin().describeTopics(topics).topicNameValues();
        Map<String, FoundTopic> found = new HashMap<>();
        for (String topic : topics) {
            try {
                TopicDescription description = kafka.ask(inWords(topic), descriptions.get(topic));
                found.put(
                        topic,
                        new FoundTopic(
                                description.partitions().size(),
                                description.partitions().get(0).replicas().size(),
                                kafka.settings(ConfigResource.Type.TOPIC, topic)));
            } catch (KafkaConnection.KafkaUnusable e) {
                if (!isBecauseOf(e, UnknownTopicOrPartitionException.class)) {
                    throw e;
                }
            }
        }
        return found;
    }

    /**
     * Creates a topic, unless it exists.
     *
     * @return whether it was created
     * @throws KafkaConnection.KafkaUnusable if it could not be
     */
    public boolean create(TopicSpec topic) {
        try {
            kafka.ask(
                    inWords(topic.name()),
                    kafka.admin()
                            .createTopics(List.of(topic.toCreate()))
                            .values()
                            .get(topic.name()));
            return true;
        } catch (KafkaConnection.KafkaUnusable e) {
            if (isBecauseOf(e, TopicExistsException.class)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Waits until these topics are found, for as long as any answer is waited for. Brokers hear of a new topic a little
     * later than Kafka confirms it, and what is started next may ask for the topic at once.
     *
     * @throws KafkaConnection.KafkaUnusable if they cannot be looked for
     */
    public void awaitFound(Collection<String> topics) {
        long deadline = System.nanoTime() + kafka.patience().toNanos();
        while (!areFound(topics) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
    }

    private boolean areFound(Collection<String> topics) {
        try {
            kafka.expectTopics(topics);
            return true;
        } catch (KafkaConnection.KafkaUnusable e) {
            if (!isBecauseOf(e, UnknownTopicOrPartitionException.class)) {
                throw e;
            }
            return false;
        }
    }

    private static String inWords(String topic) {
        return "topic '" + topic + "'";
    }

    private static boolean isBecauseOf(KafkaConnection.KafkaUnusable failure, Class<?> cause) {
        return failure.getCause() instanceof ExecutionException answer && cause.isInstance(answer.getCause());
    }
}
