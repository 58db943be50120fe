package io.tapewatch.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.Selectable;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.apache.kafka.common.utils.Utils;

/**
 * A reader of partitions that a record cannot stop which does not fit into memory. It asks the broker for the batches
 * themselves, and unpacks a batch as a stream: of an {@link OversizedRecord} it keeps the beginning, and the records before
 * and behind it are as Kafka's consumer would hand them out.
 *
 * <p>It is for the moment in which Kafka's consumer has run out of memory: that one takes the memory for a whole record
 * before anybody is asked (and so did Kafka's own dead letter queue until KAFKA-20723).
 */
public final class CarefulFetch implements AutoCloseable {

    /** Of FetchRequest: the last version that names topics instead of their ids. */
    private static final short BY_NAME = 12;

    /** The most bytes of headers that are kept. */
    private static final int MOST_HEADER_BYTES = 64 << 10;

    /** How many bytes a record or a header takes besides its parts, roughly. */
    private static final int OF_AN_OBJECT = 150;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ConsumerConfig config;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Metrics metrics = new Metrics();
    private final NetworkClient client;

    /**
     * Some records of a partition.
     *
     * @param next the offset behind them
     * @param isInflated whether the consumer may have failed at them: there is an oversized one among them, or one with
     *     large headers, or so many bytes that the rest is for later
     * @param bytes how much memory they take, roughly
     */
    public record Found(List<ConsumerRecord<byte[], byte[]>> records, long next, boolean isInflated, long bytes) {}

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
        return consumer.beginningOffsets(Set.of(partition)).get(partition);
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
    public Found fetch(TopicPartition partition, long from) throws IOException {
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
            return unpack(partition, from, answer);
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
            batch.ensureValid();
            try (InputStream stream = batch.recordInputStream(BufferSupplier.NO_CACHING)) {
                for (int i = 0; i < batch.countOrNull(); i++) {
                    Body body = new Body(stream, ByteUtils.readVarint(stream));
                    ConsumerRecord<byte[], byte[]> record = record(body, partition, batch);
                    inflated |= OversizedRecord.is(record) || body.hasLargeHeaders;
                    if (record.offset() < from) {
                        continue;
                    }
                    records.add(record);
                    next = record.offset() + 1;
                    bytes += body.kept;
                    if (bytes >= OversizedRecord.MOST_BYTES) {
                        return new Found(records, next, true, bytes);
                    }
                }
            }
            next = Math.max(next, batch.nextOffset());
        }
        return new Found(records, next, inflated, bytes);
    }

    /** A record has attributes, time, offset, key, value and headers, the last three after their lengths. */
    private static ConsumerRecord<byte[], byte[]> record(Body body, TopicPartition partition, DefaultRecordBatch batch)
            throws IOException {
        body.read();
        long timestamp = batch.baseTimestamp() + ByteUtils.readVarlong(body);
        long offset = batch.baseOffset() + ByteUtils.readVarint(body);
        int keySize = ByteUtils.readVarint(body);
        byte[] key = body.part(keySize);
        int valueSize = ByteUtils.readVarint(body);
        byte[] value = body.part(valueSize);
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                batch.timestampType() == TimestampType.LOG_APPEND_TIME ? batch.maxTimestamp() : timestamp,
                batch.timestampType(),
                keySize < 0 ? ConsumerRecord.NULL_SIZE : keySize,
                valueSize < 0 ? ConsumerRecord.NULL_SIZE : valueSize,
                key,
                value,
                body.headers(),
                batch.partitionLeaderEpoch() == RecordBatch.NO_PARTITION_LEADER_EPOCH
                        ? Optional.empty()
                        : Optional.of(batch.partitionLeaderEpoch()));
    }

    @Override
    public void close() throws IOException {
        Utils.closeAll(client, metrics::close, () -> consumer.close(CloseOptions.timeout(CLOSING)));
    }

    /** The bytes of one record, of which a bounded part is kept. An end that comes too early is an error. */
    private static final class Body extends FilterInputStream {

        private int left;

        /** How much memory takes what was kept, roughly. */
        private long kept = OF_AN_OBJECT;

        /** Whether there were more headers than are kept: then none is. */
        private boolean hasLargeHeaders;

        /** @param size of the record */
        Body(InputStream batch, int size) {
            super(batch);
            left = size;
        }

        /** A key or a value, or the beginning of one that is too large; null if its size is negative. */
        byte[] part(int size) throws IOException {
            if (size < 0) {
                return null;
            }
            if (size > left) {
                throw new EOFException("a part of " + size + " bytes where the record has " + left + " more");
            }
            byte[] part = new byte[size > OversizedRecord.MOST_BYTES ? OversizedRecord.BEGINNING_BYTES : size];
            if (readNBytes(part, 0, part.length) < part.length) {
                throw new EOFException("the batch ends within a record");
            }
            skipNBytes(size - part.length);
            kept += part.length;
            return part;
        }

        /** What is left of the record. */
        RecordHeaders headers() throws IOException {
            RecordHeaders headers = new RecordHeaders();
            if (left > MOST_HEADER_BYTES) {
                hasLargeHeaders = true;
                skipNBytes(left);
                return headers;
            }
            int count = ByteUtils.readVarint(this);
            for (int i = 0; i < count; i++) {
                byte[] key = part(ByteUtils.readVarint(this));
                headers.add(new String(key, UTF_8), part(ByteUtils.readVarint(this)));
                kept += OF_AN_OBJECT;
            }
            skipNBytes(left);
            return headers;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : in.read();
            if (read < 0) {
                throw new EOFException("a record ends too early");
            }
            left--;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= (int) skipped;
            return skipped;
        }
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
