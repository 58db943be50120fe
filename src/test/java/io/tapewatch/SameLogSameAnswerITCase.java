package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.FailingSink.Moment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One log, read by many jobs: with one task and with four, on both backends, whichever partition is slow and however
 * often the watermark comes, with and without a crash.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class SameLogSameAnswerITCase {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final int PARTITIONS = 4;
    private static final String WINDOWS = "1s,10s/5s,30s/tick,1m,1h+5m,1d@America/New_York,1d@America/New_York+1h";

    private static final String KEY_ENDS = "\n";

    /** Of these each result is complete at last. */
    private static final List<String> COMPLETE_WITHOUT_SNAPSHOTS = List.of("1s", "10s/5s", "1m", "1d@America/New_York");

    /** An hour before midnight in New York. */
    private static final long BEGINNING = Instant.parse("2023-11-15T04:00:00Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void whateverTheTasksThePartitionsTheWatermarksAndTheCrashesTheAnswerIsTheSame(EmbeddedKafka kafka)
            throws Exception {
        List<Entry> log = log(new Random(4711), 0);
        assertThatTheOrderMatters(log);
        try (TestJob feed = new TestJob(kafka, folder, PARTITIONS)) {
            send(feed, log);
            Answer first = answer(kafka, RUNS.get(0), feed, log);
            NaiveSummaries.assertEqual(
                    first.summaries().stream()
                            .map(SameLogSameAnswerITCase::json)
                            .toList(),
                    trades(log),
                    WINDOWS);
            assertThat(first.movers()).hasSizeGreaterThan(1);
            assertThat(first.flags()).hasSizeGreaterThan(10);
            for (WayToRead run : Rounds.areAll() ? RUNS.subList(1, RUNS.size()) : FEW) {
                Answer answer = answer(kafka, run, feed, log);
                assertThat(answer.account().of("late")).isZero();
                assertThat(answer.summaries()).as("summaries of %s", run).isEqualTo(first.summaries());
                assertThat(answer.movers()).as("movers of %s", run).isEqualTo(first.movers());
                assertThat(answer.flags()).as("flags of %s", run).isEqualTo(first.flags());
            }
        }
    }

    @Test
    @WholeForm
    void whateverBecomesLateTheHighestRevisionsAreTheSame(EmbeddedKafka kafka) throws Exception {
        List<Entry> log = log(new Random(815), 20);
        Set<Long> late = new TreeSet<>();
        try (TestJob feed = new TestJob(kafka, folder, PARTITIONS)) {
            send(feed, log);
            Map<String, ObjectNode> first = null;
            for (WayToRead run : List.of(RUNS.get(1), RUNS.get(4), RUNS.get(6), RUNS.get(7), RUNS.get(8))) {
                Answer answer = answer(kafka, run, feed, log);
                late.add(answer.account().of("late"));
                Map<String, ObjectNode> highest = highestOfFinal(answer);
                if (first == null) {
                    first = highest;
                    NaiveSummaries.assertEqual(
                            highest.values().stream()
                                    .filter(result -> COMPLETE_WITHOUT_SNAPSHOTS.contains(
                                                    result.get("window").asText())
                                            && result.has("symbol"))
                                    .map(result -> (JsonNode) result.deepCopy().put("revision", 0))
                                    .toList(),
                            trades(log),
                            String.join(",", COMPLETE_WITHOUT_SNAPSHOTS));
                }
                assertThat(highest).as("%s", run).isEqualTo(first);
            }
        }
        assertThat(late)
                .as("how many ticks were late, in different runs")
                .hasSizeGreaterThan(2)
                .contains(0L);
    }

    private static List<Trade> trades(List<Entry> log) {
        return log.stream().sorted(OF_ONE_TIME).map(Entry::trade).toList();
    }

    /** The highest revision of each result as of its window's end, by where it is; of which revision it is left out. */
    private static Map<String, ObjectNode> highestOfFinal(Answer answer) {
        Map<String, ObjectNode> highest = new TreeMap<>();
        Stream.concat(answer.summaries().stream(), answer.movers().stream())
                .map(SameLogSameAnswerITCase::json)
                .filter(result -> !result.get("window").asText().endsWith("/tick"))
                .filter(result -> result.get("asOf").equals(result.get("end")))
                .forEach(result -> highest.merge(
                        result.path("symbol").asText("movers") + " "
                                + result.get("window").asText() + " "
                                + result.get("start").asText(),
                        (ObjectNode) result,
                        (one, other) -> one.get("revision").asInt()
                                        > other.get("revision").asInt()
                                ? one
                                : other));
        highest.values().forEach(result -> result.remove("revision"));
        return highest;
    }

    // The log.

    /** Numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A record of the log; those of one partition follow each other. */
    private record Entry(int partition, long offset, Trade trade, Long seq) {

        String json() {
            return "{\"price\":%s,\"size\":%s,\"time\":%d%s}"
                    .formatted(trade.price(), trade.size(), trade.time(), seq == null ? "" : ",\"seq\":" + seq);
        }

        boolean isTieOf(Entry other) {
            return trade.time() == other.trade.time() && trade.symbol().equals(other.trade.symbol());
        }
    }

    /** Bursts of ticks, minutes apart: out of order within the bound of 2 s, many of them at the same time. */
    private static List<Entry> log(Random random, int lateOneIn) {
        List<Entry> log = new ArrayList<>();
        long[] offsets = new long[PARTITIONS];
        long time = BEGINNING;
        Trade before = null;
        for (int i = 0; i < 3_200; i++) {
            time += i % 80 == 0 ? random.nextInt(1, 9) * MINUTE : random.nextInt(200);
            long behind = random.nextInt(4) == 0 ? random.nextInt(1_900) : 0;
            if (lateOneIn > 0 && random.nextInt(lateOneIn) == 0) {
                behind = random.nextLong(Math.min(3 * 60 * MINUTE, time - BEGINNING) + 1);
            }
            boolean tie = before != null && before.time() > time - 1_900 && random.nextInt(5) == 0;
            Trade trade = new Trade(
                    tie ? before.time() : time - behind,
                    tie ? before.symbol() : "X" + random.nextInt(6),
                    Math.round(10_000 + 100 * random.nextGaussian()) / 100.0,
                    random.nextInt(1, 100_000) / 1e5);
            before = trade;
            int partition = random.nextInt(PARTITIONS);
            Long seq = random.nextInt(5) == 0 ? random.nextLong(100) : null;
            log.add(new Entry(partition, offsets[partition]++, trade, seq));
        }
        return log;
    }

    /** The order of the tape for ticks of the same time. */
    private static final Comparator<Entry> OF_ONE_TIME = Comparator.<Entry, Boolean>comparing(
                    entry -> entry.seq() == null)
            .thenComparing(entry -> entry.seq() == null ? 0 : entry.seq())
            .thenComparing(Entry::partition)
            .thenComparing(Entry::offset);

    private static void assertThatTheOrderMatters(List<Entry> log) {
        List<Entry> sent = log.stream()
                .sorted(Comparator.comparing(Entry::partition).thenComparing(Entry::offset))
                .toList();
        Map<Integer, Long> latest = new HashMap<>();
        int behind = 0;
        for (Entry entry : sent) {
            long before = latest.getOrDefault(entry.partition(), Long.MIN_VALUE);
            behind += entry.trade().time() < before ? 1 : 0;
            latest.put(entry.partition(), Math.max(before, entry.trade().time()));
        }
        assertThat(behind).as("ticks behind one before them").isGreaterThan(300);

        int acrossPartitions = 0;
        int bySeq = 0;
        for (int i = 1; i < log.size(); i++) {
            Entry one = log.get(i - 1);
            Entry other = log.get(i);
            if (one.isTieOf(other)) {
                acrossPartitions += one.partition() > other.partition() ? 1 : 0;
                boolean byPlace = one.partition() < other.partition();
                bySeq += OF_ONE_TIME.compare(one, other) < 0 != byPlace ? 1 : 0;
            }
        }
        assertThat(acrossPartitions)
                .as("ticks of the same time, the later on an earlier partition")
                .isGreaterThan(100);
        assertThat(bySeq)
                .as("ticks of the same time that go by their numbers against their places")
                .isGreaterThan(30);
    }

    private static void send(TestJob feed, List<Entry> log) throws Exception {
        for (Entry entry : log) {
            feed.send("prices", entry.partition(), entry.trade().symbol(), entry.json());
        }
        feed.flush();
    }

    // The runs.

    private static final List<WayToRead> RUNS = List.of(
            new WayToRead(1, "hashmap", 10_000, PacedKafka.ALL, 0, 200),
            new WayToRead(1, "hashmap", 40, PacedKafka.ALL, 10, 1),
            new WayToRead(4, "hashmap", 50, 0, 60, 5),
            new WayToRead(4, "hashmap", 100, 3, 150, 50).buffering(100),
            new WayToRead(4, "hashmap", 500, PacedKafka.ALL, 0, 0),
            new WayToRead(1, "rocksdb", 50, PacedKafka.ALL, 15, 20),
            new WayToRead(4, "rocksdb", 25, 2, 40, 1).buffering(50),
            new WayToRead(4, "hashmap", 40, 1, 100, 10).crashing(Moment.BEFORE_THE_COMMIT),
            new WayToRead(1, "rocksdb", 40, PacedKafka.ALL, 25, 10).crashing(Moment.AFTER_THE_COMMIT),
            new WayToRead(4, "rocksdb", 40, PacedKafka.ALL, 100, 1).crashing(Moment.BEFORE_THE_COMMIT));

    /** Those that the short form compares with the first: four tasks on the other backend, without a crash and with one. */
    private static final List<WayToRead> FEW = List.of(RUNS.get(6), RUNS.get(9));

    /** What came of a run. */
    private record Answer(List<String> summaries, List<String> movers, Set<String> flags, JobMetrics.Account account) {}

    private Answer answer(EmbeddedKafka kafka, WayToRead run, TestJob feed, List<Entry> log) throws Exception {
        try (TestJob job =
                new TestJob(kafka, folder, 1).parallelism(run.parallelism()).stateBackend(run.backend())) {
            if (run.crash() != null) {
                job.restarting();
            }
            job.send("rules", 0, "jump", """
                    {"id":"jump","version":1,"when":{"metric":"changePct","over":"1m","is":">","limit":3}}""");
            job.flush();
            job.options().set(JobOptions.PRICES_TOPIC, feed.topic("prices"));
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            job.options().set(JobOptions.WINDOWS, WINDOWS);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.options().set(JobOptions.RULES_MAX_BUFFERED, run.maxBuffered());
            StreamExecutionEnvironment env = job.environment(Duration.ofMillis(200));
            env.getConfig().setAutoWatermarkInterval(run.watermarkEvery());
            UnaryOperator<Ends> slowly = ends -> ExchangedEnds.withPrices(ends, prices(kafka, run, job, feed, log));
            TapewatchJob.build(
                    env, job.options(), ends -> ExchangedEnds.withSummaries(slowly.apply(ends), FailingSink::of));
            if (run.crash() != null) {
                FailingSink.failOnce(run.crash());
            }
            job.start(env);
            assertThat(job.awaitFailure()).as("it ends by itself").isNull();
            JobMetrics.Account account = job.lastAccount();
            assertThat(account.of("counted")).isEqualTo(log.size());
            if (run.crash() == null) {
                assertThat(account.of("records")).isEqualTo(log.size());
                assertThat(account.difference()).isZero();
            } else {
                // The account of a reader whose partition had ended before the crash is lost.
                assertThat(FailingSink.hasFailed()).isTrue();
                assertThat(JobMetrics.sum(job.id(), "records"))
                        .as("records read after the crash")
                        .isPositive()
                        .isLessThan(log.size());
            }
            assertThat(job.records("dead-letters")).isEmpty();
            return new Answer(
                    lines(job, "summaries"), lines(job, "movers"), new TreeSet<>(lines(job, "flags")), account);
        }
    }

    private static Source<Decoded, ?, ?> prices(
            EmbeddedKafka kafka, WayToRead run, TestJob job, TestJob feed, List<Entry> log) {
        String topic = feed.topic("prices");
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> until = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int each = partition;
            from.put(new TopicPartition(topic, partition), 0L);
            until.put(
                    new TopicPartition(topic, partition),
                    log.stream().filter(entry -> entry.partition() == each).count());
        }
        Properties paced = PacedKafka.properties(run.poll(), run.slowPartition(), Duration.ofMillis(run.pauseMillis()));
        if (run.crash() != null) {
            PacedKafka.holdUntilTheFailure(paced, Collections.min(until.values()) - 1);
        }
        return new JobSources(kafka.bootstrapServers(), paced, job.topic("group"))
                .prices(
                        topic,
                        new JobSources.Stretch(from, until, false),
                        PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                        DecodedSerializer.TYPE);
    }

    /** Key and value of all records, to the last byte, sorted. */
    private static List<String> lines(TestJob job, String topic) {
        return job.records(topic).stream()
                .map(record -> text(record.key()) + KEY_ENDS + text(record.value()))
                .sorted()
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            byte[] value = line.substring(line.indexOf(KEY_ENDS) + 1).getBytes(StandardCharsets.ISO_8859_1);
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
