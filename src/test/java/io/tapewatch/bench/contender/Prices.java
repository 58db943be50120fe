package io.tapewatch.bench.contender;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of generated trades that contenders read: compressed by lz4, the symbol is the record's key. */
public final class Prices {

    private static final long TOLD_EVERY = 1_000_000;

    private Prices() {}

    /**
     * Creates a topic and fills it.
     *
     * @param ticks how many trades
     * @param sent is told now and then how many have been sent
     */
    public static void send(
            String bootstrapServers,
            String topic,
            int partitions,
            int symbols,
            long ticks,
            long seed,
            LongConsumer sent)
            throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())
                            .configs(Map.of(
                                    "message.timestamp.type", "LogAppendTime",
                                    "retention.ms", "-1",
                                    "retention.bytes", "-1"))))
                    .all()
                    .get();
        }
        AtomicReference<Exception> failure = new AtomicReference<>();
        SkewedTicks market = new SkewedTicks(symbols, seed);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        50,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 18,
                        // The first batches of a new topic must not overtake each other.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long i = 0; i < ticks && failure.get() == null; i++) {
                SkewedTicks.Sent tick = market.next();
                send(producer, new ProducerRecord<>(topic, tick.key(), tick.value()), failure);
                if ((i + 1) % TOLD_EVERY == 0) {
                    sent.accept(i + 1);
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka did not take a trade", failure.get());
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            AtomicReference<Exception> failure) {
        producer.send(record, (at, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }
}
