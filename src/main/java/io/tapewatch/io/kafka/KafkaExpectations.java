package io.tapewatch.io.kafka;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What the job expects of the settings of topics and brokers before it starts, as far as it may ask for them. */
public final class KafkaExpectations {

    private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

    /** The value of compression.type with which brokers unpack what is sent, and judge its size after that. */
    static final String UNCOMPRESSED = "uncompressed";

    private final KafkaConnection kafka;

    public KafkaExpectations(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** Whether a topic is known to let producers set its records' timestamps. */
    public boolean letsProducersStamp(String topic) {
        return setting(ConfigResource.Type.TOPIC, topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                .filter("CreateTime"::equals)
                .isPresent();
    }

    /** Whether a topic is known to delete records that are old, also if it is compacted, too. */
    public boolean deletesOldRecords(String topic) {
        return setting(ConfigResource.Type.TOPIC, topic, TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_DELETE))
                .isPresent();
    }

    /** What to say of an input topic that is known to keep batches compressed; nothing of another. */
    public Optional<String> inflation(String topic) {
        return inflation(
                topic,
                setting(ConfigResource.Type.TOPIC, topic, TopicConfig.COMPRESSION_TYPE_CONFIG)
                        .orElse(null));
    }

    /** @param compression its compression.type, or null where that is not known */
    static Optional<String> inflation(String topic, @Nullable String compression) {
        return compression == null || compression.equals(UNCOMPRESSED)
                ? Optional.empty()
                : Optional.of("topic '" + topic + "' has compression.type=" + compression
                        + ", so a record of a few kB may unpack to more than fits into memory; set compression.type="
                        + UNCOMPRESSED + " with kafka-configs.sh, and brokers refuse it");
    }

    /**
     * Expects that a topic takes records of so many bytes.
     *
     * @param why what makes records so large, and what makes them smaller
     */
    public void expectRoom(String topic, int bytes, String why) {
        setting(ConfigResource.Type.TOPIC, topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .filter(most -> Integer.parseInt(most) < bytes)
                .ifPresent(most -> {
                    throw new KafkaConnection.KafkaUnusable(
                            "topic '" + topic + "' on Kafka at " + kafka.servers() + " takes records of at most "
                                    + most + " bytes (" + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "), and " + bytes
                                    + " are needed: " + why);
                });
    }

    /** Expects that a topic keeps records without a key, which compaction would refuse. */
    public void expectNotCompacted(String topic) {
        setting(ConfigResource.Type.TOPIC, topic, TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .ifPresent(policy -> {
                    throw new KafkaConnection.KafkaUnusable(
                            "topic '" + topic + "' on Kafka at " + kafka.servers() + " is compacted ("
                                    + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy
                                    + "), and some of its records have no key: set it to "
                                    + TopicConfig.CLEANUP_POLICY_DELETE);
                });
    }

    /** Expects that the brokers let a transaction last so long. */
    public void expectTransactions(int timeoutMillis) {
        OptionalInt most = longestTransaction();
        if (most.isPresent() && most.getAsInt() < timeoutMillis) {
            throw new KafkaConnection.KafkaUnusable("Kafka at " + kafka.servers()
                    + " allows transactions of at most " + most.getAsInt() + " ms ("
                    + MAX_TRANSACTION_TIMEOUT + "), and " + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + " is "
                    + timeoutMillis + ": set it lower in the file of --kafka.properties-file, or raise the"
                    + " brokers'");
        }
    }

    /** How long the brokers let a transaction last, in milliseconds, if that is known. */
    public OptionalInt longestTransaction() {
        Node broker = kafka.ask("the cluster", kafka.admin().describeCluster().nodes())
                .iterator()
                .next();
        return setting(ConfigResource.Type.BROKER, broker.idString(), MAX_TRANSACTION_TIMEOUT).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** A setting of a topic or a broker, if it is known: not every client may ask. */
    private Optional<String> setting(ConfigResource.Type type, String of, String name) {
        return Optional.ofNullable(kafka.settings(type, of).get(name));
    }
}
