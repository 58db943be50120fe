package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.WholeForm;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cluster says when something a job needs is not there any more, and that the job goes on by itself when it is
 * back. Each test has the job fail and leaves it running.
 */
@WholeForm
class FailuresITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static SessionCluster cluster;
    private static KafkaProducer<byte[], byte[]> prices;
    private static Path disk;
    private static Path checkpoints;
    private static boolean diskIsSmall;
    private static boolean checkpointsAreOnSmallDisk;
    private static String job;
    private static int minutes;

    @BeforeAll
    static void start() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        diskIsSmall = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        checkpointsAreOnSmallDisk = run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", checkpoints.toString());
        broker = BrokerProcess.start(folder.resolve("kafka"));
        broker.createTopics(JobTopics.ANY.withPartitions(1).all(new InputTopics("prices", "rules"), "tapewatch."));
        prices = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        cluster = SessionCluster.start(
                folder.resolve("flink"),
                1,
                Map.of(
                        "execution.checkpointing.interval", "500ms",
                        "execution.checkpointing.dir", checkpoints.toUri().toString(),
                        "execution.checkpointing.min-pause", "100ms",
                        "restart-strategy.exponential-delay.max-backoff", "1s",
                        // How often a job fails in vain until the test makes good what it has done hangs on the
                        // machine.
                        "restart-strategy.exponential-delay.attempts-before-reset-backoff", "1000",
                        "slot.request.timeout", "2s"));
        job = submitted(submit("tapewatch", 1));
        cluster.rest().awaitSettled(job);
        minute();
        cluster.rest().awaitFurtherCheckpoints(job, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (prices != null) {
            prices.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (diskIsSmall) {
            run("umount", "-l", disk.toString());
        }
        if (checkpointsAreOnSmallDisk) {
            run("umount", "-l", checkpoints.toString());
        }
    }

    @Test
    void aFullDiskIsNamedAndTheJobGoesOnWhenThereIsRoomAndLosesAndRepeatsNothing() throws Exception {
        assumeTrue(diskIsSmall, "needs the permission to mount a small disk");
        Path ballast = disk.resolve("ballast");
        fill(ballast);
        minute();
        awaitException("csv.path " + csv() + " is full (No space left on device): make room there");
        assertThat(cluster.logs())
                .contains("csv.path " + csv() + " is full (No space left on device): make room there");

        Files.delete(ballast);
        minute();
        minute();
        awaitRows(minutes - 1);
    }

    @Test
    void aFullFolderOfCheckpointsStopsTheJobOnlyUntilThereIsRoomAndLosesAndRepeatsNothing() throws Exception {
        Path ballast = checkpoints.resolve("ballast");
        failingCheckpoints(() -> fill(ballast), "No space left on device", () -> Files.delete(ballast));
    }

    @Test
    void aReadOnlyFolderOfCheckpointsStopsTheJobOnlyUntilItCanBeWrittenAndLosesAndRepeatsNothing() throws Exception {
        failingCheckpoints(() -> remountCheckpoints("ro"), "Read-only file system", () -> remountCheckpoints("rw"));
    }

    private interface Change {
        void make() throws Exception;
    }

    /** The job is restarted when more checkpoints fail than are tolerated; the log has the reason. */
    private static void failingCheckpoints(Change toWorse, String reason, Change toBetter) throws Exception {
        assumeTrue(checkpointsAreOnSmallDisk, "needs the permission to mount a small disk");
        int before = committedSummaries().size();
        long restored = cluster.rest().restored(job);
        toWorse.make();
        minute();
        cluster.rest().awaitRestored(job, restored + 1);
        awaitException("Exceeded checkpoint tolerable failure threshold");
        assertThat(cluster.logs()).contains(reason);

        toBetter.make();
        minute();
        minute();
        awaitRows(minutes - 1);
        Set<String> wanted = wanted(minutes - 3, minutes - 1);
        Waiting.untilTrue("all summaries", () -> committedSummaries().containsAll(wanted));
        List<String> all = committedSummaries();
        assertThat(all.subList(before, all.size())).doesNotHaveDuplicates();
    }

    /** Not while a file there is being written. */
    private static void remountCheckpoints(String how) throws Exception {
        Waiting.untilTrue("mounted " + how, () -> run("mount", "-o", "remount," + how, checkpoints.toString()));
    }

    @Test
    void aDeletedOutputTopicIsNamedAndTheJobGoesOnWhenItIsBack() throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of("tapewatch.summaries")).all().get();
        }
        minute();
        awaitException("Topic tapewatch.summaries not present in metadata");
        assertThat(cluster.logs()).contains("Topic tapewatch.summaries not present in metadata");

        long before = cluster.rest().completedCheckpoints(job);
        broker.createTopics(JobTopics.ANY.all(new InputTopics("prices", "rules"), "tapewatch.").stream()
                .filter(topic -> topic.name().equals("tapewatch.summaries"))
                .toList());
        Waiting.untilTrue("a checkpoint", () -> cluster.rest().completedCheckpoints(job) > before);
        cluster.rest().awaitRunning(job);
    }

    @Test
    void slotsThatAreMissingAreNamedAndTheJobStartsWhenTheyAreThere() throws Exception {
        String large = submitted(submit("large", 3));
        Waiting.untilTrue("slots are missing", () -> cluster.rest()
                .exceptions(large)
                .contains("NoResourceAvailableException: Could not acquire the minimum required resources"));
        assertThat(cluster.logs()).contains("Could not acquire the minimum required resources");
        cluster.startTaskManager();
        cluster.rest().awaitRunning(large);
        cluster.client().cancel(large);
    }

    private static FlinkClient.Said submit(String group, int parallelism) throws Exception {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, """
                max.block.ms=3000
                request.timeout.ms=2000
                delivery.timeout.ms=3000
                linger.ms=0
                """);
        List<String> command =
                new ArrayList<>(List.of("run", "-d", "-p", "" + parallelism, FlinkClient.JAR.toString()));
        command.addAll(List.of("--kafka.bootstrap-servers", broker.bootstrapServers()));
        command.addAll(List.of("--kafka.properties-file", properties.toString()));
        command.addAll(List.of("--prices.group-id", group, "--windows", "10s"));
        if (group.equals("tapewatch")) {
            command.addAll(List.of("--csv.path", csv()));
        }
        return cluster.client().run(command.toArray(String[]::new));
    }

    private static String csv() {
        return "file:" + disk.resolve("csv");
    }

    private static String submitted(FlinkClient.Said said) {
        return said.find(SUBMITTED);
    }

    private static void awaitException(String words) throws Exception {
        Waiting.untilTrue(words, () -> cluster.rest().exceptions(job).contains(words));
    }

    /** A minute of ticks, one a second. */
    private static void minute() {
        for (int i = 0; i < 60; i++) {
            long time = NOON + (minutes * 60 + i) * 1000L;
            String value = "{\"price\":" + (1 + i % 7) + ",\"size\":1,\"time\":" + time + "}";
            prices.send(new ProducerRecord<>(
                    "prices", "X".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        }
        prices.flush();
        minutes++;
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    /** Waits until there is a row for each window of the first minutes, and finds none twice. */
    private static void awaitRows(int minutes) throws Exception {
        Waiting.untilTrue("all rows", () -> starts().containsAll(wanted(0, minutes)));
        assertThat(starts()).doesNotHaveDuplicates();
    }

    /** When the windows of some minutes start. */
    private static Set<String> wanted(int first, int end) {
        Set<String> wanted = new HashSet<>();
        for (int i = first * 6; i < end * 6; i++) {
            wanted.add(Instant.ofEpochMilli(NOON + i * 10_000L).toString().replace("Z", ".000Z"));
        }
        return wanted;
    }

    private static List<String> committedSummaries() throws Exception {
        List<String> starts = new ArrayList<>();
        for (CommittedRecords.Record record : CommittedRecords.all(broker.bootstrapServers(), "tapewatch.summaries")) {
            starts.add(JSON.readTree(record.value()).get("start").asText());
        }
        return starts;
    }

    private static List<String> starts() throws IOException {
        List<String> starts = new ArrayList<>();
        for (Path file : VisibleCsv.finished(disk.resolve("csv/summaries"))) {
            List<String> rows = Files.readAllLines(file);
            int start = Arrays.asList(rows.get(0).split(",")).indexOf("start");
            rows.stream().skip(1).map(row -> row.split(",")[start]).forEach(starts::add);
        }
        return starts;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
