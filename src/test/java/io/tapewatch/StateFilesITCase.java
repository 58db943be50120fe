package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of the job's state, with what {@code flink-conf/config.yaml} says of state: how many there are does not hang on
 * the number of checkpoints. Movers are published in every second checkpoint, and each task of the tape has one symbol at
 * most, so keys only ascend.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@WholeForm
class StateFilesITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final int CHECKPOINTS = 200;

    /**
     * Of a task: it has four column families at most, and in each RocksDB merges four files of the first level, and Flink five
     * of the next; and three files beside these.
     */
    private static final int MOST_FILES = 4 * (3 + 4) + 3;

    @TempDir
    Path folder;

    private int minutes;

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "hashmap"})
    void thereAreNotMoreFilesAfterTwiceAsManyCheckpoints(String stateBackend, EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            // The sinks' transactions would take most of the time, and leave no files.
            job.options().set(JobOptions.DELIVERY_SUMMARIES, DeliveryGuarantee.AT_LEAST_ONCE);
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(2, configuration(stateBackend));
            TapewatchJob.build(env, job.options());
            job.start(env);

            publish(job, CHECKPOINTS / 2);
            Map<String, Integer> afterHalf = awaitFewFiles();
            publish(job, CHECKPOINTS / 2);
            Map<String, Integer> afterAll = awaitFewFiles();

            assertThat(afterAll).containsOnlyKeys(afterHalf.keySet());
            if (stateBackend.equals("hashmap")) {
                assertThat(afterAll).isEqualTo(afterHalf);
            } else {
                assertThat(options())
                        .hasSizeGreaterThan(3)
                        .allMatch(text -> text.contains("max_manifest_file_size=1048576"));
            }
        }
    }

    private Configuration configuration(String stateBackend) {
        Configuration flink = new Configuration();
        GlobalConfiguration.loadConfiguration("flink-conf").toMap().forEach((key, value) -> {
            if (key.startsWith("state.") || key.startsWith("execution.checkpointing.")) {
                flink.setString(key, value);
            }
        });
        flink.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        flink.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                checkpoints().toUri().toString());
        flink.set(RocksDBOptions.LOCAL_DIRECTORIES, rocksDb().toString());
        JobMetrics.reportTo(flink);
        return flink;
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private Path rocksDb() {
        return folder.resolve("rocksdb");
    }

    /** Lets a minute pass in every second checkpoint, and waits until movers of nearly all of them are published. */
    private void publish(TestJob job, int checkpoints) throws Exception {
        for (int i = 0; i < checkpoints; i += 2) {
            for (int symbol = 0; symbol < 2; symbol++) {
                job.send(
                        "prices",
                        symbol,
                        "X" + symbol,
                        "{\"price\":%d,\"size\":1,\"time\":%d}"
                                .formatted(1 + (minutes + symbol) % 5, NOON + minutes * 60_000L));
            }
            minutes++;
            job.flush();
            long before = job.awaitAccount(any -> true).checkpoint();
            job.awaitAccount(account -> account.checkpoint() > before + 1);
        }
        Waiting.untilTrue("movers", () -> job.records("movers").size() > minutes - 10);
    }

    /** Waits until no task has more files than it may, and returns how many each lists in a checkpoint. */
    private Map<String, Integer> awaitFewFiles() throws Exception {
        Waiting.untilTrue("few files", () -> {
            List<Map<String, Integer>> all = List.of(CheckpointFiles.ofLast(checkpoints()), onDisk(), open());
            return all.stream().allMatch(files -> files.values().stream().allMatch(each -> each <= MOST_FILES));
        });
        return CheckpointFiles.ofLast(checkpoints());
    }

    /** The files in RocksDB's folders, by folder. */
    private Map<String, Integer> onDisk() throws IOException {
        return byFolder(files().filter(file -> file.toString().endsWith(".sst")));
    }

    /** The files there that this process holds open, where the system tells. */
    private Map<String, Integer> open() throws IOException {
        Path handles = Path.of("/proc/self/fd");
        if (!Files.exists(handles)) {
            return Map.of();
        }
        return byFolder(
                Folders.files(handles).flatMap(StateFilesITCase::target).filter(file -> file.startsWith(rocksDb())));
    }

    private static Stream<Path> target(Path handle) {
        try {
            return Stream.of(Files.readSymbolicLink(handle));
        } catch (IOException e) {
            // Closed meanwhile.
            return Stream.empty();
        }
    }

    private static Map<String, Integer> byFolder(Stream<Path> files) {
        return files.collect(Collectors.groupingBy(
                file -> file.getParent().toString(), TreeMap::new, Collectors.summingInt(file -> 1)));
    }

    /** What each RocksDB was opened with. */
    private List<String> options() throws IOException {
        return files().filter(file -> file.getParent().endsWith("db"))
                .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
                .map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private Stream<Path> files() throws IOException {
        return Files.exists(rocksDb()) ? Folders.files(rocksDb()) : Stream.empty();
    }
}
