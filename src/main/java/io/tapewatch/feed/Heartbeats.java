package io.tapewatch.feed;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records that tell every partition of a feed's topics which event time the feed has reached, once a second, so that windows
 * close and silences are noticed while nothing trades.
 *
 * <p>A heartbeat keeps its partition from going idle. So a heartbeat with an old time holds back the event time of the whole
 * topic: the partition stays active, and far behind the others. A feed may therefore send a heartbeat only when its time is
 * not behind what the other partitions have come to. Two kinds of feed see to that in two ways:
 *
 * <ul>
 *   <li>A replay and a simulation ({@link PriceFeed}) say the time that their rows have reached. Their rows go to the same
 *       topics and say the same times, so the heartbeats hold back nothing that the rows do not. Beside live prices a replay
 *       of the past holds the live windows open for as long as it lasts, and needs a topic of its own.
 *   <li>A live feed whose prices may come late ({@code feed.yahoo}) can only promise a time in the past. It sends a heartbeat
 *       only when that time is not before the {@linkplain LastWrite moment at which anyone last wrote} to the topic.
 * </ul>
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
        passOver(nowNanos);
        sendBetween(time);
    }

    /** Leaves out the one that is due. */
    public void passOver(long nowNanos) {
        nextNanos += EVERY_NANOS * Math.max(1, 1 + (nowNanos - nextNanos) / EVERY_NANOS);
    }

    /**
     * Sends one to every partition, whenever the next is due.
     *
     * @param time the event time that has been reached, in epoch milliseconds
     */
    public void sendBetween(long time) throws IOException, InterruptedException {
        byte[] value = FeedJson.heartbeat(time);
        for (FedTopic topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                producer.send(topic.name(), partition, value);
                topic.countHeartbeat();
            }
        }
    }
}
