package io.tapewatch.io.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka cluster that is asked, with patience that ends, and that says in one line what is wrong. */
public final class KafkaConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);

    /** What is wrong is said within 10 s. */
    private static final int PATIENCE_SECONDS = 8;

    /** The system property that says how many seconds an answer is waited for instead. */
    private static final String PATIENCE_PROPERTY = "tapewatch.kafka.patience-seconds";

    private static final Duration POLL = Duration.ofMillis(100);

    private final String servers;
    private final Properties properties;
    private final Duration patience;
    private final KafkaClients clients;
    private final Admin admin;

    /**
     * @param servers the brokers to ask first, {@code host:port}, comma-separated
     * @param properties further settings of the client, such as security
     */
    public KafkaConnection(String servers, Properties properties) {
        this.servers = servers;
        this.properties = properties;
        this.patience = Duration.ofSeconds(Integer.getInteger(PATIENCE_PROPERTY, PATIENCE_SECONDS));
        this.clients = new KafkaClients(servers, properties, patience);
        this.admin = clients.admin();
    }

    /** Further clients, with the settings of this connection. */
    public KafkaClients clients() {
        return clients;
    }

    /** The admin client, which {@link #close} closes. */
    public Admin admin() {
        return admin;
    }

    /** The brokers to ask first, for messages. */
    public String servers() {
        return servers;
    }

    /**
     * A producer for many records: idempotent, acknowledged by all replicas, in batches; it tries for as long as Kafka's
     * own {@code delivery.timeout.ms}. The caller closes it.
     */
    public Producer<byte[], byte[]> feedProducer() {
        return clients.feedProducer();
    }

    /**
     * What such a consumer has to hand over by now.
     *
     * @param topic where it reads
     */
    ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException e) {
            throw failed("topic '" + topic + "'", new ExecutionException(e));
        }
    }

    /** The offset of the next record that such a consumer reads. */
    long position(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition);
        } catch (KafkaException e) {
            throw failed("topic '" + partition.topic() + "'", new ExecutionException(e));
        }
    }

    /** How long an answer is waited for. */
    Duration patience() {
        return patience;
    }

    /** The number of brokers of the cluster. */
    public int brokers() {
        return ask("the cluster", admin.describeCluster().nodes()).size();
    }

    /** The number of partitions of a topic. */
    public int partitions(String topic) {
        return ask("topic '" + topic + "'", describe(topic)).partitions().size();
    }

    /** Asks for a topic, and does not wait. */
    Future<TopicDescription> describe(String topic) {
        return Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic), topic);
    }

    /** Says which of these topics do not exist, if any. */
    public void expectTopics(Collection<String> topics) {
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(topics).topicNameValues();
        for (String topic : topics) {
            ask("topic '" + topic + "'", descriptions, topic);
        }
    }

    /** The offsets of the first record there is of each partition of a topic. */
    public Map<TopicPartition, Long> firstOffsets(String topic) {
        return offsets(topic, OffsetSpec.earliest());
    }

    /** The offsets after the last committed record of each partition of a topic, as they are now. */
    public Map<TopicPartition, Long> endOffsets(String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    /**
     * The offsets of the first record of each partition whose timestamp is not before {@code time}; after the last record
     * where there is none.
     *
     * @param time in epoch milliseconds
     */
    public Map<TopicPartition, Long> offsetsAt(String topic, long time) {
        Map<TopicPartition, Long> offsets = endOffsets(topic);
        offsets(topic, OffsetSpec.forTimestamp(time)).forEach((partition, offset) -> {
            if (offset >= 0) {
                offsets.put(partition, offset);
            }
        });
        return offsets;
    }

    /**
     * Where a consumer group has got to in each partition of a topic; the first record where it has got nowhere yet.
     *
     * @throws KafkaUnusable if records that it has not read are gone, or it has read what is not there
     */
    public Map<TopicPartition, Long> committedOffsets(String topic, String group) {
        Map<TopicPartition, Long> offsets = firstOffsets(topic);
        Map<TopicPartition, Long> ends = endOffsets(topic);
        Map<TopicPartition, OffsetAndMetadata> committed = ask(
                "group '" + group + "'", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
        for (Map.Entry<TopicPartition, Long> each : offsets.entrySet()) {
            TopicPartition partition = each.getKey();
            OffsetAndMetadata position = committed.get(partition);
            if (position != null) {
                long first = each.getValue();
                long end = Partitions.value(ends, partition);
                if (position.offset() < first) {
                    throw new KafkaUnusable(lost(group, position.offset(), partition) + " begins at " + first + ": "
                            + (first - position.offset()) + " records were deleted before they were read. Start with"
                            + " --prices.start earliest to go on without them");
                }
                if (position.offset() > end) {
                    throw new KafkaUnusable(lost(group, position.offset(), partition) + " ends at " + end
                            + ": it is not the topic that the group has read. Start with --prices.start earliest to"
                            + " read it from its beginning");
                }
                each.setValue(position.offset());
            }
        }
        return offsets;
    }

    private String lost(String group, long offset, TopicPartition partition) {
        return "group '" + group + "' has got to offset " + offset + " of partition " + partition.partition()
                + " of topic '" + partition.topic() + "' on Kafka at " + servers + ", which";
    }

    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions(topic); partition++) {
            wanted.put(new TopicPartition(topic, partition), which);
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ask(
                        "topic '" + topic + "'",
                        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** The settings of a topic or a broker that have a value; none if this client may not ask. */
    Map<String, String> settings(ConfigResource.Type type, String of) {
        ConfigResource resource = new ConfigResource(type, of);
        Map<String, String> settings = new HashMap<>();
        try {
            ask(
                            type.name().toLowerCase(Locale.ROOT) + " '" + of + "'",
                            admin.describeConfigs(List.of(resource)).values(),
                            resource)
                    .entries()
                    .stream()
                    .filter(entry -> entry.value() != null)
                    .forEach(entry -> settings.put(entry.name(), entry.value()));
        } catch (KafkaUnusable e) {
            LOG.info("Settings are not known: {}", e.getMessage());
        }
        return settings;
    }

    /**
     * Waits for an answer of Kafka.
     *
     * @param what what was asked about, in words for a message
     * @throws KafkaUnusable if there is none, or Kafka refuses
     */
    public <T> T ask(String what, Future<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnusable("interrupted while asking Kafka at " + servers, e);
        }
    }

    /**
     * Waits for one of several answers.
     *
     * @param of what it is about
     */
    public <K, T> T ask(String what, Map<K, ? extends Future<T>> answers, K of) {
        return ask(what, Objects.requireNonNull(answers.get(of), what));
    }

    /**
     * What to say of a request that failed.
     *
     * @param what what was asked about
     */
    private KafkaUnusable failed(String what, ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
            return new KafkaUnusable(
                    what + " does not exist on Kafka at " + servers + "; create it, or name the one you mean", e);
        }
        if (e.getCause() instanceof InvalidTopicException) {
            return new KafkaUnusable(
                    what + " cannot exist on Kafka at " + servers + ": a name has 1 to 249 letters, digits, dots,"
                            + " underscores and hyphens; correct it",
                    e);
        }
        if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
            return silent(e);
        }
        if (e.getCause() instanceof AuthenticationException refusal) {
            return KafkaUnusable.because(servers, KafkaFaults.ofSignIn(refusal));
        }
        if (e.getCause() instanceof AuthorizationException) {
            return new KafkaUnusable(
                    what + " on Kafka at " + servers + " is not open to this user; allow the user of "
                            + "--kafka.properties-file what docs/security.md lists, or name another",
                    e);
        }
        return new KafkaUnusable(what + " on Kafka at " + servers + " cannot be used: " + rootMessage(e), e);
    }

    private KafkaUnusable silent(@Nullable Exception cause) {
        return new KafkaUnusable(
                "Kafka at " + servers + " does not answer within " + patience.toSeconds()
                        + " s; is it running, is kafka.bootstrap-servers right, and "
                        + KafkaFaults.ofSilence(properties),
                cause);
    }

    /** What to say when a broker stops to answer. */
    KafkaUnusable silent() {
        return silent(null);
    }

    /** What to say when there is no answer any more about a topic that is followed. */
    String lost(String topic) {
        return "Kafka at " + servers + " has no answer about topic '" + topic
                + "' any more; what comes is shown when it has";
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    /** What is wrong with Kafka, in one line. */
    public static final class KafkaUnusable extends RuntimeException {
        static KafkaUnusable because(String servers, String fault) {
            return new KafkaUnusable("Kafka at " + servers + " cannot be used: " + fault);
        }

        /** @param message what happened, what was expected, and what to do */
        public KafkaUnusable(String message) {
            super(message);
        }

        public KafkaUnusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
