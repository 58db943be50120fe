package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cluster.FlinkClient;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.lease.GroupLease;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lease of a job on a cluster of processes, as a user submits the job, and what becomes of the lease when they are killed. */
@Timeout(600)
@ExtendWith({KafkaBroker.class, LongPatience.class})
@WholeForm
class LeaseOnAClusterITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    private static final Duration SHORTEST = Duration.ofSeconds(6);

    /** The longest session that a job has: neither a busy machine nor a slow start must outlast it. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private long ticks;

    @Test
    void aSecondJobIsRefusedAndAKilledClusterIsWaitedForAndALostTaskManagerIsNot(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).parallelism(1);
                KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            GroupLease lease = new GroupLease(connection, job.topic("group"));
            session(job, LONGEST);
            ticks(job);
            try (SessionCluster flink = SessionCluster.start(
                    Files.createDirectories(folder.resolve("cluster")),
                    1,
                    Map.of("execution.checkpointing.interval", "500ms", "execution.checkpointing.min-pause", "0ms"))) {
                String id = flink.client().submit(List.of("-p", "1"), arguments(job));
                job.await(
                        "summaries", summary -> isOfMinute(summary.get("start").asText(), 0));
                assertThat(lease.holder().orElseThrow().id()).isEqualTo(id);
                assertThat(lease.holder().orElseThrow().job()).isEqualTo(job.topic("group"));

                // This one waits for as long as a session of its own lasts. It is as short as brokers allow.
                session(job, SHORTEST);
                List<String> again = new ArrayList<>(List.of("run", "-d", FlinkClient.JAR.toString()));
                again.addAll(arguments(job));
                FlinkClient.Said refusal = flink.client().run(again.toArray(String[]::new));
                assertThat(refusal.exitCode()).isEqualTo(1);
                String running = "job '" + job.topic("group") + "' (" + id + "), started at 20";
                assertThat(refusal.output().lines())
                        .filteredOn(line -> line.contains(running))
                        .satisfiesExactly(
                                wait -> assertThat(wait).startsWith("Waiting up to 9 s: " + running),
                                refused -> assertThat(refused)
                                        .contains("reads with --prices.group-id " + job.topic("group")
                                                + " on Kafka at "));
                assertThat(flink.rest().get("/jobs/overview").get("jobs")).hasSize(1);

                flink.killTaskManager(flink.rest().taskManagers().iterator().next());
                flink.startTaskManager();
                ticks(job);
                job.await(
                        "summaries", summary -> isOfMinute(summary.get("start").asText(), 1));
                assertThat(flink.rest().state(id)).isEqualTo("RUNNING");
                assertThat(flink.logs().lines().filter(line -> line.contains("This job holds the lease")))
                        .as("the job manager kept the lease all the time")
                        .hasSize(1);
            }
            // All of the cluster's processes were killed: nobody has given the lease back.
            session(job, LONGEST);
            try (HeardLog log = HeardLog.of(GroupLease.class.getName())) {
                assertThat(lease.holder()).isPresent();
                job.start();
                assertThat(log.at(Level.WARN))
                        .singleElement()
                        .asString()
                        .startsWith("Waiting up to 22 s: job '" + job.topic("group") + "' (");
            }
            ticks(job);
            ticks(job);
            Waiting.untilTrue("the new job holds the lease", () -> lease.holder()
                    .filter(holder -> holder.id().equals(job.id().toString()))
                    .isPresent());
            job.await("summaries", summary -> isOfMinute(summary.get("start").asText(), 3));
        }
    }

    private void session(TestJob job, Duration timeout) throws IOException {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, "session.timeout.ms=" + timeout.toMillis());
        job.options().set(JobOptions.KAFKA_PROPERTIES, properties.toString());
    }

    private static boolean isOfMinute(String start, int minute) {
        return start.equals("2023-11-15T12:0" + minute + ":00.000Z");
    }

    /** A minute of ticks, one a second, and what lets its windows end. */
    private void ticks(TestJob job) {
        long from = NOON + ticks * 1000;
        for (int i = 0; i < 60; i++) {
            job.send("prices", 0, "X", "{\"price\":100,\"time\":%d}".formatted(from + i * 1000));
            ticks++;
        }
        job.send("prices", 0, null, "{\"heartbeat\":true,\"time\":%d}".formatted(from + 62_001));
        job.flush();
    }

    private static List<String> arguments(TestJob job) {
        job.options().set(JobOptions.WINDOWS, "1m");
        return job.options().toMap().entrySet().stream()
                .flatMap(option -> Stream.of("--" + option.getKey(), option.getValue()))
                .toList();
    }
}
