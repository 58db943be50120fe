package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cluster.FlinkClient;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a cluster of processes, submitted as a user does it, on a broker that demands TLS and credentials: it is
 * refused with wrong ones, works with right ones, fails over and over when they are not right any more, and goes on when they are again. Everything the
 * cluster says and writes is searched for secrets, and for a decoy that is found.
 */
@Timeout(600)
@ExtendWith(LongPatience.class)
@WholeForm
class SecuredClusterITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    private static final String PASSWORD = "pelican+7%Qz/harbour";
    private static final String WRONG_PASSWORD = "gannet+1%Qz/cliff";
    private static final String STORE_PASSWORD = "cormorant+8%Qz/island";
    private static final Secrets SECRETS = new Secrets(PASSWORD, WRONG_PASSWORD, STORE_PASSWORD);

    /** The name of the folder of the truststore, which Kafka's clients log, and a setting of the cluster. */
    private static final String DECOY = "albatross-mast";

    @TempDir
    Path folder;

    @Test
    void aJobOnAClusterWorksWithCredentialsAndShowsNone() throws Exception {
        Path stores = Files.createDirectories(folder.resolve(DECOY));
        Path cluster = Files.createDirectories(folder.resolve("cluster"));
        Map<String, String> shown = new TreeMap<>();
        try (SecuredKafka kafka = SecuredKafka.create(stores);
                TestJob job = new TestJob(kafka.kafka(), folder, 2).withQuotesAndInstruments();
                SessionCluster flink = SessionCluster.start(
                        cluster,
                        1,
                        Map.of(
                                "execution.checkpointing.interval",
                                "500ms",
                                "execution.checkpointing.min-pause",
                                "0ms",
                                "decoy",
                                DECOY))) {
            kafka.admit("tapewatch", PASSWORD);
            Path right =
                    kafka.writeClientFile(stores.resolve("right.properties"), "tapewatch", PASSWORD, STORE_PASSWORD);
            Path wrong = kafka.writeClientFile(
                    stores.resolve("wrong.properties"), "tapewatch", WRONG_PASSWORD, STORE_PASSWORD);
            job.options().set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers("SASL_SSL"));
            job.options().set(JobOptions.CSV_PATH, folder.resolve("csv").toUri().toString());
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            feed(job);

            List<String> refused = new ArrayList<>(List.of("run", "-d", FlinkClient.JAR.toString()));
            refused.addAll(arguments(job, wrong));
            FlinkClient.Said refusal = flink.client().run(refused.toArray(String[]::new));
            shown.put("refusal", refusal.output());
            assertThat(refusal.exitCode()).isEqualTo(1);
            assertThat(refusal.output().lines())
                    .filteredOn(line -> line.contains("it refuses the credentials"))
                    .hasSize(1);

            String id = flink.client().submit(List.of(), arguments(job, right));
            job.await("summaries", any -> true);
            job.await("flags", any -> true);
            flink.rest().awaitSettled(id);
            answers(flink, id, "running", shown);

            kafka.admit("tapewatch", "another");
            Waiting.untilTrue(
                    "tasks fail over the password",
                    () -> flink.rest().exceptions(id).contains("SaslAuthenticationException"));
            answers(flink, id, "failing", shown);
            kafka.admit("tapewatch", PASSWORD);
            flink.rest().awaitSettled(id);
            flink.client().cancel(id);
        }
        // All that a cluster which is no more has left: logs, what was printed, settings, checkpoints.
        FileTexts.of(Folders.files(cluster)
                        .filter(each -> !each.startsWith(cluster.resolve("tmp")))
                        .toList())
                .forEach((file, text) -> shown.put(cluster.relativize(file).toString(), text));
        assertThat(shown).hasSizeGreaterThan(200);
        assertThat(shown.keySet())
                .contains("jobmanager.log", "taskmanager-1.log", "jobmanager.out", "taskmanager-1.out")
                .anyMatch(at -> at.matches("client-\\d+\\.log"))
                .anyMatch(at -> at.startsWith("checkpoints/") && at.endsWith("_metadata"));
        assertThat(shown.get("jobmanager.log")).contains(DECOY, "SaslAuthenticationException");
        assertThat(shown.get("taskmanager-1.log")).contains(DECOY, "SaslAuthenticationException", "[hidden]");
        assertThat(shown.get("running /jobmanager/config")).contains(DECOY);
        shown.forEach((at, text) -> assertThat(SECRETS.in(text)).as(at).isEmpty());
    }

    private static void feed(TestJob job) {
        job.send("rules", 0, "any", """
                {"id":"any","version":1,"when":{"metric":"price","is":">","limit":0}}""");
        for (int partition = 0; partition < 2; partition++) {
            for (String topic : List.of("prices", "quotes")) {
                String values = topic.equals("prices") ? "\"price\":100" : "\"bid\":99,\"ask\":101";
                job.send(topic, partition, "X" + partition, "{%s,\"time\":%d}".formatted(values, NOON));
                job.send(topic, partition, "X" + partition, "{%s,\"time\":%d}".formatted(values, NOON + 300_000));
            }
        }
        job.flush();
    }

    private static List<String> arguments(TestJob job, Path file) {
        job.options().set(JobOptions.KAFKA_PROPERTIES, file.toString());
        return job.options().toMap().entrySet().stream()
                .flatMap(option -> Stream.of("--" + option.getKey(), option.getValue()))
                .toList();
    }

    private static void answers(SessionCluster flink, String job, String when, Map<String, String> shown)
            throws Exception {
        RestAnswers.of(flink.rest().address(), job).forEach((path, answer) -> shown.put(when + " " + path, answer));
    }
}
