package io.tapewatch.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends recorded prices to a Kafka topic, in the order of their files and at a chosen {@link Speed}.
 *
 * <p>Each price is one record, its key the symbol. A paced feed also sends a heartbeat once a second to every
 * partition, with the event time it has reached, so that windows close while nothing trades.
 *
 * <p>One thread calls {@link #send}; any thread may ask for the counts.
 */
public final class PriceFeed implements AutoCloseable {

    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final Speed speed;

    private Pace pace;
    private long nextHeartbeatNanos;
    private volatile long sent;
    private volatile long heartbeats;
    private volatile long eventTime = Long.MIN_VALUE;
    private volatile Exception failure;

    /**
     * @param bootstrapServers where Kafka is, {@code host:port,…}
     * @param topic an existing topic
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be found
     */
    public PriceFeed(String bootstrapServers, String topic, Speed speed) {
        this.topic = topic;
        this.speed = speed;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "tapewatch-feed",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        16L << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            this.partitions = producer.partitionsFor(topic).size();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Sends the recordings one after the other, and returns when Kafka has acknowledged all of it.
     *
     * @throws RecordingException if a row does not hold what it should; the rows before it are sent
     * @throws IOException if Kafka did not take a record
     * @throws InterruptedException if the thread was interrupted
     */
    public void send(List<Recording> recordings, RecordingFormat format) throws IOException, InterruptedException {
        for (Recording recording : recordings) {
            try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
                for (RecordedPrice price = prices.next(); price != null; price = prices.next()) {
                    awaitTurn(price.time());
                    send(price);
                }
            }
        }
        try {
            producer.flush();
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw interrupted(e);
        }
        checkAcknowledged();
    }

    /** How many prices were handed to Kafka; heartbeats not counted. */
    public long sent() {
        return sent;
    }

    /** How many heartbeats were handed to Kafka, over all partitions. */
    public long heartbeats() {
        return heartbeats;
    }

    /** The highest event time sent, in epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long eventTime() {
        return eventTime;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
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

    private void send(RecordedPrice price) throws IOException, InterruptedException {
        byte[] key = price.symbol().getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic, key, PriceJson.of(price)));
        sent++;
        eventTime = Math.max(eventTime, price.time());
    }

    private void heartbeat(long time) throws IOException, InterruptedException {
        byte[] value = PriceJson.heartbeat(time);
        for (int partition = 0; partition < partitions; partition++) {
            send(new ProducerRecord<>(topic, partition, null, value));
            heartbeats++;
        }
        eventTime = Math.max(eventTime, time);
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws IOException, InterruptedException {
        checkAcknowledged();
        try {
            producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failure = e;
                }
            });
        } catch (org.apache.kafka.common.errors.InterruptException e) {
            throw interrupted(e);
        }
    }

    private void checkAcknowledged() throws IOException {
        Exception e = failure;
        if (e != null) {
            throw new IOException("Kafka did not take a price for topic '" + topic + "': " + e.getMessage(), e);
        }
    }

    private static InterruptedException interrupted(Exception cause) {
        InterruptedException interrupted = new InterruptedException("the feed was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }
}
