package io.tapewatch.io.kafka;

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

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
                TopicDescription description = kafka.ask(inWords(topic), descriptions, topic);
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
     * Creates a topic, unless it exists, and returns when clients find it: brokers hear of it a little later than it is
     * confirmed.
     *
     * @return whether it was created
     * @throws KafkaConnection.KafkaUnusable if it could not be
     */
    public boolean create(TopicSpec topic) {
        try {
            kafka.ask(
                    inWords(topic.name()),
                    kafka.admin().createTopics(List.of(topic.toCreate())).values(),
                    topic.name());
            awaitFound(topic.name());
            return true;
        } catch (KafkaConnection.KafkaUnusable e) {
            if (isBecauseOf(e, TopicExistsException.class)) {
                return false;
            }
            throw e;
        }
    }

    /** However long it takes, it is created. */
    private void awaitFound(String topic) {
        long deadline = System.nanoTime() + kafka.patience().toNanos();
        while (!isThere(topic) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private boolean isThere(String topic) {
        try {
            kafka.ask(inWords(topic), kafka.describe(topic));
            return true;
        } catch (KafkaConnection.KafkaUnusable e) {
            if (isBecauseOf(e, UnknownTopicOrPartitionException.class)) {
                return false;
            }
            throw e;
        }
    }

    private static String inWords(String topic) {
        return "topic '" + topic + "'";
    }

    private static boolean isBecauseOf(KafkaConnection.KafkaUnusable failure, Class<?> cause) {
        return failure.getCause() instanceof ExecutionException answer && cause.isInstance(answer.getCause());
    }
}
