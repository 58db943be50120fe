package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.NaiveSummaries;
import io.tapewatch.PatientProducer;
import io.tapewatch.Trade;
import io.tapewatch.WholeForm;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job's life with its operator, on a real cluster, as docs/operations.md tells it: started, stopped with a savepoint,
 * started from it with another parallelism, other windows, other rules and another jar, and back; a second job over the
 * same history beside it, that ends by itself; and one whose upgrade is taken back.
 */
@WholeForm
class UpgradeITCase {

    private static final int PARTITIONS = 3;
    private static final int TRADES_AT_A_TIME = 3_000;
    private static final long NOON = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();
    private static final long OUT_OF_ORDERNESS = 2_000;
    private static final String WINDOWS = "1m,1d+1m";
    private static final String MORE_WINDOWS = "1m,5m,1d+1m";
    /** Numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    static Path folder;

    private static BrokerProcess broker;
    private static SessionCluster cluster;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Random random = new Random(20231115);
    private final List<Trade> trades = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private long time = NOON;

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.start(folder.resolve("kafka"));
        cluster = SessionCluster.start(
                folder.resolve("flink"),
                2,
                Map.of(
                        "execution.checkpointing.interval", "1s",
                        // A restart of a job that is only slow would publish flags and verdicts again.
                        "pekko.ask.timeout", "60s"));
        producer = PatientProducer.of(broker.bootstrapServers());
    }

    @AfterAll
    static void close() {
        for (AutoCloseable each : new AutoCloseable[] {producer, cluster, broker}) {
            IOUtils.closeQuietly(each);
        }
    }

    @Test
    void aJobIsUpgradedRescaledAndReprocessedAndNothingIsLostOrThereTwice() throws Exception {
        createTopics("life.");
        broker.createTopics(topics("life.", "again.").stream()
                .filter(topic -> topic.name().startsWith("again."))
                .toList());
        FlinkClient flink = cluster.client();

        sendRule("life.", "any", 1, 100.5);
        sendTrades("life.");
        String first = flink.submit(List.of("-p", "2"), arguments("life.", WINDOWS));
        awaitRead(first, "life.");
        long firstReached = time - OUT_OF_ORDERNESS;
        String savepoint = flink.stop(first);
        assertThatTheEndWasClean();

        // A newer jar, one slot more, a window more, a newer rule and a new one.
        sendRule("life.", "any", 2, 101);
        sendRule("life.", "other", 1, 102);
        sendTrades("life.");
        String second = flink.submit(newerJar(), List.of("-p", "3", "-s", savepoint), arguments("life.", MORE_WINDOWS));
        awaitRead(second, "life.");
        savepoint = flink.stop(second);

        // Back again.
        sendTrades("life.");
        String third = flink.submit(List.of("-p", "2", "-s", savepoint), arguments("life.", WINDOWS));
        awaitRead(third, "life.");

        // Beside it, all of history once more.
        String bounded = flink.submit(
                List.of("-p", "2"),
                with(
                        arguments("life.", WINDOWS),
                        "--prices.group-id",
                        "again",
                        "--output.prefix",
                        "again.",
                        "--prices.start",
                        "earliest",
                        "--prices.until",
                        "latest"));
        cluster.rest().awaitState(bounded, "FINISHED");
        assertThat(cluster.rest().state(third)).isEqualTo("RUNNING");

        flink.stop(third, "--drain");
        assertThatTheEndWasClean();
        List<JsonNode> summaries = read("life.summaries");
        NaiveSummaries.assertEqual(without5m(summaries), trades, WINDOWS);
        assertThat(summaries).extracting(UpgradeITCase::identity).doesNotHaveDuplicates();
        assertThat(without5m(summaries)).as("there were windows of 5m, too").hasSizeLessThan(summaries.size());
        assertThat(read("again.summaries")).containsExactlyInAnyOrderElementsOf(without5m(summaries));
        assertThat(read("again.movers")).containsExactlyInAnyOrderElementsOf(read("life.movers"));
        assertThat(read("life.rule-status")).hasSameSizeAs(rules);
        assertThat(flagged("life.flags", "any:1:")).isEqualTo(above(100.5, 0, firstReached));
        assertThat(flagged("life.flags", "any:2:")).isEqualTo(above(101, firstReached, Long.MAX_VALUE));
        assertThat(flagged("life.flags", "other:1:")).isEqualTo(above(102, firstReached, Long.MAX_VALUE));
        assertThat(read("life.dead-letters")).isEmpty();
    }

    @Test
    void anUpgradeIsTakenBackAndWhatWasPublishedSinceIsPublishedAgain() throws Exception {
        createTopics("back.");
        FlinkClient flink = cluster.client();
        sendRule("back.", "any", 1, 100.5);
        sendTrades("back.");
        String older = flink.submit(List.of("-p", "2"), arguments("back.", WINDOWS));
        awaitRead(older, "back.");
        String savepoint = flink.stop(older);
        List<JsonNode> ofTheOlder = read("back.summaries");

        sendTrades("back.");
        String newer = flink.submit(newerJar(), List.of("-p", "3", "-s", savepoint), arguments("back.", MORE_WINDOWS));
        awaitRead(newer, "back.");
        flink.stop(newer);
        List<JsonNode> ofBoth = read("back.summaries");
        assertThat(ofBoth).hasSizeGreaterThan(ofTheOlder.size());

        String back = flink.submit(List.of("-p", "2", "-s", savepoint), arguments("back.", WINDOWS));
        sendTrades("back.");
        awaitRead(back, "back.");
        flink.stop(back, "--drain");
        assertThatTheEndWasClean();

        List<JsonNode> all = read("back.summaries");
        assertThat(all.subList(0, ofBoth.size())).isEqualTo(ofBoth);
        List<JsonNode> afterwards = all.subList(ofBoth.size(), all.size());
        assertThat(afterwards)
                .as("published again")
                .containsAll(without5m(ofBoth.subList(ofTheOlder.size(), ofBoth.size())));
        assertThat(afterwards).extracting(UpgradeITCase::identity).doesNotHaveDuplicates();
        List<JsonNode> once = new ArrayList<>(ofTheOlder);
        once.addAll(afterwards);
        NaiveSummaries.assertEqual(once, trades, WINDOWS);
        assertThatAStartWithoutTheSavepointSaysWhatIsNotPublished(flink);
    }

    private static void assertThatAStartWithoutTheSavepointSaysWhatIsNotPublished(FlinkClient flink) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-p", "2", FlinkClient.JAR.toString()));
        command.addAll(arguments("back.", WINDOWS));
        FlinkClient.Said said = flink.run(command.toArray(String[]::new));
        flink.cancel(said.find(FlinkClient.SUBMITTED));
        assertThatTheEndWasClean();
        assertThat(said.output())
                .contains(
                        "The job starts without a savepoint in the middle of topic 'back.prices'. Windows that begin");
    }

    /** Flink closes the class loader of a job while the job's sources are closed, which may lack classes then. */
    private static void assertThatTheEndWasClean() throws IOException {
        assertThat(cluster.logs().lines())
                .filteredOn(line -> line.contains("uncaught exception")
                        || line.contains("NoClassDefFoundError")
                        || line.contains("may not have been given back"))
                .isEmpty();
    }

