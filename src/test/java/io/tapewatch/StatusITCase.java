package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.cli.ToolInProcess;
import io.tapewatch.cli.ToolInProcess.Said;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tapewatch status} beside a job that runs, and beside one that does no more. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class StatusITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long MINUTE = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static MiniCluster flink;

    @TempDir
    Path folder;

    @Test
    void itNamesThePartitionThatHoldsEventTimeBackAndTellsOfRulesRejectionsAndTheEnd(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            URI rest = flink.getRestAddress().get();
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.send("rules", 0, "cheap", """
                    {"id":"cheap","version":3,"severity":"high","when":{"metric":"price","is":"<","limit":2}}""");
            tick(job, 0, NOON - 10 * MINUTE);
            tick(job, 1, NOON);
            tick(job, 0, NOON + 10 * MINUTE);
            job.send("prices", 0, "X", "no price");
            StreamExecutionEnvironment env = environment(rest, job.options().get(JobOptions.GROUP_ID));
            TapewatchJob.build(env, job.options());
            job.flush();
            job.start(env);
            job.await("flags", flag -> flag.get("ruleId").asText().equals("cheap"));

            JsonNode json = await(
                    job,
                    rest,
                    1,
                    status -> status.path("eventTimeOf").has("since")
                            && status.path("counts").path("records").asInt() == 4
                            && status.path("rejectedBy").has("malformed-json")
                            && status.path("unknownFields").path("lot").asInt() == 3
                            && status.path("eventTime").asText().equals("2023-11-15T11:59:57.999Z")
                            && status.at("/partitions/0/eventTime").asText().equals("2023-11-15T12:09:57.999Z"),
                    "--max-standstill=100ms");
            assertThat(json.path("health").asText()).isEqualTo("warning");
            assertThat(json.path("problems").path(0).path("text").asText())
                    .startsWith("partition 1 of prices holds event time back since ")
                    .contains("10m 0s behind the furthest");
            assertThat(json.path("eventTimeOf").path("input").asText()).isEqualTo("prices");
            assertThat(json.path("eventTimeOf").path("partition").asInt()).isEqualTo(1);
            assertThat(json.path("partitions")).hasSize(2);
            assertThat(json.path("partitions").path(1).path("eventTime").asText())
                    .isEqualTo("2023-11-15T11:59:57.999Z");
            assertThat(json.path("partitions").path(1).path("behindMillis").asLong())
                    .isEqualTo(10 * MINUTE);
            assertThat(json.path("lag").asLong()).isZero();
            assertThat(json.path("checkpoint").path("number").asLong()).isPositive();
            assertThat(json.path("rejectedBy").path("malformed-json").asInt()).isEqualTo(1);
            assertThat(json.path("rules")).hasSize(1);
            JsonNode cheap = json.path("rules").path(0);
            assertThat(cheap.path("id").asText()).isEqualTo("cheap");
            assertThat(cheap.path("version").asInt()).isEqualTo(3);
            assertThat(cheap.path("lastFlag").asText()).isEqualTo("2023-11-15T11:50:00.000Z");
            assertThat(cheap.path("flags").asInt()).isEqualTo(1);

            Said screen = status(job, rest, "--max-standstill=1h");
            assertThat(screen.exitCode()).as(screen.toString()).isZero();
            assertThat(screen.err()).isEmpty();
            assertThat(screen.out())
                    .hasSizeLessThan(40)
                    .anyMatch(line -> line.startsWith("event time   2023-11-15T11:59:57Z, "))
                    .contains("lag          0 records wait to be read", "rejected     malformed-json 1")
                    .anyMatch(
                            line -> line.matches("2023-11-15T11:50:00Z  \\S.* ago +1 +active +high +cheap, version 3"));

            Said kafkaAlone = status(job, URI.create("http://localhost:1"));
            assertThat(kafkaAlone.exitCode()).isEqualTo(3);
            assertThat(kafkaAlone.out())
                    .anyMatch(line ->
                            line.startsWith("health       UNKNOWN: Flink at http://localhost:1 does not answer"))
                    .anyMatch(line -> line.contains("cheap, version 3"));

            job.cancel();
            Said ended = status(job, rest);
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
            assertThat(ended.out())
                    .anyMatch(line -> line.startsWith("health       CRITICAL: the job is CANCELED since "));
            Said other = status(job, rest, "--prices.group-id=other");
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(String.join(" ", other.out()).replaceAll(" +", " "))
                    .contains("CRITICAL: there is no job 'other' on Flink at " + rest + "; there is: "
                            + job.topic("group") + " (CANCELED)");
        }
    }

    private static void tick(TestJob job, int partition, long time) {
        job.send("prices", partition, "X" + partition, "{\"price\":1,\"time\":%d,\"lot\":5}".formatted(time));
    }

    /** Asks again and again: Flink tells its metrics a while after they are so. */
    private static JsonNode await(TestJob job, URI rest, int exitCode, Predicate<JsonNode> like, String... arguments)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        AtomicReference<Said> last = new AtomicReference<>();
        try {
            return Waiting.until("such a status", () -> look(job, rest, exitCode, like, all, last));
        } catch (AssertionError e) {
            throw new AssertionError("the last status was " + last, e);
        }
    }

    private static Optional<JsonNode> look(
            TestJob job,
            URI rest,
            int exitCode,
            Predicate<JsonNode> like,
            List<String> arguments,
            AtomicReference<Said> last)
            throws Exception {
        Said said = status(job, rest, arguments.toArray(String[]::new));
        last.set(said);
        assertThat(said.out()).as(said.toString()).hasSize(1);
        JsonNode json = JSON.readTree(said.out().get(0));
        return said.exitCode() == exitCode && like.test(json) ? Optional.of(json) : Optional.empty();
    }

    private static Said status(TestJob job, URI rest, String... arguments) {
        List<String> all = new ArrayList<>(List.of("status", "--rest=" + rest));
        for (var option : List.of(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.OUTPUT_PREFIX,
                JobOptions.GROUP_ID)) {
            String given = "--" + option.key() + "=";
            if (List.of(arguments).stream().noneMatch(argument -> argument.startsWith(given))) {
                all.add(given + job.options().get(option));
            }
        }
        all.addAll(List.of(arguments));
        return ToolInProcess.run(all);
    }

    @BeforeAll
    static void startFlink() throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
        settings.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
        flink = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        flink.start();
    }

    @AfterAll
    static void stopFlink() throws Exception {
        flink.close();
    }

    private StreamExecutionEnvironment environment(URI rest, String name) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        settings.set(PipelineOptions.NAME, name);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return StreamExecutionEnvironment.createRemoteEnvironment(rest.getHost(), rest.getPort(), settings)
                .setParallelism(2);
    }
}
