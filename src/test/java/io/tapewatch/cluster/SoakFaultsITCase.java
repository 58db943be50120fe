package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.CheckpointFiles;
import io.tapewatch.WholeForm;
import io.tapewatch.local.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A soak: the job on a cluster of processes, under an even load, with a checkpoint every 100 ms. What the processes take is
 * the same after two equal stretches, so nothing grows with the number of checkpoints.
 *
 * <p>{@code .ci/run} is two stretches of {@value #CHECKPOINTS} checkpoints, {@code ./mvnw -Pfaults verify} two minutes,
 * and {@code -Dtapewatch.soak.minutes=60} an hour.
 */
@WholeForm
class SoakFaultsITCase {

    private static final int RUNS = Integer.getInteger("tapewatch.faults.runs", 0);
    private static final int MINUTES = Integer.getInteger("tapewatch.soak.minutes", RUNS == 0 ? 0 : 2);
    private static final long SEED = Long.getLong("tapewatch.faults.seed", 20231115);
    private static final String GROUP = "tapewatch";

    /** Of a stretch, at least. */
    private static final int CHECKPOINTS = 75;

    /** Of a stretch, more than this many. */
    private static final int RECORDS = 1_000;

    /** The records of a longer soak do not fit into the memory of a test. */
    private static final int LONGEST_RECOUNTED_MINUTES = 5;

    /** Something that is left over once a checkpoint would be more. */
    private static final int MORE = 30;

    private static final long MORE_HEAP = 16 << 20;

    /** How many files of state there are hangs on how long ago RocksDB merged some. */
    private static final int MORE_FILES = 60;

    private static final String HEAP = "heap, bytes";
    private static final String FILES = "files";
    private static final String IDS = "transactional ids";

    @TempDir
    Path folder;

    private BrokerProcess broker;
    private SessionCluster cluster;
    private LoadedJob job;

    @Test
    void whatTheJobTakesDoesNotGrowWithItsCheckpoints() throws Exception {
        System.out.println("soak: -Dtapewatch.soak.minutes=" + MINUTES + " -Dtapewatch.faults.seed=" + SEED);
        try (BrokerProcess process = BrokerProcess.start(folder.resolve("kafka"));
                SessionCluster processes = SessionCluster.start(
                        folder.resolve("flink"),
                        1,
                        Map.of(
                                "execution.checkpointing.interval",
                                "100ms",
                                "execution.checkpointing.min-pause",
                                "0ms",
                                "state.backend.type",
                                "rocksdb"));
                LoadedJob loaded = LoadedJob.start(process, processes, SEED, KnownLoad.PARTITIONS)) {
            broker = process;
            cluster = processes;
            job = loaded;
            job.goOn(2, "--csv.path", folder.resolve("csv").toString());
            // Caches and pools fill.
            pass();
            Map<String, Long> before = show();
            pass();
            Map<String, Long> after = show();
            assertFlat(before, after);
            job.finish();
            if (MINUTES <= LONGEST_RECOUNTED_MINUTES) {
                job.assertThatNothingIsLostOrThereTwice();
            }
        }
    }

    /** Lets a stretch pass. */
    private void pass() throws Exception {
        int before = job.count();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES) / 2;
        do {
            cluster.rest().awaitFurtherCheckpoints(job.id(), CHECKPOINTS);
        } while (System.nanoTime() < end);
        assertThat(job.count() - before).as("records in a stretch").isGreaterThan(RECORDS);
    }

    private Map<String, Long> show() throws Exception {
        Map<String, Long> figures = figures();
        System.out.printf(
                "  %,d checkpoints, %,d records: %s%n",
                cluster.rest().completedCheckpoints(job.id()), job.count(), figures);
        return figures;
    }

    /** What the processes take now, and what there is on disk and in the broker. */
    private Map<String, Long> figures() throws Exception {
        Map<String, Long> figures = new TreeMap<>();
        for (Entry<String, Long> process : cluster.pids().entrySet()) {
            JvmFigures jvm = JvmFigures.of(process.getValue());
            figures.put(process.getKey() + " " + HEAP, jvm.heapBytes());
            figures.put(process.getKey() + " threads", jvm.threads());
            jvm.handles().ifPresent(handles -> figures.put(process.getKey() + " handles", handles));
        }
        figures.put(
                "RocksDB's " + FILES,
                Folders.files(cluster.folder().resolve("tmp")).count());
        Path checkpoints = cluster.folder().resolve("checkpoints");
        figures.put("checkpoints' " + FILES, Folders.files(checkpoints).count());
        figures.put(
                "checkpoint's listed " + FILES,
                CheckpointFiles.ofLast(checkpoints).values().stream()
                        .mapToLong(each -> each)
                        .sum());
        figures.put(IDS, transactionalIds());
        return figures;
    }

    private long transactionalIds() throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(GROUP))
                    .count();
        }
    }

    /** What is more is looked at again: what is left over stays, what is only busy goes. */
    private void assertFlat(Map<String, Long> before, Map<String, Long> after) throws Exception {
        List<Map<String, Long>> seen = new ArrayList<>(List.of(after));
        for (int look = 0; look < 10 && !grown(before, seen.get(look)).isEmpty(); look++) {
            cluster.rest().awaitFurtherCheckpoints(job.id(), 10);
            seen.add(figures());
        }
        assertThat(grown(before, seen.get(seen.size() - 1)))
                .as("what has grown from %s over %s", before, seen)
                .isEmpty();
    }

    private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> grown = new TreeMap<>();
        after.forEach((name, figure) -> {
            if (figure - before.get(name) > more(name)) {
                grown.put(name, figure - before.get(name));
            }
        });
        return grown;
    }

    /** By how much a figure may be higher at a busy moment than at another. */
    private static long more(String name) {
        if (name.equals(IDS)) {
            // Each checkpoint has ids of its own, and brokers forget them after seven days: see docs/operations.md.
            return Long.MAX_VALUE;
        }
        return name.endsWith(HEAP) ? MORE_HEAP : name.endsWith(FILES) || name.endsWith("handles") ? MORE_FILES : MORE;
    }
}