    /** The trades, in their order, that a version of a rule flagged, each once. */
    private static List<String> flagged(String topic, String idOfVersion) throws Exception {
        return read(topic).stream()
                .filter(flag -> flag.get("id").asText().startsWith(idOfVersion))
                .map(flag -> Instant.parse(flag.get("time").asText()).toEpochMilli() + " "
                        + flag.get("symbol").asText() + " " + flag.get("price").asDouble())
                .sorted()
                .toList();
    }

    /** The trades above a price, from a time to another: those before it were checked when the watermark was there. */
    private List<String> above(double limit, long from, long to) {
        return trades.stream()
                .filter(trade -> trade.price().doubleValue() > limit && trade.time() >= from && trade.time() < to)
                .map(trade -> trade.time() + " " + trade.symbol() + " "
                        + trade.price().doubleValue())
                .sorted()
                .toList();
    }

    private static String identity(JsonNode summary) {
        return summary.get("symbol") + " " + summary.get("window") + " " + summary.get("start") + " "
                + summary.get("asOf");
    }

    private static List<JsonNode> without5m(List<JsonNode> summaries) {
        return summaries.stream()
                .filter(summary -> !summary.get("window").asText().equals("5m"))
                .toList();
    }

    private static List<TopicSpec> topics(String inputs, String outputs) {
        return JobTopics.ANY
                .withPartitions(PARTITIONS)
                .all(new InputTopics(inputs + "prices", inputs + "rules"), outputs);
    }

    private static void createTopics(String prefix) throws Exception {
        broker.createTopics(topics(prefix, prefix));
    }

    /** @param prefix of all its topics, and its group */
    private static List<String> arguments(String prefix, String windows) {
        return List.of(
                "--kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--prices.topic",
                prefix + "prices",
                "--rules.topic",
                prefix + "rules",
                "--output.prefix",
                prefix,
                "--prices.group-id",
                prefix + "group",
                "--windows",
                windows,
                "--prices.idle-timeout",
                "10m");
    }

    /** With further arguments, in the place of those of the same names. */
    private static List<String> with(List<String> arguments, String... further) {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> both = new ArrayList<>(arguments);
        both.addAll(List.of(further));
        for (int i = 0; i < both.size(); i += 2) {
            all.put(both.get(i), both.get(i + 1));
        }
        return all.entrySet().stream()
                .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                .toList();
    }

    private void sendRule(String prefix, String id, int version, double limit) throws Exception {
        String rule = "{\"id\":\"%s\",\"version\":%d,\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":%s}}"
                .formatted(id, version, limit);
        rules.add(rule);
        producer.send(new ProducerRecord<>(prefix + "rules", 0, bytes(id), bytes(rule)))
                .get();
    }

    private void sendTrades(String prefix) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < TRADES_AT_A_TIME; i++) {
            time += random.nextInt(1, 400);
            Trade trade = new Trade(
                    time, "X" + random.nextInt(8), 100 + random.nextInt(400) / 128.0, random.nextInt(1, 100) / 4.0);
            trades.add(trade);
            sent.add(producer.send(new ProducerRecord<>(
                    prefix + "prices",
                    random.nextInt(PARTITIONS),
                    bytes(trade.symbol()),
                    bytes("{\"price\":%s,\"size\":%s,\"time\":%d}"
                            .formatted(trade.price(), trade.size(), trade.time())))));
        }
        // Every partition comes to the same time.
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(
                            prefix + "prices",
                            partition,
                            bytes("X0"),
                            bytes("{\"heartbeat\":true,\"time\":" + time + "}")))
                    .get();
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitRead(String job, String prefix) throws Exception {
        cluster.rest().awaitSettled(job);
        broker.awaitRead(prefix + "group", prefix + "prices");
    }

    /** The job's jar under another name, with something new in it. */
    private static Path newerJar() throws IOException {
        Path jar = folder.resolve("tapewatch-newer.jar");
        Files.copy(FlinkClient.JAR, jar, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("newer.txt"), "newer");
        }
        return jar;
    }

    private static List<JsonNode> read(String topic) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (CommittedRecords.Record record : CommittedRecords.all(broker.bootstrapServers(), topic)) {
            all.add(JSON.readTree(record.value()));
        }
        return all;
    }
}
