package io.tapewatch.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hands records to Kafka, and tells when it did not take one. */
final class FeedProducer implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private volatile Exception failure;
    private volatile String failedTopic;

    FeedProducer(String bootstrapServers) {
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
    }

    /**
     * How many partitions a topic has.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be found
     */
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /** A record of a symbol. */
    void send(String topic, String symbol, byte[] value) throws IOException, InterruptedException {
        send(new ProducerRecord<>(topic, symbol.getBytes(StandardCharsets.UTF_8), value));
    }

    /** A record of no symbol. */
    void send(String topic, int partition, byte[] value) throws IOException, InterruptedException {
        send(new ProducerRecord<>(topic, partition, null, value));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws IOException, InterruptedException {
        checkAcknowledged();
        try {
            producer.send(record, (metadata, e) -> {
                if (e != null) {
                    failedTopic = record.topic();
                    failure = e;
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        }
    }

    /** Returns when Kafka has acknowledged all of it. */
    void flush() throws IOException, InterruptedException {
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

    private static InterruptedException interrupted(Exception cause) {
        InterruptedException interrupted = new InterruptedException("the feed was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
