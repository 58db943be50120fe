package io.tapewatch.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a cluster says of itself and its jobs over HTTP. */
public final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI address;

    /** @param port where it listens on this machine */
    FlinkRest(int port) {
        this.address = URI.create("http://localhost:" + port);
    }

    /** Where it is, and the web UI. */
    public URI address() {
        return address;
    }

    boolean isUp() throws InterruptedException {
        try {
            get("/overview");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What is there at a path. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return answer(path, HttpRequest.newBuilder());
    }

    private JsonNode answer(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                request.uri(URI.create(address + path))
                        .timeout(Duration.ofSeconds(120))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /**
     * Asks for a savepoint, and waits for what becomes of it.
     *
     * @param stop whether the job is to stop with it
     * @param folder where it is to be
     * @return its {@code location}, or its {@code failure-cause}
     */
    JsonNode savepoint(String job, boolean stop, Path folder) throws Exception {
        String target = JSON.createObjectNode()
                .put(
                        stop ? "targetDirectory" : "target-directory",
                        folder.toUri().toString())
                .toString();
        JsonNode asked = answer(
                "/jobs/" + job + (stop ? "/stop" : "/savepoints"),
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(target)));
        String request = asked.get("request-id").asText();
        return Waiting.until("a savepoint is complete, or has failed", () -> {
            JsonNode said = get("/jobs/" + job + "/savepoints/" + request);
            return said.at("/status/id").asText().equals("COMPLETED")
                    ? Optional.of(said.get("operation"))
                    : Optional.empty();
        });
    }

    /** The state of a job: RUNNING, RESTARTING, FAILED, … */
    public String state(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job).get("state").asText();
    }

    /** Waits until a job is in this state; fails if it has ended in another. */
    public void awaitState(String job, String wanted) throws Exception {
        Waiting.until("job is " + wanted, () -> {
            String state = state(job);
            if (!state.equals(wanted) && state.matches("FAILED|FINISHED|CANCELED")) {
                throw new AssertionError("the job is " + state + ", not " + wanted + "\n" + exceptions(job));
            }
            return state.equals(wanted) ? Optional.of(state) : Optional.empty();
        });
    }

    /** Waits until all tasks of a job run, or have come to their end. */
    public void awaitRunning(String job) throws Exception {
        Waiting.until("all tasks run", () -> {
            JsonNode details = get("/jobs/" + job);
            if (details.get("state").asText().matches("FAILED|FINISHED|CANCELED")) {
                throw new AssertionError("the job is " + details.get("state").asText() + "\n" + exceptions(job));
            }
            for (JsonNode vertex : details.get("vertices")) {
                if (!vertex.get("status").asText().matches("RUNNING|FINISHED")) {
                    return Optional.empty();
                }
            }
            return Optional.of(details);
        });
    }

    /** The ids of the task managers on which tasks of a job run. */
    public Set<String> taskManagersOf(String job) throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            get("/jobs/" + job + "/vertices/" + vertex.get("id").asText() + "/taskmanagers")
                    .get("taskmanagers")
                    .forEach(manager -> ids.add(manager.get("taskmanager-id").asText()));
        }
        return ids;
    }

    /** The ids of all task managers. */
    public Set<String> taskManagers() throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        get("/taskmanagers")
                .get("taskmanagers")
                .forEach(manager -> ids.add(manager.get("id").asText()));
        return ids;
    }

    /** Waits until what is read to the end at a start has ended, all else runs, and a checkpoint was taken after that. */
    public void awaitSettled(String job) throws Exception {
        Waiting.untilTrue("the job has settled", () -> {
            awaitRunning(job);
            for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
                boolean ends = vertex.get("name").asText().contains("-at-start");
                if (!vertex.get("status").asText().equals(ends ? "FINISHED" : "RUNNING")) {
                    return false;
                }
            }
            return true;
        });
        awaitFurtherCheckpoints(job, 2);
    }

    /** What its tasks failed of. */
    public String exceptions(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/exceptions?maxExceptions=20").toPrettyString();
    }

    /** All about its checkpoints. */
    public JsonNode checkpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints");
    }

    /** How many checkpoints were completed. */
    public long completedCheckpoints(String job) throws IOException, InterruptedException {
        return checkpoints(job).get("counts").get("completed").asLong();
    }

    /** Waits until its checkpoints are like this. */
    public JsonNode awaitCheckpoints(String what, String job, Predicate<JsonNode> like) throws Exception {
        return Waiting.until(what, () -> Optional.of(checkpoints(job)).filter(like));
    }

    /** Waits for so many complete checkpoints more. */
    public void awaitFurtherCheckpoints(String job, int more) throws Exception {
        long before = completedCheckpoints(job);
        Waiting.untilTrue(more + " checkpoints more", () -> completedCheckpoints(job) >= before + more);
    }

    /** Where the last complete checkpoint is. */
    public String lastCheckpoint(String job) throws IOException, InterruptedException {
        return checkpoints(job)
                .get("latest")
                .get("completed")
                .get("external_path")
                .asText();
    }

    /** How often a job's state was restored, at its start and after failures. */
    public long restored(String job) throws IOException, InterruptedException {
        return checkpoints(job).get("counts").get("restored").asLong();
    }

    /** Waits until a job manager that knows nothing of a job but its last checkpoint has restored it. */
    void awaitTakenOver(String job) throws Exception {
        Waiting.untilTrue("another job manager has taken over", () -> {
            try {
                return restored(job) > 0;
            } catch (IOException e) {
                // No one leads yet, or the one who does has not found the job yet.
                return false;
            }
        });
    }

    /** Waits until the state of a job has been restored so often. */
    public void awaitRestored(String job, long times) throws Exception {
        Waiting.untilTrue("restored " + times + " times", () -> restored(job) >= times);
    }
}
