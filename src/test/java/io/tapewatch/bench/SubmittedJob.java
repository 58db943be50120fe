package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.FlinkRest;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.InputTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The job as it is submitted, with {@code flink-conf/config.yaml}, exactly once to Kafka, on a cluster of processes of its
 * own. Its topics are there before.
 */
final class SubmittedJob implements AutoCloseable {

    private static final String RECORDS = "numRecordsOut";

    private final SessionCluster cluster;
    private final String id;
    private Map<String, String> sources;

    private SubmittedJob(SessionCluster cluster, String id) {
        this.cluster = cluster;
        this.id = id;
    }

    /**
     * What a job is started with.
     *
     * @param prefix what the names of its output topics and of its group begin with
     * @param inputs what it reads
     * @param state the state backend
     * @param parallelism the slots it takes, all of one task manager
     * @param memory of a task manager's process
     * @param taskManagers how many there are
     * @param flink settings of Flink that are other than in {@code flink-conf/config.yaml}
     * @param arguments further ones
     */
    record Setup(
            String prefix,
            InputTopics inputs,
            String state,
            int parallelism,
            String memory,
            int taskManagers,
            Map<String, String> flink,
            List<String> arguments) {

        private Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>();
            settings.put("taskmanager.memory.process.size", memory);
            settings.put("taskmanager.memory.managed.fraction", state.equals("hashmap") ? "0" : "0.4");
            settings.put("taskmanager.numberOfTaskSlots", String.valueOf(parallelism));
            settings.put("metrics.fetcher.update-interval", "100 ms");
            settings.putAll(flink);
            return settings;
        }

        String group() {
            return prefix + "group";
        }

        private List<String> allArguments(String bootstrapServers) {
            List<String> all = new ArrayList<>(List.of(
                    "--kafka.bootstrap-servers",
                    bootstrapServers,
                    "--prices.topic",
                    inputs.prices(),
                    "--rules.topic",
                    inputs.rules(),
                    "--output.prefix",
                    prefix,
                    "--prices.group-id",
                    group(),
                    "--prices.start",
                    "earliest"));
            if (inputs.quotes() != null) {
                all.addAll(List.of("--quotes.topic", inputs.quotes()));
            }
            all.addAll(arguments);
            return all;
        }
    }

    /** Starts a cluster, and submits the job to it. */
    static SubmittedJob start(Stage stage, Setup setup) throws Exception {
        SessionCluster cluster =
                SessionCluster.startForLong(stage.folder(setup.prefix), setup.taskManagers, setup.settings());
        try {
            return new SubmittedJob(
                    cluster,
                    cluster.client()
                            .submit(
                                    List.of(
                                            "-t",
                                            "remote",
                                            "-Dstate.backend.type=" + setup.state,
                                            "-p",
                                            String.valueOf(setup.parallelism)),
                                    setup.allArguments(stage.bootstrapServers())));
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    String id() {
        return id;
    }

    SessionCluster cluster() {
        return cluster;
    }

    FlinkRest rest() {
        return cluster.rest();
    }

    /**
     * Whether the job has come to its end.
     *
     * @throws IllegalStateException if it has failed
     */
    boolean isFinished() throws Exception {
        String state = rest().state(id);
        if (!state.matches("INITIALIZING|CREATED|RUNNING|FINISHED")) {
            throw new IllegalStateException(rest().exceptions(id));
        }
        return state.equals("FINISHED");
    }

    /** Whether all its tasks run, or have come to their end. */
    boolean allTasksRun() throws Exception {
        JsonNode details = rest().get("/jobs/" + id);
        for (JsonNode task : details.get("vertices")) {
            if (!task.get("status").asText().matches("RUNNING|FINISHED")) {
                return false;
            }
        }
        return details.get("state").asText().equals("RUNNING");
    }

    /**
     * How far it has come, while it reads all the time. The cluster fetches figures when it is asked for them, and answers with
     * those of the time before: so this waits until they change.
     */
    Sample nextSample() throws Exception {
        long old = sample().records();
        return Waiting.until("the job reads on", () -> Optional.of(sample()).filter(sample -> sample.records() != old));
    }

    /** How far it has come, as of the last time that it was asked for. */
    Sample sample() throws Exception {
        if (sources == null) {
            sources = sources();
        }
        long records = 0;
        for (Map.Entry<String, String> source : sources.entrySet()) {
            JsonNode metrics = rest().get("/jobs/" + id + "/vertices/" + source.getKey()
                    + "/subtasks/metrics?agg=sum&get=" + source.getValue());
            for (JsonNode metric : metrics) {
                records += metric.get("sum").asLong();
            }
        }
        return new Sample(records, cluster.cpuOfTaskManagers(), System.currentTimeMillis());
    }

    /** The tasks that read prices and quotes, and the name of the metric that counts what they have read. */
    private Map<String, String> sources() throws Exception {
        rest().awaitRunning(id);
        Map<String, String> found = new HashMap<>();
        for (JsonNode vertex : rest().get("/jobs/" + id).get("vertices")) {
            String name = vertex.get("name").asText();
            for (String source : List.of("prices", "quotes")) {
                if (name.startsWith("Source: " + source + " ")) {
                    found.put(vertex.get("id").asText(), "Source__" + source + "." + RECORDS);
                }
            }
        }
        return found;
    }

    /** The bytes of the largest state that its checkpoints had, of those that are remembered; 0 if none is complete. */
    long largestState() throws Exception {
        return largest("state_size");
    }

    /** How long the longest of its checkpoints took. */
    long longestCheckpointMillis() throws Exception {
        return largest("end_to_end_duration");
    }

    private long largest(String figure) throws Exception {
        long largest = 0;
        for (JsonNode checkpoint : rest().checkpoints(id).get("history")) {
            if (checkpoint.get("status").asText().equals("COMPLETED")) {
                largest = Math.max(largest, checkpoint.get(figure).asLong());
            }
        }
        return largest;
    }

    /** The last of its checkpoints that is complete. */
    JsonNode lastCheckpoint() throws Exception {
        return rest().checkpoints(id).get("latest").get("completed");
    }

    @Override
    public void close() {
        cluster.close();
    }
}
