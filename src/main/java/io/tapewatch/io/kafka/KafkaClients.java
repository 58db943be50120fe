package io.tapewatch.io.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of a {@link KafkaConnection}, which lose their patience when it does. */
public final class KafkaClients {

    private static final int FETCH_WAIT_MILLIS = 100;

    private final String servers;
    private final Properties properties;
    private final Duration patience;

    /** @throws KafkaConnection.KafkaUnusable if the settings cannot be those of a client */
    public KafkaClients(String servers, Properties properties, Duration patience) {
        this.servers = servers;
        this.properties = properties;
        this.patience = patience;
        KafkaFaults.ofEntries(properties).ifPresent(fault -> {
            throw KafkaConnection.KafkaUnusable.because(servers, fault);
        });
    }

    Admin admin() {
        return client(
                Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis()), Admin::create);
    }

    /**
     * A client with these settings and those of the connection: these go before.
     *
     * @throws KafkaConnection.KafkaUnusable if the settings cannot be those of such a client
     */
    public <C> C client(Map<String, Object> settings, Function<Properties, C> creation) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis() / 2);
        all.putAll(settings);
        try {
            return creation.apply(all);
        } catch (KafkaException e) {
            throw KafkaConnection.KafkaUnusable.because(servers, KafkaFaults.ofSettings(e, properties));
        }
    }

    /** A producer whose records arrive once and in order, or fail as soon as the connection loses its patience. */
    KafkaProducer<byte[], byte[]> producer() {
        return client(
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.RETRIES_CONFIG,
                        Integer.MAX_VALUE,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        patience.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) patience.toMillis()),
                KafkaClients::producerOf);
    }

    /** A producer of many records, which arrive once and in order. */
    KafkaProducer<byte[], byte[]> feedProducer() {
        return client(
                Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "tapewatch-feed",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.RETRIES_CONFIG,
                        Integer.MAX_VALUE,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        16L << 20),
                KafkaClients::producerOf);
    }

    private static KafkaProducer<byte[], byte[]> producerOf(Properties all) {
        all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * A consumer that belongs to no group, for partitions that it is assigned. A person waits for it: brokers answer soon
     * when there is nothing new, so that it can turn to something else.
     */
    public CarefulConsumer consumer() {
        return client(
                Map.of(
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        FETCH_WAIT_MILLIS,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) patience.toMillis()),
                all -> {
                    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
                    all.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
                    return new CarefulConsumer(all);
                });
    }
}
