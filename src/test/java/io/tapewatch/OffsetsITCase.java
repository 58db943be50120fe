package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where a job begins to read is what {@code prices.start} says, and records that are gone are never skipped in silence. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class OffsetsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    @TempDir
    Path folder;

    @Test
    void aFirstStartReadsEverythingAndARestartWithoutStateGoesOnWhereTheGroupHasGotTo(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            ticks(job, 10);
            job.start();
            TopicPartition partition = new TopicPartition(job.topic("prices"), 0);
            try (Admin admin = admin(kafka)) {
                // Each checkpoint tells Kafka where the group has got to, some time after it is complete.
                job.awaitAccount(account ->
                        account.of("records") == 10 && committed(admin, job.topic("group"), partition) == 10);
            }
            job.stopWithSavepoint();
            job.forgetSavepoint();
            ticks(job, 5);
            job.start();
            assertThat(readToTheEnd(job)).isEqualTo(5);
        }
    }

    @Test
    void aStartAtATimeOrAtTheEndReadsWhatComesFromThereOn(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            ticks(job, 10);
            job.options().set(JobOptions.PRICES_START, JobOptions.LATEST);
            job.start();
            ticks(job, 3);
            assertThat(readToTheEnd(job)).isEqualTo(3);
            job.stopWithSavepoint();
            job.forgetSavepoint();

            job.options().set(JobOptions.PRICES_START, Instant.EPOCH.toString());
            job.start();
            job.awaitAccount(account -> account.of("records") - account.of("heartbeats") == 13);
        }
    }

    @Test
    void aGroupWhoseRecordsAreGoneIsRefusedUntilToldToGoOnWithoutThem(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            ticks(job, 10);
            job.flush();
            TopicPartition partition = new TopicPartition(job.topic("prices"), 0);
            commit(kafka, job.topic("group"), partition, 3);
            job.build();
            delete(kafka, partition, 7);
            assertThatThrownBy(job::build)
                    .hasMessage("group '" + job.topic("group") + "' has got to offset 3 of partition 0 of topic '"
                            + job.topic("prices") + "' on Kafka at " + kafka.bootstrapServers()
                            + ", which begins at 7: 4 records were deleted before they were read. Start with"
                            + " --prices.start earliest to go on without them");
            commit(kafka, job.topic("group"), partition, 11);
            assertThatThrownBy(job::build).message().contains("which ends at 10: it is not the topic");

            job.options().set(JobOptions.PRICES_START, JobOptions.EARLIEST);
            job.start();
            assertThat(readToTheEnd(job)).isEqualTo(3);
        }
    }

    @Test
    void aSavepointWhoseRecordsAreGoneFailsTheJobUntilToldToGoOnWithoutThem(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            ticks(job, 10);
            job.start();
            job.awaitAccount(account -> account.of("records") == 10);
            job.stopWithSavepoint();
            ticks(job, 10);
            job.flush();
            delete(kafka, new TopicPartition(job.topic("prices"), 0), 15);
            job.options().set(JobOptions.PRICES_START, Instant.EPOCH.toString());
            job.start();
            assertThatThrownBy(() -> job.awaitAccount(account -> account.of("records") > 10))
                    .hasRootCauseInstanceOf(OffsetOutOfRangeException.class);

            job.options().set(JobOptions.PRICES_START, JobOptions.EARLIEST);
            job.start();
            assertThat(readToTheEnd(job)).isEqualTo(15);
        }
    }

    @Test
    void aJobFromASavepointEndsWhereTheOneWasToEndThatTookItAndSaysSo(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1);
                HeardLog log = HeardLog.of(TapewatchJob.class.getName())) {
            ticks(job, 10);
            job.start();
            job.awaitAccount(account -> account.of("records") == 10);
            job.stopWithSavepoint();
            assertThat(log.at(Level.WARN)).isEmpty();

            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            job.start();
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "The job starts from a savepoint, and so --prices.until is ignored: the job ends where the"
                                    + " job that took the savepoint was to end, or never.");
            ticks(job, 3);
            job.awaitAccount(account -> account.of("records") == 13);
        }
    }

    @Test
    void whatATransactionWroteThatWasAbortedIsNotCounted(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "feed"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            transact(producer, job, 4);
            producer.commitTransaction();
            producer.beginTransaction();
            transact(producer, job, 3);
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            transact(producer, job, 2);
            producer.commitTransaction();
            job.start();
            assertThat(readToTheEnd(job)).isEqualTo(6);
            assertThat(JobMetrics.sum(job.id(), "offsetsSkipped"))
                    .as("three records and the ends of three transactions")
                    .isEqualTo(6);
        }
    }

    private static void transact(KafkaProducer<byte[], byte[]> producer, TestJob job, int count) {
        for (int i = 0; i < count; i++) {
            byte[] value =
                    ("{\"symbol\":\"X\",\"price\":1,\"time\":" + (NOON + i) + "}").getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(job.topic("prices"), 0, null, value));
        }
    }

    private static void ticks(TestJob job, int count) {
        for (int i = 0; i < count; i++) {
            job.send("prices", 0, "X", "{\"price\":1,\"time\":" + (NOON + i) + "}");
        }
    }

    /**
     * How many ticks the job has read when it has read all there are: of any checkpoint before, it may have read a part of
     * them. A heartbeat is sent after them, the first that this job reads.
     */
    private static long readToTheEnd(TestJob job) throws Exception {
        job.send("prices", 0, null, "{\"heartbeat\":true,\"time\":" + NOON + "}");
        JobMetrics.Account account = job.awaitAccount(each -> each.of("heartbeats") == 1);
        return account.of("records") - 1;
    }

    private static void commit(EmbeddedKafka kafka, String group, TopicPartition partition, long offset)
            throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private static long committed(Admin admin, String group, TopicPartition partition) {
        try {
            OffsetAndMetadata position = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return position == null ? 0 : position.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(EmbeddedKafka kafka, TopicPartition partition, long before) throws Exception {
        try (Admin admin = admin(kafka)) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }
}
