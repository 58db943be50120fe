package io.tapewatch.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink cluster in this JVM that runs one job, with its web UI. */
final class FlinkCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlinkCluster.class);

    /** How long the job, and then the cluster, may take to end. */
    private static final int END_SECONDS = 60;

    private static final int PORTS_TO_TRY = 100;
    private static final int HIGHEST_PORT = 65_535;

    /** It takes a second or less where nothing else runs. */
    private final MiniCluster cluster;

    private final Configuration settings;
    private final Path folder;
    private @Nullable JobID job;
    private @Nullable CompletableFuture<JobResult> result;

    private FlinkCluster(MiniCluster cluster, Configuration settings, Path folder) {
        this.cluster = cluster;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Starts a cluster.
     *
     * @param parallelism how many subtasks of an operator it can run
     * @param webPort the port of its web UI; the next free one if it is taken; 0 for any
     * @param folder where it keeps checkpoints and all that is temporary
     * @param counters what is to follow the job's counters
     */
    static FlinkCluster start(int parallelism, int webPort, Path folder, JobCounters counters) throws Exception {
        Configuration settings = JobCountersReporterFactory.reportTo(counters);
        settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        settings.set(RestOptions.ADDRESS, "localhost");
        settings.set(RestOptions.BIND_ADDRESS, "localhost");
        settings.set(RestOptions.PORT, webPort);
        settings.set(RestOptions.BIND_PORT, ports(webPort));
        settings.set(WebOptions.TMP_DIR, folder.toString());
        settings.set(WebOptions.LOG_PATH, LocalRun.LOG_FILE.toString());
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        // There are none, which Flink would warn about.
        settings.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));

        // A failure ends the run, and says why.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, inFlinksForm(folder.resolve("checkpoints")));

        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .build());
        cluster.start();
        return new FlinkCluster(cluster, settings, folder);
    }

    /** Flink takes {@code %20} in a text for three characters. */
    private static String inFlinksForm(Path folder) {
        return org.apache.flink.core.fs.Path.fromLocalFile(folder.toFile()).toString();
    }

    /** What to say where the web UI found no port. */
    static String portsTaken(int webPort) {
        String taken = ports(webPort);
        return (taken.contains("-") ? "the ports " + taken.replace("-", " to ") + " are" : "port " + taken + " is")
                + " taken, and the web UI needs one; choose another with --web-port, or 0 for any that is free";
    }

    /** The first port, or a range of those to try. */
    private static String ports(int first) {
        int last = first == 0 ? 0 : Math.min(first + PORTS_TO_TRY, HIGHEST_PORT);
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    /** Where the web UI is. */
    URI webUi() throws InterruptedException, ExecutionException {
        URI address = cluster.getRestAddress().get();
        return URI.create("http://localhost:" + address.getPort());
    }

    /** An environment for the job's graph, with this cluster's checkpoints and parallelism. */
    StreamExecutionEnvironment environment() {
        return new StreamExecutionEnvironment(new Configuration(settings));
    }

    /** Runs the graph of this environment; the future holds how it ended. */
    CompletableFuture<JobResult> run(StreamExecutionEnvironment environment, String name)
            throws InterruptedException, ExecutionException {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
        CompletableFuture<JobResult> ending = cluster.requestJobResult(job);
        result = ending;
        return ending;
    }

    /** Asks for a checkpoint now: what a bounded job publishes last, it publishes with the next one. */
    CompletableFuture<Long> checkpoint() {
        return cluster.triggerCheckpoint(job, CheckpointType.FULL);
    }

    /** Ends an unbounded job as if its input had ended: every window that was reached is published. */
    CompletableFuture<String> drain() {
        return cluster.stopWithSavepoint(
                job, inFlinksForm(folder.resolve("savepoint")), true, SavepointFormatType.CANONICAL);
    }

    /** Cancels the job if it runs, and stops the cluster. */
    @Override
    public void close() throws IOException {
        try {
            if (job != null && result != null && !result.isDone()) {
                await(cluster.cancelJob(job).thenCompose(cancelled -> cluster.requestJobResult(job)));
            }
        } finally {
            await(cluster.closeAsync());
        }
    }

    private static void await(CompletableFuture<?> ending) throws IOException {
        try {
            ending.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            throw new IOException("the Flink cluster did not stop within " + END_SECONDS + " s", e);
        } catch (ExecutionException e) {
            // A job that has ended already cannot be cancelled; that is all we want.
            LOG.info("while stopping", e.getCause());
        }
    }
}
