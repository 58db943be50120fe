package io.tapewatch.feed;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends recorded prices to a Kafka topic, and recorded quotes to another, in the order of their files, on one clock and at
 * a chosen {@link Speed}.
 *
 * <p>Each is one record, its key the symbol. A paced feed also sends a heartbeat once a second to every partition of both
 * topics, with the event time it has reached, so that windows close while nothing trades.
 *
 * <p>One thread calls {@link #send}; any thread may ask for the counts.
 */
public final class PriceFeed implements AutoCloseable {

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FeedProducer producer;
    private final FedTopic prices;
    private final FedTopic quotes;
    private final Speed speed;

    private Pace pace;
    private long nextHeartbeatNanos;
    private volatile long eventTime = Long.MIN_VALUE;

    /**
     * @param bootstrapServers where Kafka is, {@code host:port,…}
     * @param pricesTopic an existing topic
     * @param quotesTopic another, or null: there are no quotes
     * @throws org.apache.kafka.common.KafkaException if a topic cannot be found
     */
    public PriceFeed(String bootstrapServers, String pricesTopic, String quotesTopic, Speed speed) {
        this.speed = speed;
        this.producer = new FeedProducer(bootstrapServers);
        try {
            this.prices = new FedTopic(pricesTopic, producer.partitions(pricesTopic));
            this.quotes = quotesTopic == null
                    ? new FedTopic(null, 0)
                    : new FedTopic(quotesTopic, producer.partitions(quotesTopic));
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * Sends the recordings, and returns when Kafka has acknowledged all of it.
     *
     * @throws RecordingException if a row does not hold what it should; the rows before it are sent
     * @throws IOException if Kafka did not take a record
     * @throws InterruptedException if the thread was interrupted
     */
    public void send(Recordings recordings) throws IOException, InterruptedException {
        try (RecordedRows rows = recordings.open()) {
            for (Recorded row = rows.next(); row != null; row = rows.next()) {
                awaitTurn(row.time());
                send(row, row instanceof RecordedPrice ? prices : quotes);
            }
        }
        producer.flush();
    }

    /** What was sent to the topic of prices. */
    public FedTopic prices() {
        return prices;
    }

    /** What was sent to the topic of quotes; nothing without one. */
    public FedTopic quotes() {
        return quotes;
    }

    /** The highest event time sent, in epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long eventTime() {
        return eventTime;
    }

    @Override
    public void close() {
        producer.close();
    }

    private void awaitTurn(long time) throws IOException, InterruptedException {
        if (!speed.isPaced()) {
            return;
        }
        long now = System.nanoTime();
        if (pace == null) {
            pace = new Pace(speed, time, now);
            nextHeartbeatNanos = now + HEARTBEAT_NANOS;
        }
        while (true) {
            if (now - nextHeartbeatNanos >= 0) {
                heartbeat(Math.min(pace.eventTimeAt(now), Math.max(time, eventTime)));
                nextHeartbeatNanos += HEARTBEAT_NANOS * (1 + (now - nextHeartbeatNanos) / HEARTBEAT_NANOS);
            }
            long wait = Math.min(pace.nanosUntil(time, now), nextHeartbeatNanos - now);
            if (pace.nanosUntil(time, now) <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(wait);
            now = System.nanoTime();
        }
    }

    private void send(Recorded row, FedTopic topic) throws IOException, InterruptedException {
        producer.send(topic.name(), row.symbol(), FeedJson.of(row));
        topic.countSent();
        eventTime = Math.max(eventTime, row.time());
    }

    private void heartbeat(long time) throws IOException, InterruptedException {
        byte[] value = FeedJson.heartbeat(time);
        for (FedTopic topic : List.of(prices, quotes)) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                producer.send(topic.name(), partition, value);
                topic.countHeartbeat();
            }
        }
        eventTime = Math.max(eventTime, time);
    }
}
