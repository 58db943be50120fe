package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.HeardLog;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connector's writers to a real broker, whose sends fail before they are closed. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class TopicSinkITCase {

    private static final String TOPIC = "out";
    private static final int MOST_BYTES = 1_000;
    private static final String CLOSE = HarmlessClose.class.getName();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.create();
        kafka.createTopic(TOPIC, 1, Map.of("max.message.bytes", String.valueOf(MOST_BYTES)));
    }

    @AfterAll
    static void stopKafka() throws IOException {
        kafka.close();
    }

    /** As a task manager does that was taken for dead while others went on with its tasks. */
    @Test
    void aWriterThatWasFencedIsClosedWithoutAnException() throws Exception {
        try (HeardLog log = HeardLog.of(CLOSE)) {
            OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                    writer("fenced", DeliveryGuarantee.EXACTLY_ONCE);
            long before = end();
            writer.processElement("before", 0);
            Waiting.untilTrue("the record is there", () -> end() > before);
            fence("fenced");
            sendInVain(writer, "after");
            assertThatCode(writer::close).doesNotThrowAnyException();
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("The writer to topic 'out' failed while it was closed. No record is lost by that: those"
                            + " of complete checkpoints had been written before, and the others will be written again."
                            + " The reason: ")
                    .containsPattern("ProducerFencedException|InvalidProducerEpochException")
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXACTLY_ONCE", "AT_LEAST_ONCE"})
    void aWriterWhoseRecordWasRefusedIsClosedWithoutAnException(DeliveryGuarantee delivery) throws Exception {
        try (HeardLog log = HeardLog.of(CLOSE)) {
            OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                    writer("refused-" + delivery, delivery);
            sendInVain(writer, "x".repeat(2 * MOST_BYTES));
            assertThatCode(writer::close).doesNotThrowAnyException();
            assertThat(log.at(Level.WARN)).singleElement().asString().contains("RecordTooLargeException");
        }
    }

    /** Why nothing is lost when close says nothing: no checkpoint completes without its records. */
    @ParameterizedTest
    @EnumSource(names = {"EXACTLY_ONCE", "AT_LEAST_ONCE"})
    void whatWentWrongFailsTheCheckpointBeforeAnythingIsToBeCommitted(DeliveryGuarantee delivery) throws Exception {
        OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                writer("checkpoint-" + delivery, delivery);
        writer.processElement("x".repeat(2 * MOST_BYTES), 0);
        assertThatThrownBy(() -> writer.prepareSnapshotPreBarrier(1))
                .isInstanceOf(IOException.class)
                .rootCause()
                .hasMessageContaining("larger than the max message size");
        assertThat(writer.getOutput()).isEmpty();
        writer.close();
    }

    @Test
    void aWriterThatIsWellIsClosedInSilence() throws Exception {
        try (HeardLog log = HeardLog.of(CLOSE)) {
            for (DeliveryGuarantee delivery :
                    List.of(DeliveryGuarantee.EXACTLY_ONCE, DeliveryGuarantee.AT_LEAST_ONCE)) {
                OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                        writer("well-" + delivery, delivery);
                writer.processElement("record", 0);
                writer.prepareSnapshotPreBarrier(1);
                writer.snapshot(1, 1);
                writer.close();
            }
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    /** What docs/operations.md counts on (Transactional ids). */
    @Test
    void aWriterTakesATransactionalIdAtEachCheckpointAlsoWithoutARecordAndNoneAtLeastOnce() throws Exception {
        for (DeliveryGuarantee delivery : List.of(DeliveryGuarantee.EXACTLY_ONCE, DeliveryGuarantee.AT_LEAST_ONCE)) {
            OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                    writer("ids-" + delivery, delivery);
            for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
                writer.prepareSnapshotPreBarrier(checkpoint);
                writer.snapshot(checkpoint, checkpoint);
            }
            writer.close();
        }
        assertThat(transactionalIds("ids-"))
                .containsExactlyInAnyOrder(IntStream.rangeClosed(1, 6)
                        .mapToObj(checkpoint -> "ids-exactly-once-0-" + checkpoint)
                        .toArray(String[]::new));
    }

    private static OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer(
            String prefix, DeliveryGuarantee delivery) throws Exception {
        KafkaSink<String> sink = KafkaSink.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(PATIENCE.toMillis()))
                .setDeliveryGuarantee(delivery)
                .setTransactionalIdPrefix(prefix)
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(TOPIC)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build();
        OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer =
                new OneInputStreamOperatorTestHarness<>(new SinkWriterOperatorFactory<>(new TopicSink<>(sink, TOPIC)));
        writer.setup(CommittableMessageTypeInfo.of(sink::getCommittableSerializer)
                .createSerializer(new SerializerConfigImpl()));
        writer.open();
        return writer;
    }

    /** Sends a record that fails, and waits until the writer knows. */
    private static void sendInVain(
            OneInputStreamOperatorTestHarness<String, CommittableMessage<KafkaCommittable>> writer, String record)
            throws Exception {
        writer.processElement(record, 0);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!writer.getTaskMailbox().hasMail()) {
            assertThat(System.nanoTime()).as("the writer knows").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Takes the transactional ids of a writer, as the writer that takes its place does. */
    private static void fence(String prefix) throws Exception {
        List<String> ids = transactionalIds(prefix + "-");
        assertThat(ids).isNotEmpty();
        try (Admin admin = admin()) {
            admin.fenceProducers(ids).all().get();
        }
    }

    /** Where the topic ends. */
    private static long end() throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Admin admin = admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static List<String> transactionalIds(String prefix) throws Exception {
        try (Admin admin = admin()) {
            return admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(prefix))
                    .toList();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }
}
