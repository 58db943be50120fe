package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.FailingSink.Moment;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks that fail at the worst moments, one after the other in one job, and everything recomputed from what was sent:
 * summaries and CSV are there exactly once, flags and dead letters at least once and never as something else, and the
 * account of every record goes on as if nothing had happened.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class CrashITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long HOUR = 3600 * SECOND;
    private static final String WINDOWS = "5s,1m";

    @TempDir
    Path folder;

    /** What was sent, and what must become of it. */
    private static final class Sent {
        private final TestJob job;
        private final List<Trade> trades = new ArrayList<>();
        private final List<Future<RecordMetadata>> traded = new ArrayList<>();
        private final Map<Future<RecordMetadata>, String> bad = new HashMap<>();
        private final Map<Future<RecordMetadata>, String> tooLate = new HashMap<>();
        private long time = NOON;

        Sent(TestJob job) {
            this.job = job;
        }

        /** Two minutes of ticks of four symbols on two partitions, and something wrong now and then. */
        void twoMinutes() {
            for (int i = 0; i < 480; i++) {
                time += 250;
                Trade trade = new Trade(time, "X" + i % 4, 100 + i * 7 % 50 / 10.0, 1 + i % 3);
                trades.add(trade);
                traded.add(job.send("prices", i % 2, trade.symbol(), price(trade)));
                if (i % 60 == 7) {
                    bad.put(job.send("prices", i % 2, "X", "{\"price\":" + -i + "}"), "bad-price");
                    bad.put(job.send("prices", i % 2, "X", "{\"price\":" + i), "malformed-json");
                }
            }
        }

        /** A tick of each symbol for a window that was final long ago. */
        void tooLate() {
            for (int i = 0; i < 4; i++) {
                Trade trade = new Trade(time - 9 * HOUR, "X" + i, 1, 1);
                tooLate.put(job.send("prices", i % 2, trade.symbol(), price(trade)), "too-late");
            }
        }

        private static String price(Trade trade) {
            return "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(trade.price(), trade.size(), trade.time());
        }

        /** The last window before the end of what was sent. */
        void awaitPublished() throws Exception {
            String start = Instant.ofEpochMilli(time - 10 * SECOND).toString();
            for (int symbol = 0; symbol < 4; symbol++) {
                String name = "X" + symbol;
                job.await(
                        "summaries",
                        summary -> summary.get("symbol").asText().equals(name)
                                && summary.get("window").asText().equals("5s")
                                && summary.get("end").asText().compareTo(start) > 0);
            }
        }

        Map<String, String> deadLetters() throws Exception {
            Map<String, String> letters = new TreeMap<>();
            for (var each : bad.entrySet()) {
                letters.put(coordinates(each.getKey().get()), each.getValue());
            }
            for (var each : tooLate.entrySet()) {
                letters.put(coordinates(each.getKey().get()), each.getValue());
            }
            return letters;
        }

        Set<String> flagIds() throws Exception {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < trades.size(); i++) {
                RecordMetadata at = traded.get(i).get();
                Trade trade = trades.get(i);
                ids.add("any:1:" + trade.symbol() + ":" + trade.time() + ":" + at.partition() + ":" + at.offset());
            }
            return ids;
        }

        long records() {
            return trades.size() + bad.size() + tooLate.size();
        }
    }

    @Test
    void tasksThatFailAtTheWorstMomentsCostNothingAndRepeatNothing(EmbeddedKafka kafka) throws Exception {
        Set<Thread> threadsBefore = kafkaThreads();
        Sent sent;
        List<JsonNode> readDuring;
        try (TestJob job = new TestJob(kafka, folder, 2).restarting()) {
            Path csv = folder.resolve("csv");
            job.options().set(JobOptions.WINDOWS, WINDOWS);
            job.options().set(JobOptions.CSV_PATH, csv.toUri().toString());
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
            job.send("rules", 0, "any", """
                    {"id":"any","version":1,"when":{"metric":"price","is":">","limit":0}}""");
            sent = new Sent(job);
            sent.twoMinutes();
            try (Following summaries = new Following(job, "summaries")) {
                job.start(failing());
                sent.awaitPublished();
                for (Moment moment : Moment.values()) {
                    FailingSink.failOnce(moment);
                    sent.twoMinutes();
                    sent.tooLate();
                    sent.awaitPublished();
                    // What is committed can be read a moment before the task fails that committed it.
                    Waiting.untilTrue("a task fails " + moment, FailingSink::hasFailed);
                }
                sent.twoMinutes();
                sent.awaitPublished();
                job.drain();
                readDuring = summaries.untilTheEnd();
            }
            List<JsonNode> summaries = job.read("summaries");
            NaiveSummaries.assertEqual(summaries, sent.trades, WINDOWS);
            assertThat(readDuring).as("read while it ran").containsExactlyElementsOf(summaries);
            assertThat(CsvRows.of(csv.resolve("summaries")))
                    .as("CSV")
                    .containsExactlyInAnyOrderElementsOf(
                            summaries.stream().map(CsvRows::row).toList());
            assertFlags(job.read("flags"), sent.flagIds());
            assertThatACheckNoticesOneRecordLostAndOneDoubled(summaries, sent);
            assertThat(deadLetters(job.records("dead-letters"))).isEqualTo(sent.deadLetters());
            assertAccount(job, sent);
            assertThat(OpenTransactions.of(kafka.bootstrapServers(), job.topic("group")))
                    .isEmpty();
        }
        // Those of jobs of other tests may still end, and so may those of this one.
        Waiting.untilTrue("no thread of Kafka's clients is left", () -> threadsBefore.containsAll(kafkaThreads()));
    }

    private static UnaryOperator<Ends> failing() {
        return ends -> ExchangedEnds.withSummaries(ends, FailingSink::of);
    }

    private static void assertFlags(List<JsonNode> flags, Set<String> ids) {
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode flag : flags) {
            JsonNode before = byId.put(flag.get("id").asText(), flag);
            assertThat(before == null || before.equals(flag))
                    .as("%s repeats %s", flag, before)
                    .isTrue();
        }
        assertThat(byId.keySet()).isEqualTo(ids);
    }

    private static void assertAccount(TestJob job, Sent sent) {
        JobMetrics.Account account = job.lastAccount();
        assertThat(account.of("records")).isEqualTo(sent.records());
        assertThat(account.of("counted")).isEqualTo(sent.trades.size());
        assertThat(account.of("waiting")).isZero();
        assertThat(account.by("rejectedBy"))
                .isEqualTo(Map.of("bad-price", sent.bad.size() / 2L, "malformed-json", sent.bad.size() / 2L));
        assertThat(account.of("tooLate")).isEqualTo(sent.tooLate.size());
        assertThat(account.difference()).isZero();
        assertThat(JobMetrics.sum(job.id(), "records"))
                .as("the counters begin anew with each task")
                .isPositive()
                .isLessThan(account.of("records"));
    }

    /** The dead letters' reasons, by their coordinates. */
    private static Map<String, String> deadLetters(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, String> letters = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String coordinates = header(record, "source-partition") + ":" + header(record, "source-offset");
            String before = letters.put(coordinates, header(record, "reason"));
            assertThat(before).isIn(null, header(record, "reason"));
        }
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String coordinates(RecordMetadata at) {
        return at.partition() + ":" + at.offset();
    }

    /** The threads of Kafka's clients. */
    private static Set<Thread> kafkaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread")
                        || thread.getName().startsWith("kafka-admin-client-thread")
                        || thread.getName().startsWith("Source Data Fetcher"))
                .collect(Collectors.toSet());
    }

    /** What holds of the real output holds no more of it once a record is lost or doubled. */
    private static void assertThatACheckNoticesOneRecordLostAndOneDoubled(List<JsonNode> summaries, Sent sent)
            throws Exception {
        List<JsonNode> lost = summaries.subList(1, summaries.size());
        List<JsonNode> doubled = new ArrayList<>(summaries);
        doubled.add(summaries.get(0));
        for (List<JsonNode> wrong : List.of(lost, doubled)) {
            assertThatThrownBy(() -> NaiveSummaries.assertEqual(wrong, sent.trades, WINDOWS))
                    .isInstanceOf(AssertionError.class);
        }
        Set<String> ids = sent.flagIds();
        ids.remove(ids.iterator().next());
        List<JsonNode> flags = sent.job.read("flags");
        assertThatThrownBy(() -> assertFlags(flags, ids)).isInstanceOf(AssertionError.class);
    }
}
