package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.WholeForm;
import io.tapewatch.cluster.FlinkRest;
import io.tapewatch.cluster.Program;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.Folders;
import io.tapewatch.local.FreePorts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every command of {@code docker-compose.yml}, run as it is written, and what Prometheus, the web UI and the logs say then. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WholeForm
class ComposeITCase {

    /** These the image's entry point turns into processes, which the cluster's are like. */
    private static final Map<String, List<String>> BY_THE_IMAGE =
            Map.of("jobmanager", List.of("jobmanager"), "taskmanager", List.of("taskmanager"));

    /** What the job of compose does not have, as it gets no quotes and no table of sale conditions. */
    private static final String NOT_THERE =
            "flink_taskmanager_job_task_operator_tapewatch_((account_)?quotes.*|unknownConditions.*|withConditions.*)"
                    + "|.*\"Source: quotes\".*";

    @TempDir
    static Path folder;

    private static ComposeRun run;
    private static Program feed;

    @BeforeAll
    static void start() throws Exception {
        run = ComposeRun.start(folder);
    }

    @AfterAll
    static void close() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    @Order(1)
    void theJobIsSubmittedOnceAndTellsWhatItMakesOfTheFeed() throws Exception {
        for (String command : List.of("kafka healthy", "topics", "data", "jobmanager healthy", "taskmanager healthy")) {
            run.endsWell(command);
        }
        assertThat(run.endsWell("job")).contains("has been submitted");
        assertThat(run.endsWell("job")).doesNotContain("submitted");
        JsonNode jobs = run.cluster().rest().get("/jobs/overview").get("jobs");
        assertThat(jobs).hasSize(1);
        run.cluster().rest().awaitSettled(jobs.get(0).get("jid").asText());
        assertThat(run.endsWell("rules")).contains("rules, 0 rejected");

        feed = run.start("feed", Map.of());
        Waiting.until("there are summaries in CSV", () -> {
            assertThat(feed.isAlive()).as("%s", feed).isTrue();
            return csv(run.data().resolve("csv/summaries"));
        });
        assertThat(run.data().resolve("planted.jsonl")).exists();
    }

    @Test
    @Order(2)
    void everyCommandIsRunByThisTest() {
        Map<String, List<String>> others = new TreeMap<>(run.compose().commands());
        others.keySet().removeAll(run.ran());

        assertThat(others).containsAllEntriesOf(BY_THE_IMAGE);
        others.keySet().removeAll(BY_THE_IMAGE.keySet());
        assertThat(others).as("the next test runs it").containsOnlyKeys("prometheus");
    }

    @Test
    @Order(3)
    void prometheusSeesWhatAlertsAndDashboardAskFor() throws Exception {
        assumeThat(Prometheus.isInstalled()).as(Prometheus.NOT_INSTALLED).isTrue();
        assertThat(feed).as("the feed").isNotNull();

        try (Prometheus prometheus = prometheus()) {
            prometheus.awaitTargets(1 + ComposeRun.TASK_MANAGERS);
            for (Map.Entry<String, String> panel : Monitoring.panels().entrySet()) {
                prometheus.awaitSeries(panel.getValue());
            }
            Set<String> missing = new TreeSet<>();
            for (JsonNode alert : Monitoring.alerts().values()) {
                prometheus.query(alert.get("expr").asText());
                for (String selector : Monitoring.selectors(alert.get("expr").asText())) {
                    if (!selector.matches(NOT_THERE)) {
                        prometheus.awaitSeries(selector);
                    } else if (!prometheus.query(selector).isEmpty()) {
                        missing.add(selector);
                    }
                }
            }
            assertThat(missing).as("are there after all").isEmpty();

            List<String> loaded = new ArrayList<>();
            for (JsonNode rule : prometheus.get("/api/v1/rules").at("/data/groups/0/rules")) {
                assertThat(rule.get("lastError")).as("%s", rule).isNull();
                loaded.add(rule.get("name").asText());
            }
            assertThat(loaded).containsExactlyElementsOf(Monitoring.alerts().keySet());
        }
    }

    @Test
    @Order(4)
    void theWebUiShowsEventTimeAndTheSettings() throws Exception {
        FlinkRest rest = run.cluster().rest();
        String tape = "";
        for (JsonNode vertex : rest.get(jobPath()).get("vertices")) {
            tape = vertex.get("name").asText().startsWith("tape")
                    ? vertex.get("id").asText()
                    : tape;
        }
        String watermarks = jobPath() + "/vertices/" + tape + "/watermarks";
        // The job manager asks its task managers every ten seconds.
        JsonNode shown = Waiting.until("there are watermarks", () -> Optional.of(rest.get(watermarks))
                .filter(each ->
                        each.size() > 1 && each.findValues("value").stream().allMatch(value -> value.asLong() > 0)));
        for (JsonNode watermark : shown) {
            assertThat(Instant.ofEpochMilli(watermark.get("value").asLong()))
                    .as("%s", shown)
                    .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
        }
        JsonNode settings = rest.get(jobPath() + "/config").at("/execution-config/user-config");
        assertThat(settings.path("windows").asText()).isEqualTo("1m,5m/1m,1d+1m");
        assertThat(settings.path("csv.path").asText()).endsWith("/csv");
    }

    /** What it says when it starts, and while it runs with a few dozen checkpoints. */
    @Test
    @Order(5)
    void theLogsOfAHealthyClusterHoldNoWarning() throws Exception {
        assertThat(feed.isAlive()).as("%s", feed).isTrue();
        run.cluster()
                .rest()
                .awaitCheckpoints(
                        "30 checkpoints",
                        jobId(),
                        checkpoints -> checkpoints.at("/counts/completed").asInt() >= 30);

        String logs = run.cluster().logs();
        assertThat(List.of("StandaloneSessionClusterEntrypoint", "TaskManagerRunner", "CliFrontend"))
                .allMatch(logs::contains);
        assertThat(run.cluster().warnings()).isEmpty();
    }

    private static String jobId() throws Exception {
        return run.cluster().rest().get("/jobs/overview").at("/jobs/0/jid").asText();
    }

    private static String jobPath() throws Exception {
        return "/jobs/" + jobId();
    }

    /** As the file starts it, but that it looks every second, and where these processes are. */
    private static Prometheus prometheus() throws Exception {
        Path config = run.folder("prometheus").resolve("prometheus.yml");
        String targets = run.cluster().metricsPorts().stream()
                .map(port -> "localhost:" + port)
                .collect(Collectors.joining(", "));
        String text = Files.readString(Monitoring.FOLDER.resolve("prometheus.yml"))
                .replaceAll("_interval: 10s", "_interval: 1s")
                .replaceFirst("(?s)dns_sd_configs:.*", "static_configs: [{targets: [" + targets + "]}]\n");
        assertThat(text).contains("static_configs", "scrape_interval: 1s");
        Files.writeString(config, text);
        Files.copy(Monitoring.FOLDER.resolve("alerts.yml"), config.resolveSibling("alerts.yml"));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("/bin/prometheus$", "prometheus");
        names.put("/etc/prometheus/prometheus.yml", config.toString());
        names.put("=/prometheus$", "=" + run.folder("prometheus-data"));
        int port = FreePorts.find(1).get(0);
        Program program = run.start("prometheus", names, "--web.listen-address=127.0.0.1:" + port);
        return new Prometheus(program, URI.create("http://127.0.0.1:" + port));
    }

    /** A file that is finished. */
    private static Optional<Path> csv(Path folder) throws Exception {
        return Folders.files(folder)
                .filter(file -> file.getFileName().toString().matches("[^.].*\\.csv"))
                .findFirst();
    }
}
