package io.tapewatch.bench.contender;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
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
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** One job on a Flink cluster in this JVM. The same settings for whoever runs on Flink. */
final class MiniFlink implements Contender.Running {

    private static final int PATIENCE_SECONDS = 300;
    private static final int LOOK_EVERY_MILLIS = 500;
    private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

    private final MiniCluster cluster;
    private final JobID job;

    private MiniFlink(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** What a job is built with: checkpoints every ten seconds, no restarts. */
    static Configuration settings(Task task, String stateBackend) {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.DEFAULT_PARALLELISM, task.parallelism());
        settings.set(CoreOptions.TMP_DIRS, task.folder().toString());
        settings.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        settings.set(RestOptions.BIND_PORT, "0");
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints(task.folder()));
        return settings;
    }

    private static String checkpoints(Path folder) {
        return folder.resolve("checkpoints").toUri().toString();
    }

    /**
     * Starts a cluster, and a job on it.
     *
     * @param settings those that the job was built with
     */
    static MiniFlink run(Task task, Configuration settings, JobGraph graph) throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(task.parallelism())
                .build());
        try {
            cluster.start();
            return new MiniFlink(cluster, cluster.submitJob(graph).get().getJobID());
        } catch (Exception e) {
            cluster.closeAsync().join();
            throw e;
        }
    }

    @Override
    public void expectRunning() throws Exception {
        if (cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.requestJobResult(job).get().toJobExecutionResult(getClass().getClassLoader());
            throw new IllegalStateException("the job ended");
        }
    }

    /**
     * Takes checkpoints, whose barriers go behind all that was read, until they do not get smaller any more: what waits for a
     * watermark that is not sent yet is no state that stays.
     */
    @Override
    public OptionalLong stateBytes() throws Exception {
        long before = Long.MAX_VALUE;
        long bytes = checkpointBytes();
        while (bytes < before) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
            before = bytes;
            bytes = checkpointBytes();
        }
        return OptionalLong.of(before);
    }

    /** Flink declines a checkpoint while the job starts: then another is taken. */
    private long checkpointBytes() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            expectRunning();
            try {
                cluster.triggerCheckpoint(job, CheckpointType.FULL).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return cluster.getExecutionGraph(job)
                        .get()
                        .getCheckpointStatsSnapshot()
                        .getHistory()
                        .getLatestCompletedCheckpoint()
                        .getStateSize();
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
