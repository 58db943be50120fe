package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Decoded;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Source;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever partitions do, windows close when they should and nothing good becomes late. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class TimeITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final Duration NEVER_IDLE = Duration.ofHours(1);

    @TempDir
    Path folder;

    @Test
    void oneRecordDated2100MakesNothingLate(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.start();
            tick(job, 0, NOON);
            job.send("prices", 0, "X0", "{\"price\":1,\"time\":\"2100-01-01T00:00:00Z\"}");
            job.send("prices", 0, "X0", "{\"price\":1,\"time\":\"2099-01-01T00:00:00Z\"}");
            job.send("prices", 0, "X0", "{\"heartbeat\":true,\"time\":\"2099-01-01T00:00:00Z\"}");
            job.awaitAccount(account -> account.of("records") == 4);
            tick(job, 0, NOON + SECOND);
            tick(job, 0, NOON + 2 * MINUTE);
            JsonNode minute = job.await("summaries", startsAt(NOON, "X0"));
            assertThat(minute.get("count").asInt()).isEqualTo(2);
            assertThat(minute.get("revision").asInt()).isZero();
            JobMetrics.Account account = job.awaitAccount(each -> each.of("records") == 6);
            assertThat(account.by("rejectedBy")).isEqualTo(Map.of("bad-time", 1L, "future-time", 2L));
            assertThat(account.of("late")).isZero();
        }
    }

    @Test
    void aPartitionThatStopsHoldsWindowsBackForItsIdleTimeoutAndIsNotLateWhenItComesBack(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            tick(job, 0, NOON);
            tick(job, 1, NOON);
            job.start();
            job.awaitAccount(account -> account.of("records") == 2);
            tick(job, 0, NOON + 90 * SECOND);
            job.await("summaries", startsAt(NOON, "X0"));
            tick(job, 1, NOON + 90 * SECOND);
            job.awaitAccount(account -> account.of("records") == 4);
            tick(job, 0, NOON + 3 * MINUTE);
            tick(job, 1, NOON + 3 * MINUTE);
            JsonNode minute = job.await("summaries", startsAt(NOON + MINUTE, "X1"));
            assertThat(minute.get("revision").asInt()).isZero();
            assertThat(job.awaitAccount(account -> account.of("records") == 6).of("late"))
                    .isZero();
        }
    }

    @Test
    void aPartitionOfBadRecordsAloneHoldsNothingBack(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            tick(job, 0, NOON);
            tick(job, 0, NOON + 90 * SECOND);
            job.start();
            job.await("summaries", startsAt(NOON, "X0"), () -> job.send("prices", 1, "X1", "no price"));
        }
    }

    @Test
    void heartbeatsCloseWindowsWhileNothingTrades(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.options().set(JobOptions.IDLE_TIMEOUT, NEVER_IDLE);
            tick(job, 0, NOON);
            job.start();
            for (int partition = 0; partition < 2; partition++) {
                job.send("prices", partition, null, "{\"heartbeat\":true,\"time\":" + (NOON + 2 * MINUTE) + "}");
            }
            JsonNode minute = job.await("summaries", startsAt(NOON, "X0"));
            assertThat(minute.get("count").asInt()).isEqualTo(1);
            assertThat(job.awaitAccount(account -> account.of("records") == 3).of("heartbeats"))
                    .isEqualTo(2);
        }
    }

    @Test
    void withQuietAdvanceWindowsCloseByTheWallClockWhileNothingComes(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1s");
            job.options().set(JobOptions.QUIET_ADVANCE, true);
            job.options().set(JobOptions.OUT_OF_ORDERNESS, Duration.ofSeconds(5));
            job.start();
            // The job may take longer to start than a tick may be late.
            for (int partition = 0; partition < 2; partition++) {
                job.send("prices", partition, null, "{\"heartbeat\":true,\"time\":" + NOON + "}");
            }
            job.awaitAccount(account -> account.of("records") == 2);
            for (int round = 0; round < 2; round++) {
                long time = System.currentTimeMillis();
                tick(job, 0, time);
                tick(job, 1, time);
                for (int partition = 0; partition < 2; partition++) {
                    job.await("summaries", startsAt(time - time % SECOND, "X" + partition));
                }
            }
            assertThat(job.awaitAccount(account -> account.of("records") == 6).of("late"))
                    .isZero();
        }
    }

    /** Kafka giving the backlog of partition 1 a second later than that of partition 0. */
    public static final class SecondPartitionLate extends SlowKafka {

        static final String BACKLOG = "backlog";

        @Override
        Duration delay(ConsumerRecords<byte[], byte[]> records) {
            boolean late = records.partitions().stream()
                    .filter(partition -> partition.partition() == 1)
                    .flatMap(partition -> records.records(partition).stream())
                    .anyMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains(BACKLOG));
            return late ? Duration.ofSeconds(1) : Duration.ZERO;
        }
    }

    @Test
    void nothingIsLateWhenPartitionsComeBackOneAfterTheOtherFromAnOutage(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofSeconds(5));
            tick(job, 0, NOON);
            tick(job, 1, NOON);
            job.start(ends -> ExchangedEnds.withPrices(ends, prices(kafka, job)));
            job.awaitAccount(account -> account.of("records") == 2);
            IdlePartitions.await(2);

            for (int second = 1; second <= 60; second++) {
                for (int partition = 0; partition < 2; partition++) {
                    job.send(
                            "prices",
                            partition,
                            "X" + partition,
                            "{\"price\":1,\"id\":\"%s\",\"time\":%d}"
                                    .formatted(SecondPartitionLate.BACKLOG, NOON + second * SECOND));
                }
            }
            JobMetrics.Account account = job.awaitAccount(each -> each.of("counted") + each.of("waiting") == 122);
            assertThat(account.of("late")).isZero();
            assertThat(job.awaitAccount(each -> each.of("counted") > 100).of("late"))
                    .as("event time goes on")
                    .isZero();
        }
    }

    private static Source<Decoded, ?, ?> prices(EmbeddedKafka kafka, TestJob job) {
        String topic = job.topic("prices");
        Properties late = new Properties();
        late.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, SecondPartitionLate.class.getName());
        return new JobSources(kafka.bootstrapServers(), late, job.topic("group"))
                .prices(
                        topic,
                        new JobSources.Stretch(
                                Map.of(new TopicPartition(topic, 0), 0L, new TopicPartition(topic, 1), 0L),
                                null,
                                false),
                        new RecordLimits(64_000, Duration.ofMinutes(1), false),
                        DecodedSerializer.TYPE);
    }

    private static void tick(TestJob job, int partition, long time) {
        job.send("prices", partition, "X" + partition, "{\"price\":1,\"time\":" + time + "}");
    }

    private static Predicate<JsonNode> startsAt(long start, String symbol) {
        return summary -> summary.get("symbol").asText().equals(symbol)
                && Instant.parse(summary.get("start").asText()).toEpochMilli() == start;
    }
}
