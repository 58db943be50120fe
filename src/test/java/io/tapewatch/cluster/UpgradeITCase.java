package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.NaiveSummaries;
import io.tapewatch.Trade;
import io.tapewatch.io.InputTopics;
import io.tapewatch.io.JobTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job's life with its operator, on a real cluster, as docs/operations.md tells it: started, stopped with a savepoint,
 * started from it with another parallelism, other windows, other rules and another jar, and back; and a second job over the
 * same history beside it, that ends by itself.
 */
class UpgradeITCase {

    private static final int PARTITIONS = 3;
    private static final int TRADES_AT_A_TIME = 3_000;
    private static final long NOON = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();
    private static final String WINDOWS = "1m,1d+1m";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Random random = new Random(20231115);
    private final List<Trade> trades = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private long time = NOON;

    @Test
    void aJobIsUpgradedRescaledAndReprocessedAndNothingIsLostOrThereTwice() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                SessionCluster cluster = SessionCluster.start(
                        folder.resolve("flink"), 2, Map.of("execution.checkpointing.interval", "1s"));
                KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            for (String prefix : List.of("tapewatch.", "again.")) {
                broker.createTopics(
                        JobTopics.ANY
                                .withPartitions(PARTITIONS)
                                .all(new InputTopics("prices", "rules"), prefix)
                                .stream()
                                .filter(topic -> topic.name().startsWith(prefix) || prefix.equals("tapewatch."))
                                .toList());
            }
            FlinkClient flink = cluster.client();

            sendRule(producer, "any", 1, 100.5);
            sendTrades(producer);
            String first = flink.submit(List.of("-p", "2"), arguments(broker, WINDOWS));
            awaitRead(cluster, broker, first);
            String savepoint = flink.stop(first);

            // A newer jar, one slot more, a window more, a newer rule and a new one.
            sendRule(producer, "any", 2, 101);
            sendRule(producer, "other", 1, 102);
            sendTrades(producer);
            String second =
                    flink.submit(newerJar(), List.of("-p", "3", "-s", savepoint), arguments(broker, "1m,5m,1d+1m"));
            awaitRead(cluster, broker, second);
            savepoint = flink.stop(second);

            // Back again.
            sendTrades(producer);
            String third = flink.submit(List.of("-p", "2", "-s", savepoint), arguments(broker, WINDOWS));
            awaitRead(cluster, broker, third);

            // Beside it, all of history once more.
            List<String> again = new ArrayList<>(arguments(broker, WINDOWS));
            again.addAll(List.of(
                    "--prices.group-id", "again",
                    "--output.prefix", "again.",
                    "--prices.start", "earliest",
                    "--prices.until", "latest"));
            String bounded = flink.submit(List.of("-p", "2"), again);
            cluster.rest().awaitState(bounded, "FINISHED");
            assertThat(cluster.rest().state(third)).isEqualTo("RUNNING");

            flink.stop(third, "--drain");
            List<JsonNode> summaries = read(broker, "tapewatch.summaries");
            NaiveSummaries.assertEqual(without5m(summaries), trades, WINDOWS);
            assertThat(summaries)
                    .extracting(summary -> summary.get("symbol") + " " + summary.get("window") + " "
                            + summary.get("start") + " " + summary.get("asOf"))
                    .doesNotHaveDuplicates();
            assertThat(without5m(summaries)).as("there were windows of 5m, too").hasSizeLessThan(summaries.size());
            assertThat(read(broker, "again.summaries")).containsExactlyInAnyOrderElementsOf(without5m(summaries));
            assertThat(read(broker, "again.movers"))
                    .containsExactlyInAnyOrderElementsOf(read(broker, "tapewatch.movers"));
            assertThat(read(broker, "tapewatch.rule-status")).hasSameSizeAs(rules);
            assertThat(read(broker, "tapewatch.flags"))
                    .extracting(flag -> flag.get("id").asText())
                    .doesNotHaveDuplicates()
                    .anyMatch(id -> id.startsWith("any:1:"))
                    .anyMatch(id -> id.startsWith("any:2:"))
                    .anyMatch(id -> id.startsWith("other:1:"));
            assertThat(CommittedRecords.all(broker.bootstrapServers(), "tapewatch.dead-letters"))
                    .isEmpty();
        }
    }

    private static List<JsonNode> without5m(List<JsonNode> summaries) {
        return summaries.stream()
                .filter(summary -> !summary.get("window").asText().equals("5m"))
                .toList();
    }

    private static KafkaProducer<byte[], byte[]> producer(BrokerProcess broker) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> arguments(BrokerProcess broker, String windows) {
        return List.of(
                "--kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--windows",
                windows,
                "--prices.idle-timeout",
                "10m");
    }

    private void sendRule(KafkaProducer<byte[], byte[]> producer, String id, int version, double limit)
            throws Exception {
        String rule = "{\"id\":\"%s\",\"version\":%d,\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":%s}}"
                .formatted(id, version, limit);
        rules.add(rule);
        producer.send(new ProducerRecord<>("rules", 0, bytes(id), bytes(rule))).get();
    }

    private void sendTrades(KafkaProducer<byte[], byte[]> producer) throws Exception {
        for (int i = 0; i < TRADES_AT_A_TIME; i++) {
            time += random.nextInt(1, 400);
            Trade trade = new Trade(
                    time, "X" + random.nextInt(8), 100 + random.nextInt(400) / 128.0, random.nextInt(1, 100) / 4.0);
            trades.add(trade);
            producer.send(new ProducerRecord<>(
                    "prices",
                    random.nextInt(PARTITIONS),
                    bytes(trade.symbol()),
                    bytes("{\"price\":%s,\"size\":%s,\"time\":%d}"
                            .formatted(trade.price(), trade.size(), trade.time()))));
        }
        // Every partition comes to the same time.
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(
                            "prices", partition, bytes("X0"), bytes("{\"heartbeat\":true,\"time\":" + time + "}")))
                    .get();
        }
        producer.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitRead(SessionCluster cluster, BrokerProcess broker, String job) throws Exception {
        cluster.rest().awaitSettled(job);
        broker.awaitRead("tapewatch", "prices");
    }

    /** The job's jar under another name, with something new in it. */
    private Path newerJar() throws IOException {
        Path jar = Files.copy(FlinkClient.JAR, folder.resolve("tapewatch-newer.jar"));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.writeString(files.getPath("newer.txt"), "newer");
        }
        return jar;
    }

    private static List<JsonNode> read(BrokerProcess broker, String topic) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (CommittedRecords.Record record : CommittedRecords.all(broker.bootstrapServers(), topic)) {
            all.add(JSON.readTree(record.value()));
        }
        return all;
    }
}
