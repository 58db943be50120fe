package io.tapewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.SavepointStream.Entry;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The job of today, started from the savepoint of every release there has been: it publishes what a job publishes that was
 * never stopped, and nothing a second time.
 *
 * <p>The savepoints are in {@code src/test/resources/savepoints}, where a README says more. That of a release is written by
 *
 * <pre>{@code ./mvnw verify -Dit.test=SavepointsITCase -Dtapewatch.savepoint.write=true}</pre>
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class SavepointsITCase {

    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");

    /** Where one is written first: Flink puts the folder's name into it, which is to say nothing of a machine. */
    private static final Path WRITTEN_IN = Path.of("/tmp", "tapewatch-savepoint");

    /** Beside a savepoint: what had been published when it was taken. */
    private static final String PUBLISHED = "published.txt";

    /** Beside a savepoint: the digest of the stream. */
    private static final String STREAM = "stream.sha256";

    /** A part of every savepoint, as it is of the names of the topics that are read: never changed. */
    private static final String PREFIX = "savepoints-of-releases.";

    private static final SavepointStream STREAM_OF_ALL = new SavepointStream();

    /** By topic, what says which record it is. */
    private static final Map<String, List<String>> IDENTITIES = Map.of(
            "summaries",
            List.of("symbol", "window", "start", "asOf", "revision"),
            "movers",
            List.of("window", "start", "asOf", "revision"),
            "flags",
            List.of("id", "revision"),
            "shadow-flags",
            List.of("id", "revision"),
            "quoted-trades",
            List.of("symbol", "tradeId"),
            "rule-status",
            List.of("ruleId", "version", "verdict"),
            "dead-letters",
            List.of("source-topic", "source-partition", "source-offset"));

    @TempDir
    Path folder;

    /** What a job publishes that is never stopped, and its account. */
    private static Map<String, JsonNode> expected;

    private static Map<String, Long> expectedAccount;

    @BeforeAll
    static void runWithoutAStop(@TempDir Path folder, EmbeddedKafka kafka) throws Exception {
        try (TestJob job = job(folder, kafka)) {
            send(job, STREAM_OF_ALL.first());
            job.start();
            awaitFirst(job);
            expectedAccount = finish(job);
            expected = published(job);
        } finally {
            deleteTopics(kafka);
        }
    }

    @AfterEach
    void deleteTopicsOf(EmbeddedKafka kafka) throws Exception {
        deleteTopics(kafka);
    }

    /** As it was written, on hashmap with two tasks, and with both exchanged. */
    static Stream<Arguments> runs() throws IOException {
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases
                    .filter(Files::isDirectory)
                    .map(release -> release.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream()
                    .flatMap(release ->
                            Stream.of(Arguments.of(release, "hashmap", 2), Arguments.of(release, "rocksdb", 3)));
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aJobGoesOnWhereOneOfAnEarlierReleaseWasStopped(
            String release, String backend, int parallelism, EmbeddedKafka kafka) throws Exception {
        Path savepoint = SAVEPOINTS.resolve(release).toAbsolutePath();
        assertThat(STREAM_OF_ALL.digest())
                .as("the stream of all savepoints, which never changes")
                .isEqualTo(Files.readString(savepoint.resolve(STREAM)).strip());
        Set<String> before = new TreeSet<>(Files.readAllLines(savepoint.resolve(PUBLISHED)));
        try (TestJob job = job(folder, kafka)) {
            send(job, STREAM_OF_ALL.first());
            job.from(savepoint).stateBackend(backend).parallelism(parallelism).start();
            assertFirstIsKnown(job);
            Map<String, Long> account = finish(job);
            Map<String, JsonNode> after = published(job);

            Map<String, JsonNode> rest = new TreeMap<>(expected);
            assertThat(rest.keySet().removeAll(before)).isTrue();
            assertThat(after.keySet()).as("what is published").isEqualTo(rest.keySet());
            assertThat(after).isEqualTo(rest);
            assertThat(union(before, after.keySet())).isEqualTo(expected.keySet());
            assertThat(account).isEqualTo(expectedAccount);
        }
        assertThatMuchWasUnderWay(before);
    }

    /** Holds that the job knows, of its savepoint alone, what has been read. */
    private static void assertFirstIsKnown(TestJob job) throws Exception {
        JobMetrics.Account account = awaitFirstRead(job);
        assertThat(JobMetrics.sum(job.id(), "records")).as("records read again").isZero();
        assertThat(account.of("waiting")).isGreaterThan(5);
        assertThat(account.of("quotesWaiting")).isPositive();
        assertThat(account.difference()).isZero();
    }

    /** Holds that what a rule remembers, what a window holds and what a day ranks decides what comes after. */
    private static void assertThatMuchWasUnderWay(Set<String> before) {
        Set<String> raisedBefore = new HashSet<>();
        Set<String> raisedAfter = new HashSet<>();
        Set<String> windowsBefore = new HashSet<>();
        Set<String> windowsAfter = new HashSet<>();
        for (Map.Entry<String, JsonNode> each : expected.entrySet()) {
            boolean isBefore = before.contains(each.getKey());
            JsonNode record = each.getValue();
            if (record.has("ruleId") && record.has("revision")) {
                (isBefore ? raisedBefore : raisedAfter)
                        .add(record.get("ruleId").asText() + " "
                                + record.get("revision").asInt());
            }
            if (record.has("window")) {
                (isBefore ? windowsBefore : windowsAfter)
                        .add(record.get("window").asText() + (record.has("gainers") ? " movers" : "") + " "
                                + record.get("revision").asInt());
            }
        }
        assertThat(raisedBefore).contains("rise 0", "silent 0", "day 0", "unusual 0", "wide 0", "first-half-hour 0");
        assertThat(raisedBefore).doesNotContain("rise 1", "burst 0", "stays-low 0", "until-three 0");
        assertThat(raisedAfter)
                .contains("rise 1", "burst 0", "stays-low 0", "silent 0", "day 0", "unusual 0", "wide 0")
                .contains("first-half-hour 0", "until-three 0");
        assertThat(windowsBefore)
                .contains(
                        "1m 0",
                        "5m/1m 0",
                        "1m/tick 0",
                        "1d@America/New_York 0",
                        "1d@America/New_York+5m 0",
                        "1d@America/New_York movers 0");
        assertThat(windowsAfter).containsAll(windowsBefore).contains("1m 1", "5m/1m 1", "1d@America/New_York+5m 1");
    }

    @Test
    @EnabledIfSystemProperty(named = "tapewatch.savepoint.write", matches = "true")
    void theSavepointOfThisReleaseIsWritten(EmbeddedKafka kafka) throws Exception {
        Path savepoint = SAVEPOINTS.resolve(release());
        assertThat(savepoint).as("the savepoint of a release is written once").doesNotExist();
        try (TestJob job = job(WRITTEN_IN, kafka)) {
            send(job, STREAM_OF_ALL.first());
            job.start();
            awaitFirst(job);
            job.stopWithSavepoint();
            Files.createDirectories(savepoint);
            try (Stream<Path> files = Files.list(job.savepoint())) {
                for (Path file : files.toList()) {
                    Files.copy(file, savepoint.resolve(file.getFileName()));
                }
            }
            Files.write(savepoint.resolve(PUBLISHED), published(job).keySet());
            Files.writeString(savepoint.resolve(STREAM), STREAM_OF_ALL.digest() + "\n");
        } finally {
            FileUtils.deleteDirectory(WRITTEN_IN.toFile());
        }
    }

    /** The version in the project's file, as it will be released. */
    private static String release() throws IOException {
        Matcher version = Pattern.compile("<artifactId>tapewatch</artifactId>\\s*<version>([0-9.]+)(-SNAPSHOT)?<")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static TestJob job(Path folder, EmbeddedKafka kafka) {
        TestJob job = new TestJob(kafka, folder, SavepointStream.PARTITIONS, PREFIX).withQuotesAndInstruments();
        SavepointStream.configure(job.options());
        // What the group has read was read from topics of the same names that are gone.
        job.options().set(JobOptions.PRICES_START, JobOptions.EARLIEST);
        return job;
    }

    private static void send(TestJob job, List<Entry> entries) {
        entries.forEach(entry -> job.send(entry.topic(), entry.partition(), entry.key(), entry.value()));
        job.flush();
    }

    private static long count(List<Entry> entries, String topic) {
        return entries.stream().filter(entry -> entry.topic().equals(topic)).count();
    }

    /** Waits until what was published of the first half is committed, too. */
    private static void awaitFirst(TestJob job) throws Exception {
        long checkpoint = awaitFirstRead(job).checkpoint();
        job.awaitAccount(account -> account.checkpoint() >= checkpoint + 2);
    }

    /**
     * Waits until the account has all of the first half, and the watermark is where that leads it. Before a checkpoint of
     * this run, the account may lack tasks that have not been restored yet.
     */
    private static JobMetrics.Account awaitFirstRead(TestJob job) throws Exception {
        long restored = job.awaitAccount(any -> true).checkpoint();
        return job.awaitAccount(account -> account.checkpoint() > restored
                && account.of("records") == count(STREAM_OF_ALL.first(), "prices")
                && account.of("quotesRecords") == count(STREAM_OF_ALL.first(), "quotes")
                && account.of("waiting") == STREAM_OF_ALL.waiting());
    }

    /** Sends what comes after the first half, and drains the job. What comes after it in time is sent after it. */
    private static Map<String, Long> finish(TestJob job) throws Exception {
        send(job, SavepointStream.rejectedRule());
        job.await("rule-status", verdict -> verdict.get("verdict").asText().equals("rejected"));
        send(job, SavepointStream.late());
        long early = count(STREAM_OF_ALL.first(), "prices") + count(SavepointStream.late(), "prices");
        job.awaitAccount(account -> account.of("records") == early);
        send(job, STREAM_OF_ALL.second());
        job.awaitAccount(account -> account.of("records") == early + count(STREAM_OF_ALL.second(), "prices")
                && account.of("quotesRecords")
                        == count(STREAM_OF_ALL.first(), "quotes") + count(STREAM_OF_ALL.second(), "quotes"));
        job.drain();
        JobMetrics.Account account = job.lastAccount();
        assertThat(account.difference()).isZero();
        Map<String, Long> sums = new TreeMap<>(account.sums());
        // The number of the checkpoint it is of.
        sums.remove("checkpoint");
        return sums;
    }

    /** All that is published, each record once, by topic and what says which it is. */
    private static Map<String, JsonNode> published(TestJob job) {
        Map<String, JsonNode> published = new TreeMap<>();
        IDENTITIES.forEach((topic, fields) -> job.records(topic).forEach(record -> {
            JsonNode json = topic.equals("dead-letters") ? headers(record) : TestJob.json(record);
            String identity = topic + " "
                    + fields.stream().map(field -> json.get(field).asText()).collect(joining(" "));
            if (topic.equals("rule-status")) {
                // When it was sent.
                ((ObjectNode) json).remove("time");
            }
            assertThat(published.put(identity, json))
                    .as("the other of two: %s", identity)
                    .isNull();
        }));
        return published;
    }

    private static JsonNode headers(ConsumerRecord<byte[], byte[]> letter) {
        ObjectNode headers = Schemas.object(letter.headers());
        // When it was sent.
        headers.remove("source-timestamp");
        return headers.put("value", new String(letter.value(), UTF_8));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> union = new TreeSet<>(some);
        union.addAll(others);
        return union;
    }

    private static void deleteTopics(EmbeddedKafka kafka) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Set<String> topics = topics(admin);
            admin.deleteTopics(topics).all().get();
            while (!topics(admin).isEmpty()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static Set<String> topics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> ours = new HashSet<>(admin.listTopics().names().get());
        ours.removeIf(topic -> !topic.startsWith(PREFIX));
        return ours;
    }
}
