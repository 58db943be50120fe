package io.tapewatch.feed;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells every partition of a feed's topics once a second which event time the feed has reached, so that windows close and
 * silences are noticed while nothing trades.
 *
 * <p>A clock here is nanoseconds that only go forward, from any origin.
 */
public final class Heartbeats {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FeedProducer producer;
    private final List<FedTopic> topics;
    private long nextNanos;

    /** @param nowNanos the first is due a second after this */
    public Heartbeats(FeedProducer producer, List<FedTopic> topics, long nowNanos) {
        this.producer = producer;
        this.topics = List.copyOf(topics);
        this.nextNanos = nowNanos + EVERY_NANOS;
    }

    /** Whether it is time for the next one. */
    public boolean areDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    /** How long until the next one is due; negative if it is overdue. */
    public long nanosUntilNext(long nowNanos) {
        return nextNanos - nowNanos;
    }

    /**
     * Sends one to every partition; those that should have been sent before are not made up for.
     *
     * @param time the event time that has been reached, in epoch milliseconds
     */
    public void send(long time, long nowNanos) throws IOException, InterruptedException {
        byte[] value = FeedJson.heartbeat(time);
        for (FedTopic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                producer.send(topic.name(), partition, value);
                topic.countHeartbeat();
            }
        }
        nextNanos += EVERY_NANOS * Math.max(1, 1 + (nowNanos - nextNanos) / EVERY_NANOS);
    }
}
