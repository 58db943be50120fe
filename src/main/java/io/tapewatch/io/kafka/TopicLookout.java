package io.tapewatch.io.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a topic now and then, as a consumer waits in silence for brokers that are away. What it has to say it says once,
 * and again only after an answer came.
 */
final class TopicLookout {

    private final KafkaConnection kafka;
    private final String topic;
    private final Duration pause;
    private final Duration patience;
    private @Nullable Future<TopicDescription> asked;
    private long since = System.nanoTime();
    private boolean isLost;
    private int partitions;

    /**
     * @param partitions how many the topic has
     * @param pause how long it waits after an answer
     * @param patience how long it waits for one
     */
    TopicLookout(KafkaConnection kafka, String topic, int partitions, Duration pause, Duration patience) {
        this.kafka = kafka;
        this.topic = topic;
        this.partitions = partitions;
        this.pause = pause;
        this.patience = patience;
    }

    /**
     * Looks, without waiting; to be called again and again.
     *
     * @return what there is to say
     */
    @Nullable
    String look() {
        long waited = System.nanoTime() - since;
        if (asked == null) {
            if (waited >= pause.toNanos()) {
                asked = kafka.describe(topic);
                since = System.nanoTime();
            }
            return null;
        }
        if (asked.isDone()) {
            return answered(asked);
        }
        return waited >= patience.toNanos() ? lost() : null;
    }

    private @Nullable String answered(Future<TopicDescription> answer) {
        asked = null;
        since = System.nanoTime();
        try {
            partitions = kafka.ask("topic '" + topic + "'", answer).partitions().size();
            isLost = false;
            return null;
        } catch (KafkaConnection.KafkaUnusable e) {
            boolean isGone = e.getCause() instanceof ExecutionException answered
                    && answered.getCause() instanceof UnknownTopicOrPartitionException;
            return isGone ? told(String.valueOf(e.getMessage())) : lost();
        }
    }

    private @Nullable String lost() {
        return told(kafka.lost(topic));
    }

    private @Nullable String told(String what) {
        if (isLost) {
            return null;
        }
        isLost = true;
        return what;
    }

    /** How many partitions the topic has, as it was last told. */
    int partitions() {
        return partitions;
    }
}
