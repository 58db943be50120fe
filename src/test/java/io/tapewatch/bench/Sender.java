package io.tapewatch.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of prices and quotes, each partition in the order of sending. */
final class Sender implements AutoCloseable {

    private static final int DIGITS = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private Sender(String bootstrapServers, int lingerMillis) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMillis,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17,
                        // The first batches of a new topic must not overtake each other.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One that sends much at once. */
    static Sender ofMany(String bootstrapServers) {
        return new Sender(bootstrapServers, 20);
    }

    /** One that sends each record at once. */
    static Sender ofEach(String bootstrapServers) {
        return new Sender(bootstrapServers, 0);
    }

    /** The name of a symbol. */
    static String symbol(int number) {
        String digits = String.valueOf(number);
        return "S" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** A tick, as JSON. */
    static String tick(String symbol, double price, int size, long time) {
        return "{\"symbol\":\"" + symbol + "\",\"price\":" + price + ",\"size\":" + size + ",\"time\":" + time + "}";
    }

    void send(String topic, int partition, String json) {
        send(topic, partition, json, at -> {});
    }

    /** @param sent is told where the record is, and when it was appended */
    void send(String topic, int partition, String json, Consumer<RecordMetadata> sent) {
        byte[] value = json.getBytes(StandardCharsets.US_ASCII);
        producer.send(new ProducerRecord<>(topic, partition, null, value), (at, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            } else {
                sent.accept(at);
            }
        });
    }

    /** Moves event time on in all partitions of a topic. */
    void sendHeartbeats(String topic, int partitions, long time) {
        for (int partition = 0; partition < partitions; partition++) {
            send(topic, partition, "{\"heartbeat\":true,\"time\":" + time + "}");
        }
    }

    /** Fails if a record was not taken. */
    void expectSent() {
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka did not take a record", failure.get());
        }
    }

    /** Sends all there is, and fails if a record was not taken. */
    @Override
    public void close() {
        producer.close();
        expectSent();
    }
}
