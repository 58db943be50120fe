package io.tapewatch.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, the same for both sides. */
final class Cluster implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 300;
    private static final int LOOK_EVERY_MILLIS = 500;

    private final MiniCluster cluster;
    private final Configuration settings;

    private Cluster(MiniCluster cluster, Configuration settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    static Cluster start(int parallelism, String stateBackend, Duration checkpoints, Path folder) throws Exception {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .build());
        cluster.start();
        return new Cluster(cluster, settings);
    }

    StreamExecutionEnvironment environment() {
        return new StreamExecutionEnvironment(new Configuration(settings));
    }

    /**
     * Runs a job until its sinks have seen everything, and then takes a checkpoint.
     *
     * @return the bytes of its state
     */
    long run(StreamExecutionEnvironment env, Progress progress) throws Exception {
        JobID job = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
        try {
            while (!progress.awaitEnd(LOOK_EVERY_MILLIS)) {
                if (cluster.getJobStatus(job).get().isGloballyTerminalState()) {
                    cluster.requestJobResult(job)
                            .get()
                            .toJobExecutionResult(getClass().getClassLoader());
                    throw new IllegalStateException("the job ended before it was through");
                }
            }
            checkpoint(job);
            return cluster.getExecutionGraph(job)
                    .get()
                    .getCheckpointStatsSnapshot()
                    .getHistory()
                    .getLatestCompletedCheckpoint()
                    .getStateSize();
        } finally {
            cluster.cancelJob(job).handle((cancelled, ended) -> cancelled).get();
            cluster.requestJobResult(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Takes a checkpoint. Flink declines one while a task of the job comes to its end: then another. */
    private void checkpoint(JobID job) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                cluster.triggerCheckpoint(job, CheckpointType.FULL).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
            }
        }
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
