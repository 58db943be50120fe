package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job on two task managers, one of whose clocks is 30 s ahead and the other 30 s behind: all that it publishes is held
 * against a naive recount. It needs libfaketime (Debian's package of that name).
 */
@DisabledIfSystemProperty(named = "tapewatch.faults.runs", matches = "0", disabledReason = "it is of the longer forms")
class ClocksFaultsITCase {

    private static final long SEED = 20231115;
    private static final Path LIBRARY = Path.of(
            System.getProperty("tapewatch.faults.faketime", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"));
    private static final Pattern TIME = Pattern.compile("^(\\S+ \\d\\d:\\d\\d:\\d\\d)", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void theClocksOfTaskManagersDecideNothing() throws Exception {
        assumeTrue(Files.exists(LIBRARY), "needs libfaketime, or -Dtapewatch.faults.faketime=...: " + LIBRARY);
        System.out.println("clocks of task managers 30 s ahead and behind: seed " + SEED);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                SessionCluster cluster = SessionCluster.start(
                        folder.resolve("flink"),
                        0,
                        Map.of("execution.checkpointing.interval", "1s", "pekko.ask.timeout", "1min"))) {
            cluster.startTaskManager(clock("+30s"));
            cluster.startTaskManager(clock("-30s"));
            cluster.awaitTaskManagers(2);
            assertThat(Duration.between(firstLogged(cluster, 2), firstLogged(cluster, 1)))
                    .as("from one clock to the other")
                    .isGreaterThan(Duration.ofSeconds(50));
            try (LoadedJob job = LoadedJob.start(broker, cluster, SEED, KnownLoad.PARTITIONS)) {
                job.goOn(4);
                cluster.rest().awaitFurtherCheckpoints(job.id(), 10);
                job.goOn(3);
                cluster.rest().awaitFurtherCheckpoints(job.id(), 10);
                job.finish();
                job.assertThatNothingIsLostOrThereTwice();
            }
        }
    }

    /** The time of day is off; what measures durations is not, and timed waits take as long as they say. */
    private static Map<String, String> clock(String off) {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME",
                off,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else each timed wait of the JVM ends at once, and its threads spin.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** When a task manager says that it logged its first line. */
    private static LocalDateTime firstLogged(SessionCluster cluster, int taskManager) throws IOException {
        Matcher time = TIME.matcher(Files.readString(cluster.folder().resolve("taskmanager-" + taskManager + ".log")));
        assertThat(time.find()).isTrue();
        return LocalDateTime.parse(time.group(1), DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }
}
