package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.io.lease.GroupLease;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs of one consumer group: one of them reads, the other one ends and says why. */
@Timeout(600)
@ExtendWith(LongPatience.class)
class LeaseITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    /** The longest session that a job has: a busy machine must not end it. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Duration SHORT = Duration.ofSeconds(3);

    private static EmbeddedKafka kafka;

    @TempDir
    Path folder;

    private long ticks;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.create(Map.of("group.min.session.timeout.ms", "1000"));
    }

    @AfterAll
    static void stopKafka() throws IOException {
        kafka.close();
    }

    @Test
    void aSecondStartIsRefusedAndAStartAfterAStopIsNot() throws Exception {
        try (TestJob job = job(LONGEST);
                KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            ticks(job);
            job.start();
            job.await("summaries", any -> true);
            // The second one waits for as long as a session of its own lasts.
            sessionTimeout(job, SHORT);
            assertThatThrownBy(job::build)
                    .isInstanceOf(KafkaUnusable.class)
                    .hasMessageStartingWith("job '")
                    .hasMessageContaining("(" + job.id() + "), started at 20")
                    .hasMessageContaining("reads with --prices.group-id " + job.topic("group") + " on Kafka at ");

            sessionTimeout(job, LONGEST);
            // A job that did not say goodbye would hold the lease until its session ends: 12 s at least.
            job.stopWithSavepoint();
            long stoppedNanos = System.nanoTime();
            GroupLease lease = new GroupLease(connection, job.topic("group"));
            Waiting.untilTrue("the lease is given back", () -> lease.holder().isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - stoppedNanos))
                    .as("the time until the lease was given back")
                    .isLessThan(Duration.ofSeconds(12));
            try (HeardLog log = HeardLog.of(GroupLease.class.getName())) {
                job.start();
                assertThat(log.at(Level.WARN)).isEmpty();
            }
            job.awaitAccount(account -> account.of("records") == ticks);
            ticks(job);
            job.awaitAccount(account -> account.of("records") == ticks);
            job.cancel();
            job.forgetSavepoint();
            job.start();
        }
    }

    @Test
    @WholeForm
    void ofTwoJobsThatStartAtTheSameMomentOneGoesOnAndNothingContradictoryIsPublished() throws Exception {
        try (TestJob job = job(Duration.ofSeconds(6)).restarting()) {
            job.options().set(JobOptions.WINDOWS, "5s,1m");
            ticks(job);
            StreamExecutionEnvironment one = job.environment(Duration.ofMillis(200));
            TapewatchJob.build(one, job.options());
            StreamExecutionEnvironment two = job.environment(Duration.ofMillis(200));
            TapewatchJob.build(two, job.options());
            JobClient first = one.executeAsync();
            JobClient second = two.executeAsync();
            CompletableFuture<JobExecutionResult> firstEnds = first.getJobExecutionResult();
            CompletableFuture<JobExecutionResult> secondEnds = second.getJobExecutionResult();
            Waiting.untilTrue("one of the two ends", () -> {
                ticks(job);
                return firstEnds.isDone() || secondEnds.isDone();
            });
            boolean firstGoesOn = secondEnds.isDone();
            JobClient other = firstGoesOn ? first : second;
            Throwable failure = (firstGoesOn ? secondEnds : firstEnds)
                    .handle((result, e) -> e)
                    .get();
            assertThat(failure)
                    .rootCause()
                    .hasMessageContaining("(" + other.getJobID() + "), started at 20")
                    .hasMessageEndingWith("This job ends");
            assertThat(JobMetrics.restarts(other.getJobID()))
                    .as("the other one was not disturbed")
                    .isZero();
            ticks(job);
            JobMetrics.Account account =
                    Waiting.until("the other one goes on", () -> JobMetrics.account(other.getJobID())
                            .filter(each -> each.of("records") == ticks && each.difference() == 0));
            assertThat(account.deadLetters()).isZero();
            other.stopWithSavepoint(
                            true, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();

            Map<List<JsonNode>, JsonNode> published = new HashMap<>();
            for (JsonNode summary : job.read("summaries")) {
                JsonNode before = published.put(
                        List.of(
                                summary.get("symbol"),
                                summary.get("window"),
                                summary.get("start"),
                                summary.get("asOf"),
                                summary.get("revision")),
                        summary);
                assertThat(Optional.ofNullable(before).orElse(summary)).isEqualTo(summary);
            }
            assertThat(published).hasSizeGreaterThan(20);
        }
    }

    @Test
    void aStartWithoutASavepointSaysThatItDiscardsTheOpenTransactionsOfTheJobBefore() throws Exception {
        try (TestJob job = job(LONGEST);
                HeardLog log = HeardLog.of(OtherRuns.class.getName())) {
            ticks(job);
            job.start(ends -> ExchangedEnds.withSummaries(ends, FailingSink::of));
            job.await("summaries", any -> true);
            assertThat(log.at(Level.WARN)).isEmpty();
            FailingSink.failOnce(FailingSink.Moment.BEFORE_THE_COMMIT);
            ticks(job);
            job.awaitFailure();

            job.build();
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("A job with --prices.group-id " + job.topic("group") + " has ended and left ")
                    .contains("(" + job.topic("group") + "-summaries-0-")
                    .endsWith("To publish it, start from the last checkpoint of that job (flink run -s) instead.");
            job.restoreCheckpoint(job.id(), 0);
            job.build();
            assertThat(log.at(Level.WARN)).hasSize(1);
        }
    }

    @Test
    @WholeForm
    void aJobGoesOnFromACheckpointThatWasTakenBeforeItHadReadItsFirstRules() throws Exception {
        try (TestJob job = job(LONGEST)) {
            // A sink that delivers exactly once would wait for the lease, and checkpoints for the sink.
            job.options().set(JobOptions.DELIVERY_SUMMARIES, DeliveryGuarantee.AT_LEAST_ONCE);
            StreamExecutionEnvironment waiting = job.environment(Duration.ofMillis(200));
            TapewatchJob.build(waiting, job.options());
            ticks(job);
            job.start();
            job.await("summaries", any -> true);
            JobClient waits = waiting.executeAsync();
            CompletableFuture<JobExecutionResult> waitsEnds = waits.getJobExecutionResult();
            Waiting.untilTrue("the job that waits has taken a checkpoint", () -> JobMetrics.account(waits.getJobID())
                    .filter(account -> account.checkpoint() > 0)
                    .isPresent());
            assertThat(JobMetrics.hasEnded(waits.getJobID(), "Source: rules-at-start"))
                    .as("the job that waits has read its rules")
                    .isFalse();
            waits.cancel().get();
            waitsEnds.handle((result, cancelled) -> result).get();
            job.cancel();

            job.restoreCheckpoint(waits.getJobID(), 0);
            job.start();
            Instant start = Instant.ofEpochMilli(NOON + ticks * 1000);
            ticks(job);
            job.await(
                    "summaries",
                    summary -> !Instant.parse(summary.get("start").asText()).isBefore(start));
        }
    }

    private TestJob job(Duration session) throws IOException {
        TestJob job = new TestJob(kafka, folder, 1).parallelism(1);
        job.options().set(JobOptions.WINDOWS, "5s");
        sessionTimeout(job, session);
        return job;
    }

    private void sessionTimeout(TestJob job, Duration session) throws IOException {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, "session.timeout.ms=" + session.toMillis() + "\nheartbeat.interval.ms=500");
        job.options().set(JobOptions.KAFKA_PROPERTIES, properties.toString());
    }

    /** Half a minute of ticks, one a second. */
    private void ticks(TestJob job) {
        for (int i = 0; i < 30; i++) {
            job.send("prices", 0, "X", "{\"price\":%d,\"time\":%d}".formatted(100 + ticks % 7, NOON + ticks * 1000));
            ticks++;
        }
        job.flush();
    }
}
