package io.tapewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that Flink's REST interface tells of a cluster and a job, by path. */
final class RestAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int METRICS_AT_ONCE = 50;

    private final URI cluster;
    private final Map<String, String> answers = new LinkedHashMap<>();

    private RestAnswers(URI cluster) {
        this.cluster = cluster;
    }

    static Map<String, String> of(URI cluster, String job) throws IOException, InterruptedException {
        RestAnswers rest = new RestAnswers(cluster);
        rest.get("/config", "/overview", "/jobs", "/jobs/overview", "/jars", "/datasets");
        rest.under(
                "/jobmanager",
                List.of("/config", "/environment", "/log", "/stdout", "/logs", "/thread-dump"),
                List.of("/metrics"));
        for (JsonNode manager : rest.json("/taskmanagers").path("taskmanagers")) {
            rest.under(
                    "/taskmanagers/" + URLEncoder.encode(manager.path("id").asText(), StandardCharsets.UTF_8),
                    List.of("", "/log", "/stdout", "/logs", "/thread-dump"),
                    List.of("/metrics"));
        }
        rest.get("/jobs/metrics", "/taskmanagers/metrics");
        rest.job("/jobs/" + job);
        return rest.answers;
    }

    private void job(String path) throws IOException, InterruptedException {
        under(
                path,
                List.of(
                        "/config",
                        "/plan",
                        "/status",
                        "/exceptions",
                        "/exceptions?maxExceptions=100",
                        "/accumulators?includeSerializedValue=true",
                        "/checkpoints",
                        "/checkpoints/config",
                        "/resource-requirements",
                        "/jobmanager/config",
                        "/jobmanager/environment",
                        "/jobmanager/log-url"),
                List.of("/metrics"));
        for (JsonNode vertex : json(path).path("vertices")) {
            String of = path + "/vertices/" + vertex.path("id").asText();
            under(
                    of,
                    List.of(
                            "",
                            "/accumulators",
                            "/backpressure",
                            "/subtasks/accumulators",
                            "/subtasktimes",
                            "/taskmanagers",
                            "/watermarks"),
                    List.of("/metrics", "/subtasks/metrics", "/jm-operator-metrics"));
            for (int subtask = 0; subtask < vertex.path("parallelism").asInt(); subtask++) {
                under(of + "/subtasks/" + subtask, List.of("", "/attempts/0", "/attempts/1"), List.of("/metrics"));
            }
        }
        for (JsonNode checkpoint : json(path + "/checkpoints").path("history")) {
            String of = path + "/checkpoints/details/" + checkpoint.path("id").asText();
            get(of);
            for (JsonNode vertex : json(path).path("vertices")) {
                get(of + "/subtasks/" + vertex.path("id").asText());
            }
        }
    }

    private void under(String path, List<String> answers, List<String> metrics)
            throws IOException, InterruptedException {
        for (String answer : answers) {
            get(path + answer);
        }
        for (String list : metrics) {
            List<String> names = new ArrayList<>();
            json(path + list)
                    .forEach(metric ->
                            names.add(URLEncoder.encode(metric.path("id").asText(), StandardCharsets.UTF_8)));
            for (int from = 0; from < names.size(); from += METRICS_AT_ONCE) {
                get(path + list + "?get="
                        + String.join(",", names.subList(from, Math.min(from + METRICS_AT_ONCE, names.size()))));
            }
        }
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        get(path);
        return JSON.readTree(answers.get(path));
    }

    /** What is not there says so; that may be quoted too. */
    private void get(String... paths) throws IOException, InterruptedException {
        for (String path : paths) {
            answers.put(
                    path,
                    HTTP.send(
                                    HttpRequest.newBuilder(URI.create(cluster + path))
                                            .timeout(Duration.ofSeconds(120))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }
}
