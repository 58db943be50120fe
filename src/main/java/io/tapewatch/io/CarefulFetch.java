package io.tapewatch.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * A reader of partitions that a record cannot stop which does not fit into memory. It asks the broker for the batches
 * themselves, and unpacks a batch as a stream: of an {@link OversizedRecord} it keeps the beginning, and the records before
 * and behind it are as Kafka's consumer would hand them out.
 *
 * <p>It is for the moment in which Kafka's consumer has run out of memory: that one takes the memory for a whole record
 * before anybody is asked (and so did Kafka's own dead letter queue until KAFKA-20723).
 */
final class CarefulFetch implements AutoCloseable {

    /** Of FetchRequest: the last version that names topics instead of their ids. */
    private static final short BY_NAME = 12;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ConsumerConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;

    /**
     * Some records of a partition.
     *
     * @param next the offset behind them
     * @param isInflated whether there is an oversized one among them, or so many bytes that the rest is for later
     */
    record Found(List<ConsumerRecord<byte[], byte[]>> records, long next, boolean isInflated) {}

    /** @param properties those of the consumer that has run out of memory */
    CarefulFetch(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, "tapewatch-careful");
        own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        config = new ConsumerConfig(own);
        consumer = new KafkaConsumer<>(own);
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
    }

    /** The offset of the first record there is. */
    long first(TopicPartition partition) {
        return consumer.beginningOffsets(Set.of(partition)).get(partition);
    }

    /** The offset that the group has committed, or else that of the first record there is. */
    long committed(TopicPartition partition) {
        var committed = consumer.committed(Set.of(partition)).get(partition);
        return committed == null ? first(partition) : committed.offset();
    }

    /**
     * What the consumer finds from an offset on: the records of as many bytes as it fetches at a time. They end behind the
     * batch of the first that is oversized.
     *
     * @throws KafkaException if the broker does not hand them out
     */
    Found fetch(TopicPartition partition, long from) throws IOException {
        Node leader = consumer.partitionsFor(partition.topic()).stream()
                .filter(each -> each.partition() == partition.partition())
                .findFirst()
                .orElseThrow()
                .leader();
        int timeout = config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (!NetworkClientUtils.awaitReady(client, leader, Time.SYSTEM, timeout)) {
            throw new KafkaException("no connection to " + leader);
        }
        int most = config.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
        FetchRequest.PartitionData wanted = new FetchRequest.PartitionData(
                Uuid.ZERO_UUID, from, FetchRequest.INVALID_LOG_START_OFFSET, most, Optional.empty());
        ClientRequest request = client.newClientRequest(
                leader.idString(),
                FetchRequest.Builder.forConsumer(BY_NAME, 0, 0, Map.of(partition, wanted))
                        .isolationLevel(IsolationLevel.READ_COMMITTED)
                        .setMaxBytes(most),
                Time.SYSTEM.milliseconds(),
                true);
        FetchResponse response = (FetchResponse)
                NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM).responseBody();
        response.error().maybeThrow();
        FetchResponseData.PartitionData answer =
                response.data().responses().get(0).partitions().get(0);
        Errors.forCode(answer.errorCode()).maybeThrow();
        return unpack(partition, from, answer);
    }

    static Found unpack(TopicPartition partition, long from, FetchResponseData.PartitionData answer)
            throws IOException {
        Aborted aborted = new Aborted(answer.abortedTransactions());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long next = from;
        long bytes = 0;
        boolean inflated = false;
        for (RecordBatch each : FetchResponse.recordsOrFail(answer).batches()) {
            // Messages of before Kafka 0.11 are not looked into.
            if (inflated || !(each instanceof DefaultRecordBatch batch)) {
                break;
            }
            if (aborted.takes(batch) || batch.isControlBatch()) {
                next = Math.max(next, batch.nextOffset());
                continue;
            }
            try (InputStream stream = batch.recordInputStream(BufferSupplier.NO_CACHING)) {
                for (int i = 0; i < batch.countOrNull(); i++) {
                    ConsumerRecord<byte[], byte[]> record = next(stream, partition, batch);
                    inflated |= OversizedRecord.is(record);
                    if (record.offset() < from) {
                        continue;
                    }
                    records.add(record);
                    next = record.offset() + 1;
                    bytes += OversizedRecord.is(record)
                            ? OversizedRecord.BEGINNING_BYTES
                            : OversizedRecord.bytes(record);
                    if (bytes >= OversizedRecord.MOST_BYTES) {
                        return new Found(records, next, true);
                    }
                }
            }
            next = Math.max(next, batch.nextOffset());
        }
        return new Found(records, next, inflated);
    }

    private static ConsumerRecord<byte[], byte[]> next(
            InputStream stream, TopicPartition partition, DefaultRecordBatch batch) throws IOException {
        int size = ByteUtils.readVarint(stream);
        if (size > OversizedRecord.MOST_BYTES) {
            ByteBuffer beginning = ByteBuffer.wrap(stream.readNBytes(OversizedRecord.BEGINNING_BYTES));
            stream.skipNBytes(size - OversizedRecord.BEGINNING_BYTES);
            return oversized(beginning, size, partition, batch);
        }
        ByteBuffer record = ByteBuffer.allocate(ByteUtils.sizeOfVarint(size) + size);
        ByteUtils.writeVarint(size, record);
        stream.readNBytes(record.array(), record.position(), size);
        record.rewind();
        boolean stampedByBroker = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        DefaultRecord whole = DefaultRecord.readFrom(
                record,
                batch.baseOffset(),
                batch.baseTimestamp(),
                batch.baseSequence(),
                stampedByBroker ? batch.maxTimestamp() : null);
        return record(
                partition,
                batch,
                whole.offset(),
                whole.timestamp(),
                whole.keySize(),
                whole.valueSize(),
                bytes(whole.key()),
                bytes(whole.value()),
                new RecordHeaders(whole.headers()));
    }

    /** A record of which the beginning is known: attributes, time, offset, key, and value, each after its length. */
    private static ConsumerRecord<byte[], byte[]> oversized(
            ByteBuffer beginning, int size, TopicPartition partition, DefaultRecordBatch batch) {
        beginning.get();
        long timestamp = batch.baseTimestamp() + ByteUtils.readVarlong(beginning);
        long offset = batch.baseOffset() + ByteUtils.readVarint(beginning);
        int keySize = ByteUtils.readVarint(beginning);
        // A key that is longer than this names no symbol and no rule.
        boolean keyIsThere = keySize < beginning.remaining();
        byte[] key = keyIsThere ? bytes(beginning, keySize) : null;
        return record(
                partition,
                batch,
                offset,
                batch.timestampType() == TimestampType.LOG_APPEND_TIME ? batch.maxTimestamp() : timestamp,
                keyIsThere ? keySize : ConsumerRecord.NULL_SIZE,
                // Of which key, value and headers have what share does not matter.
                size,
                key,
                bytes(beginning, beginning.remaining()),
                new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition,
            DefaultRecordBatch batch,
            long offset,
            long timestamp,
            int keySize,
            int valueSize,
            byte[] key,
            byte[] value,
            RecordHeaders headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                batch.timestampType(),
                keySize,
                valueSize,
                key,
                value,
                headers,
                batch.partitionLeaderEpoch() == RecordBatch.NO_PARTITION_LEADER_EPOCH
                        ? Optional.empty()
                        : Optional.of(batch.partitionLeaderEpoch()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        return buffer == null ? null : bytes(buffer, buffer.remaining());
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
        consumer.close(CloseOptions.timeout(CLOSING));
    }

    /** The transactions of a partition that were aborted: nothing of them was ever said. */
    private static final class Aborted {

        private final List<FetchResponseData.AbortedTransaction> coming = new ArrayList<>();
        private final Set<Long> producers = new HashSet<>();

        Aborted(List<FetchResponseData.AbortedTransaction> transactions) {
            if (transactions != null) {
                coming.addAll(transactions);
            }
        }

        /** Whether the batch, which follows those that were asked for before, is part of one. */
        boolean takes(RecordBatch batch) {
            coming.removeIf(each -> each.firstOffset() <= batch.lastOffset() && producers.add(each.producerId()));
            if (batch.isControlBatch()) {
                // The end of the transaction of this producer, whatever became of it.
                producers.remove(batch.producerId());
                return false;
            }
            return batch.isTransactional() && producers.contains(batch.producerId());
        }
    }
}
