package io.tapewatch.io;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a Kafka cluster what the job must know before it starts, and says in one line what is missing. */
public final class KafkaConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String servers;
    private final Admin admin;

    /**
     * @param servers the brokers to ask first, {@code host:port}, comma-separated
     * @param properties further settings of the client, such as security
     */
    public KafkaConnection(String servers, Properties properties) {
        this.servers = servers;
        Properties all = new Properties();
        all.putAll(properties);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        try {
            this.admin = Admin.create(all);
        } catch (KafkaException e) {
            throw new KafkaUnusable("Kafka at " + servers + " cannot be used: " + rootMessage(e), e);
        }
    }

    /** The number of partitions of a topic. */
    public int partitions(String topic) {
        TopicDescription description = ask(
                "topic '" + topic + "'",
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
        return description.partitions().size();
    }

    /** Says which of these topics do not exist, if any. */
    public void expectTopics(Collection<String> topics) {
        Map<String, KafkaFuture<TopicDescription>> descriptions =
                admin.describeTopics(topics).topicNameValues();
        for (String topic : topics) {
            ask("topic '" + topic + "'", descriptions.get(topic));
        }
    }

    /** The offsets after the last record of each partition of a topic, as they are now. */
    public Map<TopicPartition, Long> endOffsets(String topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions(topic); partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ask("topic '" + topic + "'", admin.listOffsets(latest).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Whether a topic is known to let producers set its records' timestamps; not every client may ask. */
    public boolean letsProducersStamp(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            ConfigEntry stamp = ask(
                            "topic '" + topic + "'",
                            admin.describeConfigs(List.of(resource)).values().get(resource))
                    .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
            return stamp != null && "CreateTime".equals(stamp.value());
        } catch (KafkaUnusable e) {
            LOG.info("Not known: {}", e.getMessage());
            return false;
        }
    }

    private <T> T ask(String what, KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new KafkaUnusable(
                        what + " does not exist on Kafka at " + servers + "; create it, or name the one you mean", e);
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw silent(e);
            }
            throw new KafkaUnusable(what + " on Kafka at " + servers + " cannot be used: " + rootMessage(e), e);
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnusable("interrupted while asking Kafka at " + servers, e);
        }
    }

    private KafkaUnusable silent(Exception cause) {
        return new KafkaUnusable(
                "Kafka at " + servers + " does not answer within " + PATIENCE.toSeconds()
                        + " s; is it running, and is kafka.bootstrap-servers right?",
                cause);
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    /** What is wrong with Kafka, in one line. */
    public static final class KafkaUnusable extends RuntimeException {
        KafkaUnusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
