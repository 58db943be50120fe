package io.tapewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.domain.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Flink's REST interface, asked with patience that ends. */
final class FlinkRest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** Flink refuses request lines of more than 4,096 bytes. */
    private static final int LONGEST_QUERY = 3_000;

    private static final long FETCHING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REFRESHING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** Why Flink cannot be asked, in one line. */
    static final class Unusable extends Exception {
        Unusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * A metric over all subtasks.
     *
     * @param min the lowest of them
     * @param max the highest of them
     * @param sum all of them together
     */
    record Figures(long min, long max, long sum) {}

    /** @param address where it is, the address of the web UI */
    FlinkRest(URI address) {
        this.address = address;
    }

    /**
     * Reads the address of Flink's web UI.
     *
     * @throws IllegalArgumentException if it is none; the message is one line
     */
    static URI parseAddress(String text) {
        try {
            URI address = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // It is none.
        }
        throw new IllegalArgumentException("expected http:// or https:// and a host, such as http://localhost:8081");
    }

    URI address() {
        return address;
    }

    /** What is there at a path. */
    JsonNode get(String path) throws Unusable {
        URI uri = URI.create(address.toString().replaceFirst("/+$", "") + path);
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new Unusable(
                        "Flink at " + address + " answers " + answer.statusCode() + " to " + uri.getPath()
                                + "; is --rest the address of the web UI?",
                        null);
            }
            return JSON.readTree(answer.body());
        } catch (HttpTimeoutException e) {
            throw new Unusable("Flink at " + address + " does not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (JsonProcessingException e) {
            throw new Unusable("what is at " + address + " is not Flink; is --rest the address of the web UI?", e);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "" : ": " + Printable.printable(e.getMessage());
            throw new Unusable("Flink at " + address + " does not answer" + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted while asking Flink at " + address, e);
        }
    }

    /**
     * Waits until Flink's answers about metrics are fresh. It fetches them when it is asked, at most every 10 s, and
     * answers with the old ones meanwhile.
     */
    void awaitFreshMetrics() throws Unusable {
        long start = System.nanoTime();
        JsonNode before = cpuTime();
        JsonNode now = before;
        while (now.isEmpty() && System.nanoTime() - start < FETCHING_NANOS
                || now.equals(before) && System.nanoTime() - start < REFRESHING_NANOS) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            now = cpuTime();
        }
    }

    /** A figure that every task manager has, and that always moves. */
    private JsonNode cpuTime() throws Unusable {
        return get("/taskmanagers/metrics?get=Status.JVM.CPU.Time");
    }

    /** Those metrics of a vertex that are wanted, by name. */
    Map<String, Figures> metrics(String job, String vertex, Predicate<String> wanted) throws Unusable {
        String path = "/jobs/" + job + "/vertices/" + vertex + "/subtasks/metrics";
        List<String> names = new ArrayList<>();
        get(path).forEach(metric -> {
            String name = metric.path("id").asText();
            if (wanted.test(name)) {
                names.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
            }
        });
        Map<String, Figures> metrics = new HashMap<>();
        StringBuilder query = new StringBuilder();
        for (String name : names) {
            if (!query.isEmpty() && query.length() + name.length() > LONGEST_QUERY) {
                add(get(path + "?get=" + query), metrics);
                query.setLength(0);
            }
            query.append(query.isEmpty() ? "" : ",").append(name);
        }
        if (!query.isEmpty()) {
            add(get(path + "?get=" + query), metrics);
        }
        return metrics;
    }

    private static void add(JsonNode answer, Map<String, Figures> metrics) {
        for (JsonNode metric : answer) {
            metrics.put(
                    metric.path("id").asText(),
                    new Figures(
                            metric.path("min").asLong(),
                            metric.path("max").asLong(),
                            metric.path("sum").asLong()));
        }
    }
}
