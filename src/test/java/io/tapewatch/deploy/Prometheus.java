package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.cluster.Program;
import io.tapewatch.cluster.Waiting;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A real Prometheus and its tool, where they are installed. */
record Prometheus(Program program, URI address) implements AutoCloseable {

    static final String NOT_INSTALLED = "prometheus and promtool are installed (Debian's package prometheus)";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static boolean isInstalled() {
        return List.of("prometheus", "promtool").stream()
                .allMatch(program -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, program).canExecute()));
    }

    /** Runs {@code promtool} in the folder of the alerts, and returns what it says. */
    static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Monitoring.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** The answer to an expression: the series that it has. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.get("status").asText())
                .as("%s: %s", expression, answer)
                .isEqualTo("success");
        return answer.at("/data/result");
    }

    /** Waits until an expression has series. */
    void awaitSeries(String expression) throws Exception {
        Waiting.untilTrue(expression, () -> !query(expression).isEmpty());
    }

    /** Waits until it has read the metrics of so many processes. */
    void awaitTargets(int count) throws Exception {
        Waiting.untilTrue(count + " targets are up", () -> {
            assertThat(program.isAlive()).as("%s", program).isTrue();
            try {
                return query("up == 1").size() == count;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** What is there at a path. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(120))
                .build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        program.close();
    }
}
