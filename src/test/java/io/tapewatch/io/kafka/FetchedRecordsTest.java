package io.tapewatch.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FetchedRecordsTest {

    private static final TopicPartition PARTITION = new TopicPartition("prices", 3);
    private static final long PRODUCER = 7;
    private static final SimpleRecord HUGE = record("huge", blanks(OversizedRecord.MOST_BYTES + 1));

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void neighboursOfAnOversizedRecordAreAsTheyWereSent(CompressionType codec) throws IOException {
        Compression compression = Compression.of(codec).build();
        FetchedRecords found = unpack(
                0,
                List.of(),
                MemoryRecords.withRecords(0, compression, record("a"), HUGE, record("b")),
                MemoryRecords.withRecords(3, compression, record("later")));

        assertThat(keys(found)).containsExactly("a", "huge", "b");
        assertThat(found.isInflated()).isTrue();
        assertThat(found.next()).as("behind the batch").isEqualTo(3);
        assertThat(found.records()).extracting(OversizedRecord::is).containsExactly(false, true, false);
        ConsumerRecord<byte[], byte[]> behind = found.records().get(2);
        assertThat(behind.offset()).isEqualTo(2);
        assertThat(behind.timestamp()).isEqualTo(1_000);
        assertThat(behind.value()).isEqualTo("value of b".getBytes(UTF_8));
        assertThat(found.records().get(1).offset()).isEqualTo(1);
        assertThat(found.records().get(1).value()).hasSizeLessThanOrEqualTo(OversizedRecord.BEGINNING_BYTES);
    }

    @Test
    void aBatchThatWasReadInPartIsReadFromThereOn() throws IOException {
        MemoryRecords batch = MemoryRecords.withRecords(0, zstd(), record("a"), HUGE, record("b"));
        FetchedRecords found = unpack(2, List.of(), batch);
        assertThat(keys(found)).containsExactly("b");
        assertThat(found.isInflated())
                .as("the consumer unpacks it to get there")
                .isTrue();
        assertThat(found.next()).isEqualTo(3);
    }

    @Test
    void recordsThatAreNotOversizedAreNobodysFault() throws IOException {
        FetchedRecords found = unpack(0, List.of(), MemoryRecords.withRecords(0, zstd(), record("a"), record("b")));
        assertThat(found.isInflated()).isFalse();
        assertThat(found.next()).isEqualTo(2);
    }

    @Test
    void manyRecordsThatInflateComeInPortions() throws IOException {
        SimpleRecord[] eightMegabytes = IntStream.range(0, 10)
                .mapToObj(i -> record("r" + i, blanks(8 << 20)))
                .toArray(SimpleRecord[]::new);
        MemoryRecords batch = MemoryRecords.withRecords(0, zstd(), eightMegabytes);
        FetchedRecords found = unpack(0, List.of(), batch);
        assertThat(keys(found)).containsExactly("r0", "r1", "r2", "r3");
        assertThat(found.isInflated()).isTrue();
        assertThat(keys(unpack(found.next(), List.of(), batch))).containsExactly("r4", "r5", "r6", "r7");
    }

    @Test
    void largeHeadersAreLeftOutAndTheRecordIsTaken() throws IOException {
        FetchedRecords found = unpack(
                0,
                List.of(),
                MemoryRecords.withRecords(
                        0,
                        zstd(),
                        record("large", header(OversizedRecord.MOST_BYTES + 1)),
                        record(
                                "many",
                                IntStream.range(0, 100_000)
                                        .mapToObj(i -> new RecordHeader("", new byte[0]))
                                        .toArray(Header[]::new)),
                        record("small", header(3), new RecordHeader("none", (byte[]) null))));
        assertThat(found.isInflated()).isTrue();
        assertThat(keys(found)).containsExactly("large", "many", "small");
        assertThat(found.records()).noneMatch(OversizedRecord::is).allMatch(record -> record.value().length == 1);
        assertThat(found.records().get(0).headers()).isEmpty();
        assertThat(found.records().get(1).headers()).isEmpty();
        assertThat(found.records().get(2).headers())
                .containsExactly(header(3), new RecordHeader("none", (byte[]) null));
    }

    @Test
    void aBatchThatWasDamagedIsAnError() {
        MemoryRecords batch = MemoryRecords.withRecords(0, Compression.NONE, record("a"), record("b"));
        batch.buffer().put(batch.sizeInBytes() - 3, (byte) 0);
        assertThatThrownBy(() -> unpack(0, List.of(), batch)).isInstanceOf(CorruptRecordException.class);
    }

    @Test
    void whatATransactionWroteThatWasAbortedWasNeverSaid() throws IOException {
        FetchResponseData.AbortedTransaction aborted = new FetchResponseData.AbortedTransaction()
                .setProducerId(PRODUCER)
                .setFirstOffset(0);
        FetchedRecords found = unpack(
                0,
                List.of(aborted),
                transactional(0, record("aborted"), HUGE),
                MemoryRecords.withRecords(2, zstd(), record("other")),
                end(3, ControlRecordType.ABORT),
                transactional(4, record("committed"), HUGE, record("too")),
                end(7, ControlRecordType.COMMIT));
        assertThat(keys(found)).containsExactly("other", "committed", "huge", "too");
        assertThat(found.next()).isEqualTo(7);
    }

    private static MemoryRecords transactional(long offset, SimpleRecord... records) {
        return MemoryRecords.withTransactionalRecords(offset, zstd(), PRODUCER, (short) 0, (int) offset, 0, records);
    }

    private static MemoryRecords end(long offset, ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(
                offset, 1_000, 0, PRODUCER, (short) 0, new EndTransactionMarker(type, 0));
    }

    private static Compression zstd() {
        return Compression.zstd().build();
    }

    private static FetchedRecords unpack(
            long from, List<FetchResponseData.AbortedTransaction> aborted, MemoryRecords... batches)
            throws IOException {
        int size = Arrays.stream(batches).mapToInt(MemoryRecords::sizeInBytes).sum();
        ByteBuffer log = ByteBuffer.allocate(size);
        for (MemoryRecords batch : batches) {
            log.put(batch.buffer());
        }
        log.flip();
        return FetchedRecords.unpack(
                PARTITION,
                from,
                new FetchResponseData.PartitionData()
                        .setRecords(MemoryRecords.readableRecords(log))
                        .setAbortedTransactions(aborted));
    }

    private static List<String> keys(FetchedRecords found) {
        return found.records().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    private static SimpleRecord record(String key) {
        return record(key, ("value of " + key).getBytes(UTF_8));
    }

    private static SimpleRecord record(String key, byte[] value) {
        return new SimpleRecord(1_000, key.getBytes(UTF_8), value);
    }

    private static SimpleRecord record(String key, Header... headers) {
        return new SimpleRecord(1_000, key.getBytes(UTF_8), new byte[1], headers);
    }

    private static Header header(int size) {
        return new RecordHeader("header", blanks(size));
    }

    private static byte[] blanks(int length) {
        byte[] blanks = new byte[length];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }
}
