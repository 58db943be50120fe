package io.tapewatch;

import static io.tapewatch.feed.TopicRecords.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.Tool.Said;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The feeds as a user runs them: processes of their own that find Kafka by its address. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class FeedsITCase {

    private static final long START = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void aRecordingGoesToItsTopicsRowByRow(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("replayed-prices", 2, Map.of());
        kafka.createTopic("replayed-quotes", 1, Map.of());
        kafka.createTopic("replayed-instruments", 1, Map.of("cleanup.policy", "compact"));
        Path first = file("first.csv", "time,symbol,price,size\n" + START + ",A,1.50,3\n" + (START + 10) + ",B,2.5,\n");
        Path second = file("second.csv", "time,symbol,price,size\n" + (START + 20) + ",A,1.60,4\n");
        Path quotes = file("quotes.csv", "time,symbol,bid,ask\n" + (START + 5) + ",A,1.40,1.60\n");
        Path instruments = file("instruments.csv", "symbol,name\nA,Alpha\n");
        Said said = tool(
                        "feed",
                        "replay",
                        first.toString(),
                        second.toString(),
                        "--replay-quotes=" + quotes,
                        "--instruments",
                        instruments.toString(),
                        "--speed=max",
                        "--kafka.bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--prices.topic=replayed-prices",
                        "--quotes.topic=replayed-quotes",
                        "--instruments.topic=replayed-instruments")
                .ends(0);
        assertThat(said.err()).isEmpty();
        assertThat(result(said))
                .containsExactly(
                        "1 instrument sent to topic 'replayed-instruments'",
                        "3 prices sent to topic 'replayed-prices', 1 quote to 'replayed-quotes'");
        assertThat(values(rows(read(kafka, "replayed-prices"))))
                .containsExactlyInAnyOrder(
                        "A {\"symbol\":\"A\",\"price\":1.50,\"size\":3,\"time\":" + START + "}",
                        "B {\"symbol\":\"B\",\"price\":2.5,\"time\":" + (START + 10) + "}",
                        "A {\"symbol\":\"A\",\"price\":1.60,\"size\":4,\"time\":" + (START + 20) + "}");
        assertThat(values(read(kafka, "replayed-quotes")))
                .containsExactly(
                        "A {\"symbol\":\"A\",\"bid\":1.40,\"ask\":1.60,\"time\":" + (START + 5) + "}",
                        "null {\"heartbeat\":true,\"time\":" + (START + 20) + "}");
        assertThat(values(read(kafka, "replayed-instruments")))
                .containsExactly("A {\"symbol\":\"A\",\"name\":\"Alpha\"}");
    }

    @Test
    void filesOfOneDayAreMergedByTimeAndOneThatIsNewestFirstIsSorted(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("merged-prices", 1, Map.of());
        Path first = file("first.csv", "time,price\n" + START + ",1\n" + (START + 20_000) + ",3\n");
        Path newest = file("newest.csv", "time,price\n" + (START + 40_000) + ",4\n" + (START + 10_000) + ",2\n");
        String[] replay = {
            "feed",
            "replay",
            "A=" + first,
            "B=" + newest,
            "--speed=max",
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--prices.topic=merged-prices"
        };
        Said said = tool(replay).ends(0);
        assertThat(said.err()).isEmpty();
        assertThat(result(said))
                .containsExactly(
                        newest + " goes back by 30s; sorted by time (--order file replays it as it stands)",
                        "4 prices sent to topic 'merged-prices'");
        assertThat(values(rows(read(kafka, "merged-prices"))))
                .containsExactly(
                        "A {\"symbol\":\"A\",\"price\":1,\"time\":" + START + "}",
                        "B {\"symbol\":\"B\",\"price\":2,\"time\":" + (START + 10_000) + "}",
                        "A {\"symbol\":\"A\",\"price\":3,\"time\":" + (START + 20_000) + "}",
                        "B {\"symbol\":\"B\",\"price\":4,\"time\":" + (START + 40_000) + "}");

        kafka.createTopic("unsorted-prices", 1, Map.of());
        replay[6] = "--prices.topic=unsorted-prices";
        // As far as the job is told to wait for late ticks, a file may go back.
        assertThat(result(tool(Stream.concat(Stream.of(replay), Stream.of("--prices.out-of-orderness=30s"))
                                .toArray(String[]::new))
                        .ends(0)))
                .containsExactly("4 prices sent to topic 'unsorted-prices'");
    }

    @Test
    void aRowThatCannotBeReadEndsAReplayAfterThoseBeforeIt(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("broken-prices", 1, Map.of());
        Path broken = file("broken.csv", "time,symbol,price\n" + START + ",A,1\n" + (START + 1) + ",A,dear\n");
        Said said = tool(
                        "feed",
                        "replay",
                        broken.toString(),
                        "--speed=max",
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prices.topic=broken-prices")
                .ends(1);
        assertThat(said.err())
                .containsExactly("tapewatch: " + broken
                        + ", line 3: expected a number in column 'price', found 'dear'; 1 price sent to topic"
                        + " 'broken-prices'");
        assertThat(rows(read(kafka, "broken-prices"))).hasSize(1);
    }

    @Test
    void aRecordingMayComeThroughAPipe(EmbeddedKafka kafka) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "there is no /dev/stdin here");
        kafka.createTopic("piped-prices", 1, Map.of());
        Process feed = Tool.process(
                        folder,
                        "feed",
                        "replay",
                        "/dev/stdin",
                        "--speed=max",
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prices.topic=piped-prices")
                .redirectErrorStream(true)
                .start();
        try (OutputStream rows = feed.getOutputStream()) {
            rows.write("time,symbol,price\n".getBytes(UTF_8));
            for (int row = 0; row < 10_000; row++) {
                rows.write((START + row + ",A,1." + row + "\n").getBytes(UTF_8));
            }
        }
        assertThat(new String(feed.getInputStream().readAllBytes(), UTF_8).lines())
                .filteredOn(FeedsITCase::isResult)
                .containsExactly("10,000 prices sent to topic 'piped-prices'");
        assertThat(Tool.exitCode(feed)).isZero();
        assertThat(rows(read(kafka, "piped-prices"))).hasSize(10_000);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndTheJobAccountsForAllOfThem(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            kafka.createTopic("same-prices", 1, Map.of());
            Said said = simulate(kafka, job.topic("prices"));
            List<ConsumerRecord<String, String>> rows = rows(read(kafka, job.topic("prices")));
            String planted = Files.readString(folder.resolve("planted.jsonl"));
            simulate(kafka, "same-prices");
            assertThat(values(rows(read(kafka, "same-prices")))).isEqualTo(values(rows));
            assertThat(folder.resolve("planted.jsonl")).hasContent(planted);

            assertThat(result(said))
                    .containsExactly(
                            String.format("%,d prices sent to topic '%s'", rows.size(), job.topic("prices")),
                            "4 incidents planted, listed in planted.jsonl");
            assertThat(planted.lines())
                    .hasSize(4)
                    .allMatch(line -> line.contains("\"kind\":\"fat-finger\"") && line.contains(".SIM"));

            job.runToTheEnd();
            long counted = job.read("summaries").stream()
                    .mapToLong(summary -> summary.get("count").asLong())
                    .sum();
            Map<String, Long> reasons = job.records("dead-letters").stream()
                    .collect(Collectors.groupingBy(
                            letter -> new String(
                                    letter.headers().lastHeader("reason").value(), UTF_8),
                            TreeMap::new,
                            Collectors.counting()));
            long dead = reasons.values().stream().mapToLong(Long::longValue).sum();
            assertThat(reasons).hasSizeGreaterThan(3).doesNotContainKey("too-late");
            assertThat(counted + dead).isEqualTo(rows.size());
            assertThat(dead).isBetween(60L, 240L);
        }
    }

    private Said simulate(EmbeddedKafka kafka, String topic) throws Exception {
        return tool(
                        "feed",
                        "simulate",
                        "--symbols=20",
                        "--rate=4",
                        "--seed=11",
                        "--start=2024-01-02T00:00:00Z",
                        "--for=2h",
                        "--speed",
                        "max",
                        "--bad=0.005",
                        "--incidents",
                        "fat-finger=2",
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prices.topic=" + topic)
                .ends(0);
    }

    @Test
    void anEndlessMarketIsStoppedWithNothingLost(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("endless-prices", 2, Map.of());
        kafka.createTopic("endless-quotes", 1, Map.of());
        try (Tool.Running feed = Tool.start(
                folder,
                "",
                Tool.process(
                        folder,
                        "feed",
                        "simulate",
                        "--rate=200",
                        "--quotes",
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--prices.topic=endless-prices",
                        "--quotes.topic=endless-quotes"))) {
            while (heartbeats(read(kafka, "endless-quotes")).size() < 2) {
                assertThat(feed.isAlive()).isTrue();
            }
            feed.stop();
            Said said = feed.said();
            int prices = rows(read(kafka, "endless-prices")).size();
            int quotes = rows(read(kafka, "endless-quotes")).size();
            assertThat(prices).isPositive();
            assertThat(quotes).isGreaterThan(prices / 2);
            assertThat(result(said).get(0))
                    .isEqualTo(String.format(
                            "stopped; %,d prices sent to topic 'endless-prices', %,d quotes to 'endless-quotes'",
                            prices, quotes));
            assertThat(result(said).get(1)).endsWith("planted, listed in planted.jsonl");
            assertThat(said.exitCode()).isEqualTo(Tool.STOPPED);
        }
        Map<Integer, List<String>> told = heartbeats(read(kafka, "endless-prices")).stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition, Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
        assertThat(told.get(0)).isEqualTo(told.get(1)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whatASimplestProducerInPythonSendsBecomesSummariesAndCsvRows(EmbeddedKafka kafka) throws Exception {
        String python = pythonWithKafka();
        assumeTrue(python != null, "no Python here has confluent_kafka (Debian: python3-confluent-kafka)");
        Path csv = folder.resolve("csv");
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            job.options().set(JobOptions.WINDOWS, "1d");
            job.options().set(JobOptions.CSV_PATH, csv.toString());
            job.options().set(JobOptions.CSV_PRICES, true);
            Path script = file(
                    "simplest_producer.py",
                    new String(
                            getClass()
                                    .getResourceAsStream("/python/simplest_producer.py")
                                    .readAllBytes(),
                            UTF_8));
            Said said = other(python, script.toString(), kafka.bootstrapServers(), job.topic("prices"))
                    .ends(0);
            assertThat(said.err()).isEmpty();
            job.runToTheEnd();

            assertThat(job.read("dead-letters")).isEmpty();
            List<JsonNode> summaries = job.read("summaries");
            // One for each symbol, or two where midnight comes between.
            for (String symbol : List.of("BTC-USD", "ETH-USD", "AAPL")) {
                assertThat(summaries.stream()
                                .filter(each -> each.get("symbol").asText().equals(symbol))
                                .mapToLong(each -> each.get("count").asLong())
                                .sum())
                        .as(symbol)
                        .isEqualTo(100);
            }
            JsonNode last = summaries.stream()
                    .filter(each -> each.get("symbol").asText().equals("BTC-USD"))
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            assertThat(last.get("close").asDouble()).isEqualTo(100 + 297 / 8.0);
            assertThat(last.get("high").asDouble()).isEqualTo(100 + 297 / 8.0);
            assertThat(last.has("volume")).isFalse();
        }
        assertThat(csvRows(csv.resolve("prices"))).hasSize(300).allMatch(row -> row.matches("20.*Z,[A-Z-]+,[0-9.]+,"));
        assertThat(csvRows(csv.resolve("summaries"))).hasSizeGreaterThanOrEqualTo(3);
    }

    /** What a feed says of its end: every ten seconds until then it says how far it has got. */
    private static List<String> result(Said said) {
        return said.out().stream().filter(FeedsITCase::isResult).toList();
    }

    private static boolean isResult(String line) {
        return !line.matches("\\S+Z {2}[0-9,]+ rows");
    }

    /** A Python that has the client, or null. */
    private String pythonWithKafka() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                if (other(python, "-c", "import confluent_kafka").exitCode() == 0) {
                    return python;
                }
            } catch (IOException e) {
                // There is no such Python.
            }
        }
        return null;
    }

    private static List<String> csvRows(Path kind) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path file : Folders.files(kind).toList()) {
            List<String> lines = Files.readAllLines(file);
            rows.addAll(lines.subList(1, lines.size()));
        }
        return rows;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Said tool(String... arguments) throws Exception {
        return Tool.run(folder, "", arguments);
    }

    /** Runs a command that is not ours. */
    private Said other(String... command) throws Exception {
        return Tool.start(folder, "", new ProcessBuilder(command).directory(folder.toFile()))
                .said();
    }

    private static List<String> values(Collection<ConsumerRecord<String, String>> records) {
        return records.stream()
                .map(record -> record.key() + " " + record.value())
                .toList();
    }

    private static boolean isHeartbeat(ConsumerRecord<String, String> record) {
        return record.value() != null && record.value().startsWith("{\"heartbeat\"");
    }

    private static List<ConsumerRecord<String, String>> rows(List<ConsumerRecord<String, String>> records) {
        return records.stream().filter(record -> !isHeartbeat(record)).toList();
    }

    private static List<ConsumerRecord<String, String>> heartbeats(List<ConsumerRecord<String, String>> records) {
        return records.stream().filter(FeedsITCase::isHeartbeat).toList();
    }
}
