package io.tapewatch.feed;

import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends prices to a Kafka topic, and quotes to another, in the order in which they are given, on one clock and at a chosen
 * {@link Speed}. Each is one record, its key the symbol. At its end it sends a last heartbeat.
 *
 * <p>One thread calls {@link #send}; any thread may ask for the counts.
 */
public final class PriceFeed implements AutoCloseable {

    private final FeedProducer producer;
    private final FedTopic prices;
    private final FedTopic quotes;
    private final Speed speed;

    private final Heartbeats heartbeats;
    private final LongSupplier nanoTime;

    private @Nullable Pace pace;
    private volatile long eventTime = Long.MIN_VALUE;

    /**
     * @param pricesTopic an existing topic
     * @param quotesTopic another, or null: there are no quotes
     * @throws io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable if a topic cannot be found
     */
    public PriceFeed(KafkaConnection kafka, String pricesTopic, @Nullable String quotesTopic, Speed speed) {
        this(kafka, pricesTopic, quotesTopic, speed, System::nanoTime);
    }

    /** @param nanoTime a clock that only goes forward, from any origin */
    PriceFeed(
            KafkaConnection kafka,
            String pricesTopic,
            @Nullable String quotesTopic,
            Speed speed,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.speed = speed;
        this.prices = new FedTopic(pricesTopic, kafka.partitions(pricesTopic));
        this.quotes =
                quotesTopic == null ? new FedTopic("", 0) : new FedTopic(quotesTopic, kafka.partitions(quotesTopic));
        this.producer = new FeedProducer(kafka);
        this.heartbeats = new Heartbeats(producer, List.of(prices, quotes), nanoTime.getAsLong());
    }

    /**
     * Sends all there is, and returns when Kafka has acknowledged it.
     *
     * @throws IOException if a row does not hold what it should, or Kafka did not take a record; the rows before it are
     *     sent
     * @throws InterruptedException if the thread was interrupted
     */
    public void send(FeedSource source) throws IOException, InterruptedException {
        try (FeedRows rows = source.open()) {
            for (FeedRow row = rows.next(); row != null; row = rows.next()) {
                awaitTurn(row.time(), row.nanos());
                send(row, row instanceof QuoteRow ? quotes : prices);
            }
        }
        if (eventTime > Long.MIN_VALUE) {
            heartbeats.send(eventTime, nanoTime.getAsLong());
        }
        producer.flush();
    }

    /**
     * Sends heartbeats after all records: event time moves on so far, and what waits for it need not wait for more records.
     *
     * @param millis how far after the latest record
     * @throws IOException if Kafka did not take one
     * @throws InterruptedException if the thread was interrupted
     */
    public void moveOn(long millis) throws IOException, InterruptedException {
        long time = eventTime + millis;
        // Nothing was sent, or the records are of now: time moves on by itself.
        if (millis > 0 && eventTime > Long.MIN_VALUE && time < System.currentTimeMillis()) {
            eventTime = time;
            heartbeats.send(time, nanoTime.getAsLong());
            producer.flush();
        }
    }

    /**
     * Returns when Kafka has acknowledged what was sent, also after {@link #send} was interrupted.
     *
     * @throws IOException if it did not take a record
     * @throws InterruptedException if the thread was interrupted
     */
    public void flush() throws IOException, InterruptedException {
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

    private void awaitTurn(long time, int nanos) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the feed was interrupted");
        }
        long now = nanoTime.getAsLong();
        if (!speed.isPaced()) {
            if (heartbeats.areDue(now) && eventTime > Long.MIN_VALUE) {
                heartbeats.send(eventTime, now);
            }
            return;
        }
        if (pace == null) {
            pace = new Pace(speed, time, nanos, now);
        }
        while (true) {
            if (heartbeats.areDue(now)) {
                eventTime = Math.max(eventTime, Math.min(pace.eventTimeAt(now), time));
                heartbeats.send(eventTime, now);
            }
            long wait = pace.nanosUntil(time, nanos, now);
            if (wait <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(wait, heartbeats.nanosUntilNext(now)));
            now = nanoTime.getAsLong();
        }
    }

    private void send(FeedRow row, FedTopic topic) throws IOException, InterruptedException {
        producer.send(topic.name(), row.symbol(), FeedJson.of(row));
        topic.countSent();
        eventTime = Math.max(eventTime, row.time());
    }
}
