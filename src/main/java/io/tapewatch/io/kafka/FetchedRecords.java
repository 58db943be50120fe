package io.tapewatch.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that a broker handed out in batches. A batch is unpacked as a stream: of an {@link
 * OversizedRecord} the beginning is kept, and the records before and behind it are as Kafka's consumer would hand them out.
 *
 * @param next the offset behind them
 * @param isInflated whether the consumer may have failed at them: there is an oversized one among them, or one with
 *     large headers, or so many bytes that the rest is for later
 * @param bytes how much memory they take, roughly
 */
public record FetchedRecords(List<ConsumerRecord<byte[], byte[]>> records, long next, boolean isInflated, long bytes) {

    /** The most bytes of headers that are kept. */
    private static final int MOST_HEADER_BYTES = 64 << 10;

    /** How many bytes a record or a header takes besides its parts, roughly. */
    private static final int OF_AN_OBJECT = 150;

    /**
     * The records of an answer from an offset on.
     *
     * @throws IOException if a batch ends too early
     */
    static FetchedRecords unpack(TopicPartition partition, long from, FetchResponseData.PartitionData answer)
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
                        return new FetchedRecords(records, next, true, bytes);
                    }
                }
            }
            next = Math.max(next, batch.nextOffset());
        }
        return new FetchedRecords(records, next, inflated, bytes);
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
        byte @Nullable [] part(int size) throws IOException {
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
                if (key == null) {
                    throw new IOException("a header has no name");
                }
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
