package io.tapewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cli.FlinkRest.Figures;
import io.tapewatch.domain.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The job as Flink sees it.
 *
 * @param id its id
 * @param state RUNNING, RESTARTING, FAILED, …
 * @param since since when it has been in that state, in epoch milliseconds
 * @param runningTasks how many of its tasks run or have come to their end
 * @param tasks how many tasks it has
 * @param restarts how often Flink has restarted it
 * @param failure why it failed last, or null: it has not
 * @param checkpoint its last complete checkpoint, or null: there is none
 * @param failedCheckpoints how many were attempted in vain
 * @param checkpointInterval how often one is taken, in milliseconds; 0 if none is
 * @param metrics what its tasks tell; of a job that does not run, nothing
 */
record JobOnFlink(
        String id,
        String state,
        long since,
        int runningTasks,
        int tasks,
        long restarts,
        @Nullable Failed failure,
        @Nullable Checkpoint checkpoint,
        long failedCheckpoints,
        long checkpointInterval,
        FlinkMetrics metrics) {

    private static final String RUNNING = "RUNNING";
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");
    private static final Set<String> RUNNING_OR_OVER = Set.of(RUNNING, "FINISHED");
    private static final String CAUSE = "Caused by: ";

    /** A failure, and when it was. */
    record Failed(long at, String why) {}

    /** A complete checkpoint: its number, when it was complete, and how many milliseconds and bytes it took. */
    record Checkpoint(long number, long at, long millis, long bytes) {}

    /**
     * What Flink knows of a name.
     *
     * @param version Flink's
     * @param job the job of this name, or null: there is none; of several, the newest that has not ended
     * @param alive how many jobs of this name have not ended
     * @param others the names and states of other jobs
     */
    record Found(String version, @Nullable JobOnFlink job, long alive, List<String> others) {}

    boolean isRunning() {
        return state.equals(RUNNING);
    }

    boolean hasEnded() {
        return ENDED.contains(state);
    }

    static Found find(FlinkRest flink, String name) throws FlinkRest.Unusable {
        String version = flink.get("/config").path("flink-version").asText();
        List<JsonNode> named = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)) {
                named.add(job);
            } else {
                others.add(Printable.printable(job.path("name").asText()) + " ("
                        + job.path("state").asText() + ")");
            }
        }
        long alive = named.stream().filter(JobOnFlink::isAlive).count();
        Optional<JsonNode> newest = named.stream()
                .max(Comparator.comparing(JobOnFlink::isAlive)
                        .thenComparing(job -> job.path("start-time").asLong()));
        return new Found(
                version,
                newest.isEmpty() ? null : look(flink, newest.get().path("jid").asText()),
                alive,
                others);
    }

    private static boolean isAlive(JsonNode job) {
        return !ENDED.contains(job.path("state").asText());
    }

    private static JobOnFlink look(FlinkRest flink, String id) throws FlinkRest.Unusable {
        String path = "/jobs/" + id;
        JsonNode job = flink.get(path);
        String state = job.path("state").asText();
        JsonNode checkpoints = flink.get(path + "/checkpoints");
        int running = 0;
        int tasks = 0;
        for (JsonNode vertex : job.path("vertices")) {
            tasks += vertex.path("parallelism").asInt();
            for (String each : RUNNING_OR_OVER) {
                running += vertex.path("tasks").path(each).asInt();
            }
        }
        return new JobOnFlink(
                id,
                state,
                job.path("timestamps").path(state).asLong(),
                running,
                tasks,
                state.equals(RUNNING) ? restarts(flink, path) : 0,
                failure(flink.get(path + "/exceptions?maxExceptions=1")),
                checkpoint(checkpoints.path("latest").path("completed")),
                checkpoints.path("counts").path("failed").asLong(),
                Math.max(
                        0,
                        flink.get(path + "/checkpoints/config").path("interval").asLong()),
                state.equals(RUNNING) ? metrics(flink, job) : FlinkMetrics.of(Map.of()));
    }

    private static long restarts(FlinkRest flink, String path) throws FlinkRest.Unusable {
        flink.awaitFreshMetrics();
        return flink.get(path + "/metrics?get=numRestarts")
                .path(0)
                .path("value")
                .asLong();
    }

    private static FlinkMetrics metrics(FlinkRest flink, JsonNode job) throws FlinkRest.Unusable {
        Map<String, Figures> metrics = new HashMap<>();
        for (JsonNode vertex : job.path("vertices")) {
            metrics.putAll(
                    flink.metrics(job.path("jid").asText(), vertex.path("id").asText(), FlinkMetrics::isWanted));
        }
        return FlinkMetrics.of(metrics);
    }

    private static @Nullable Checkpoint checkpoint(JsonNode completed) {
        return completed.hasNonNull("id")
                ? new Checkpoint(
                        completed.path("id").asLong(),
                        completed.path("latest_ack_timestamp").asLong(),
                        completed.path("end_to_end_duration").asLong(),
                        completed.path("state_size").asLong())
                : null;
    }

    private static @Nullable Failed failure(JsonNode exceptions) {
        JsonNode last = exceptions.path("exceptionHistory").path("entries").path(0);
        if (last.isMissingNode()) {
            return null;
        }
        String trace = last.path("stacktrace").asText();
        String why = trace.lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((earlier, root) -> root.substring(CAUSE.length()))
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
        return new Failed(last.path("timestamp").asLong(), Printable.printable(why.replaceFirst("^" + CAUSE, "")));
    }
}
