package io.tapewatch.feed;

import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Hands records to Kafka, and tells when it did not take one. */
public final class FeedProducer implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final AtomicLong unacknowledged = new AtomicLong();
    private volatile @Nullable Exception failure;
    private volatile @Nullable String failedTopic;

    /** @throws io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable if the connection's settings are not those of a producer */
    public FeedProducer(KafkaConnection kafka) {
        this.producer = kafka.feedProducer();
    }

    /**
     * A record of a symbol.
     *
     * @throws IOException if Kafka did not take an earlier one
     * @throws InterruptedException if the thread was interrupted
     */
    public void send(String topic, String symbol, byte[] value) throws IOException, InterruptedException {
        send(new ProducerRecord<>(topic, symbol.getBytes(StandardCharsets.UTF_8), value));
    }

    /** A record of no symbol. */
    void send(String topic, int partition, byte[] value) throws IOException, InterruptedException {
        send(new ProducerRecord<>(topic, partition, null, value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws IOException, InterruptedException {
        checkAcknowledged();
        unacknowledged.incrementAndGet();
        try {
            producer.send(record, (metadata, e) -> {
                unacknowledged.decrementAndGet();
                if (e != null) {
                    failedTopic = record.topic();
                    failure = e;
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        }
    }

    /** Whether Kafka has answered for every record. */
    public boolean isAllAcknowledged() {
        return unacknowledged.get() == 0;
    }

    /**
     * Returns when Kafka has acknowledged all of it.
     *
     * @throws IOException if it did not take a record
     * @throws InterruptedException if the thread was interrupted
     */
    public void flush() throws IOException, InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        checkAcknowledged();
    }

    private void checkAcknowledged() throws IOException {
        Exception e = failure;
        if (e != null) {
            throw new IOException("Kafka did not take a record for topic '" + failedTopic + "': " + e.getMessage(), e);
        }
    }

    /** Kafka leaves the thread interrupted; who is told by an exception may still flush. */
    private static InterruptedException interrupted(Exception cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("the feed was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
