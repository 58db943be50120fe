package io.tapewatch.io.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.apache.kafka.common.utils.Utils;

/**
 * A client that reads partitions, and that a record cannot stop which does not fit into memory. It asks the broker for the
 * batches themselves: {@link FetchedRecords} are unpacked from them.
 *
 * <p>It is for the moment in which Kafka's consumer has run out of memory: that one takes the memory for a whole record
 * before anybody is asked (and so did Kafka's own dead letter queue until KAFKA-20723).
 */
public final class CarefulFetch implements AutoCloseable {

    /** Of FetchRequest: the last version that names topics instead of their ids. */
    private static final short BY_NAME = 12;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ConsumerConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;

    /** @param properties those of the consumer that has run out of memory */
    public CarefulFetch(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, "tapewatch-careful");
        own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        config = new ConsumerConfig(own);
        LogContext log = new LogContext("[careful fetch] ");
        client = new NetworkClient(
                new Selector(
                        NetworkReceive.UNLIMITED,
                        config.getLong(ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG),
                        metrics,
                        Time.SYSTEM,
                        "careful-fetch",
                        Map.of(),
                        false,
                        ClientUtils.createChannelBuilder(config, Time.SYSTEM, log),
                        log),
                new ManualMetadataUpdater(),
                "tapewatch-careful",
                1,
                0,
                0,
                Selectable.USE_DEFAULT_BUFFER_SIZE,
                config.getInt(ConsumerConfig.RECEIVE_BUFFER_CONFIG),
                config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                config.getLong(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG),
                config.getLong(ConsumerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG),
                Time.SYSTEM,
                false,
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE);
        try {
            consumer = new KafkaConsumer<>(own);
        } catch (RuntimeException | Error e) {
            client.close();
            metrics.close();
            throw e;
        }
    }

    /** The offset of the first record there is. */
    public long first(TopicPartition partition) {
        return Partitions.value(consumer.beginningOffsets(Set.of(partition)), partition);
    }

    /** The offset that the group has committed, or else that of the first record there is. */
    public long committed(TopicPartition partition) {
        var committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? first(partition) : committed.offset();
    }

    /**
     * What the consumer finds from an offset on: the records of as many bytes as it fetches at a time. They end behind the
     * batch of the first that is oversized.
     *
     * @throws KafkaException if no broker hands them out
     */
    public FetchedRecords fetch(TopicPartition partition, long from) throws IOException {
        Timer timer = Time.SYSTEM.timer(config.getInt(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
        while (true) {
            FetchResponseData.PartitionData answer;
            try {
                answer = ask(partition, from);
            } catch (IOException | RetriableException e) {
                timer.update();
                if (timer.isExpired()) {
                    throw e;
                }
                Time.SYSTEM.sleep(config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG));
                // This waits for a leader, and learns which broker that is.
                first(partition);
                continue;
            }
            return FetchedRecords.unpack(partition, from, answer);
        }
    }

    /** @throws IOException if the connection ends before the answer is there */
    private FetchResponseData.PartitionData ask(TopicPartition partition, long from) throws IOException {
        Node leader = consumer.partitionsFor(partition.topic()).stream()
                .filter(each -> each.partition() == partition.partition())
                .map(PartitionInfo::leader)
                .filter(each -> each != null && !each.isEmpty())
                .findFirst()
                .orElseThrow(() -> new LeaderNotAvailableException("no broker leads " + partition));
        int timeout = config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (!NetworkClientUtils.awaitReady(client, leader, Time.SYSTEM, timeout)) {
            throw new TimeoutException("no connection to " + leader);
        }
        int most = config.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
        FetchRequest.PartitionData wanted = new FetchRequest.PartitionData(
                Uuid.ZERO_UUID, from, FetchRequest.INVALID_LOG_START_OFFSET, most, Optional.empty());
        ClientRequest request = client.newClientRequest(
                leader.idString(),
                FetchRequest.Builder.forConsumer(BY_NAME, 0, 0, Map.of(partition, wanted))
                        .isolationLevel(IsolationLevel.valueOf(config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)
                                .toUpperCase(Locale.ROOT)))
                        .setMaxBytes(most),
                Time.SYSTEM.milliseconds(),
                true);
        FetchResponse response = (FetchResponse)
                NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM).responseBody();
        response.error().maybeThrow();
        FetchResponseData.PartitionData answer =
                response.data().responses().get(0).partitions().get(0);
        Errors.forCode(answer.errorCode()).maybeThrow();
        return answer;
    }

    @Override
    public void close() throws IOException {
        Utils.closeAll(client, metrics, () -> consumer.close(CloseOptions.timeout(CLOSING)));
    }
}
