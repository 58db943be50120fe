package io.tapewatch.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job under load at parallelism 1, then 128, then 1 again: all that it publishes is held against a naive recount. The
 * test needs 9 GB of memory, and tells the figures of docs/operations.md.
 */
@DisabledIfSystemProperty(named = "tapewatch.faults.runs", matches = "0", disabledReason = "it is of the longer forms")
class ParallelismFaultsITCase {

    private static final long SEED = 20231115;
    private static final int MOST = 128;

    @TempDir
    Path folder;

    private long networkMegabytes = -1;

    @Test
    void fromParallelismOneTo128AndBack() throws Exception {
        System.out.println("parallelism 1 to 128: seed " + SEED);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                SessionCluster cluster = SessionCluster.start(folder.resolve("flink"), 1, settings());
                LoadedJob job = LoadedJob.start(broker, cluster, SEED, MOST)) {
            for (int parallelism : new int[] {1, MOST, 1}) {
                long start = System.nanoTime();
                job.goOn(parallelism);
                tell(cluster, job.id(), parallelism, System.nanoTime() - start);
            }
            job.finish();
            job.assertThatNothingIsLostOrThereTwice();
        }
    }

    private static Map<String, String> settings() {
        return Map.of(
                "taskmanager.numberOfTaskSlots",
                String.valueOf(MOST),
                "taskmanager.memory.process.size",
                "7g",
                "taskmanager.memory.network.max",
                "2560m",
                "taskmanager.memory.network.fraction",
                "0.5",
                "taskmanager.memory.managed.fraction",
                "0.05",
                // Each checkpoint begins and commits 128 transactions for each sink.
                "execution.checkpointing.interval",
                "30s",
                "pekko.ask.timeout",
                "1min");
    }

    /** Figures for docs/operations.md. */
    private void tell(SessionCluster cluster, String job, int parallelism, long nanos) throws Exception {
        String process =
                "/taskmanagers/" + cluster.rest().taskManagers().iterator().next() + "/metrics?get=";
        networkMegabytes = Waiting.until("figures of this parallelism, not of the one before", () -> Optional.of(
                        megabytes(cluster, process + "Status.Shuffle.Netty.UsedMemory"))
                .filter(megabytes -> megabytes != networkMegabytes));
        JsonNode checkpoint = cluster.rest().checkpoints(job).get("latest").get("completed");
        System.out.printf(
                "  parallelism %3d: settled in %d s; network memory %s MB; heap %s MB; %s threads;"
                        + " last checkpoint %s ms, %s kB%n",
                parallelism,
                TimeUnit.NANOSECONDS.toSeconds(nanos),
                networkMegabytes,
                megabytes(cluster, process + "Status.JVM.Memory.Heap.Used"),
                cluster.rest()
                        .get(process + "Status.JVM.Threads.Count")
                        .at("/0/value")
                        .asText(),
                checkpoint.get("end_to_end_duration").asText(),
                checkpoint.get("state_size").asLong() >> 10);
    }

    private static long megabytes(SessionCluster cluster, String metric) throws Exception {
        return Waiting.until(metric, () -> Optional.of(cluster.rest().get(metric))
                                .filter(values -> values.size() == 1))
                        .at("/0/value")
                        .asLong()
                >> 20;
    }
}
