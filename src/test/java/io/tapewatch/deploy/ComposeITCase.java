package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.BrokerProcess;
import io.tapewatch.cluster.FlinkClient;
import io.tapewatch.cluster.ImagePrograms;
import io.tapewatch.cluster.Program;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.cluster.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docker-compose.yml}, run as it is written, by the names that the images have for programs. */
class ComposeITCase {

    /** These the images' entry points turn into processes, which {@link SessionCluster} starts as they do. */
    private static final Map<String, List<String>> BY_THE_IMAGE =
            Map.of("jobmanager", List.of("jobmanager"), "taskmanager", List.of("taskmanager"));

    @TempDir
    Path folder;

    private final Set<String> ran = new HashSet<>();

    @Test
    void everyCommandDoesWhatItIsThereFor() throws Exception {
        ComposeFile compose = ComposeFile.read();
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"), settings(compose));
                SessionCluster cluster = SessionCluster.start(
                        folder.resolve("flink"), 2, Map.of("execution.checkpointing.interval", "1s"))) {
            Path data = Files.createDirectories(folder.resolve("data"));
            ImagePrograms programs = ImagePrograms.in(folder.resolve("bin"), cluster);
            Map<String, String> replaced = new LinkedHashMap<>();
            replaced.put("/opt/kafka/bin/", programs.folder() + "/");
            replaced.put("kafka:29092", broker.bootstrapServers());
            replaced.put("http://jobmanager:8081", cluster.rest().address().toString());
            replaced.put(
                    "http://localhost:9249",
                    "http://localhost:" + cluster.metricsPorts().get(0));
            replaced.put("/opt/tapewatch/tools/", target("tools") + "/");
            replaced.put("/opt/tapewatch/tapewatch.jar", FlinkClient.JAR.toString());
            replaced.put(
                    "/opt/tapewatch/rules/", Path.of("src/main/resources/rules").toAbsolutePath() + "/");
            // Not the file:///data that was replaced before, nor a folder of this machine.
            replaced.put("(?<![\\w])/data\\b", data.toString());
            replaced.put(
                    "9999:9999", Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid"));

            for (String service :
                    List.of("kafka healthy", "topics", "data", "jobmanager healthy", "taskmanager healthy")) {
                endsWell(compose, service, programs, replaced);
            }
            assertThat(endsWell(compose, "job", programs, replaced).output()).contains("has been submitted");
            assertThat(endsWell(compose, "job", programs, replaced).output()).doesNotContain("submitted");
            JsonNode jobs = cluster.rest().get("/jobs/overview").get("jobs");
            assertThat(jobs).hasSize(1);
            String job = jobs.get(0).get("jid").asText();
            cluster.rest().awaitRunning(job);
            assertThat(endsWell(compose, "rules", programs, replaced).output()).contains("rules, 0 rejected");

            try (Program feed = start(compose, "feed", programs, replaced)) {
                Waiting.until("there are summaries in CSV", () -> {
                    assertThat(feed.isAlive()).as("%s", feed).isTrue();
                    return csv(data.resolve("csv/summaries"));
                });
                assertThat(data.resolve("planted.jsonl")).exists();
            }
        }

        Map<String, List<String>> others = new TreeMap<>(compose.commands());
        others.keySet().removeAll(ran);
        assertThat(others).containsAllEntriesOf(BY_THE_IMAGE);
        others.keySet().removeAll(BY_THE_IMAGE.keySet());
        assertThat(others).as("PrometheusITCase runs it").containsOnlyKeys("prometheus");
    }

    private Program endsWell(ComposeFile compose, String service, ImagePrograms programs, Map<String, String> replaced)
            throws Exception {
        try (Program program = start(compose, service, programs, replaced)) {
            assertThat(program.exitCode()).as("%s", program).isZero();
            return program;
        }
    }

    private Program start(ComposeFile compose, String service, ImagePrograms programs, Map<String, String> replaced)
            throws Exception {
        ran.add(service);
        return programs.start(compose.commands().get(service), replaced);
    }

    /** The broker's settings of the environment, but for where it listens, by Kafka's names. */
    private static Map<String, String> settings(ComposeFile compose) {
        Map<String, String> settings = new TreeMap<>();
        ((Map<?, ?>) compose.services().get("kafka").get("environment")).forEach((name, value) -> {
            String setting =
                    name.toString().replaceFirst("^KAFKA_", "").toLowerCase().replace('_', '.');
            if (!setting.matches(".*(listener|voters|log.dirs).*")) {
                settings.put(setting, value.toString());
            }
        });
        return settings;
    }

    private static Path target(String name) {
        return Path.of("target", name).toAbsolutePath();
    }

    /** A file that is finished. */
    private static Optional<Path> csv(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.csv"))
                    .findFirst();
        }
    }
}
