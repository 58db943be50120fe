package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.FailingSink.Moment;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.ManyRules;
import io.tapewatch.operators.PartitionedTape;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One log and rules of all kinds, read by many jobs: with one task and with four, on both backends, whichever partition
 * is slow and however often the watermark comes, with and without a crash. The flags are the same.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class RulesOrderITCase {

    private static final int TICKS = 1_200;

    private static final List<WayToRead> RUNS = List.of(
            new WayToRead(1, "hashmap", 10_000, PacedKafka.ALL, 0, 200),
            new WayToRead(1, "hashmap", 40, PacedKafka.ALL, 5, 1),
            new WayToRead(1, "hashmap", 100, 2, 30, 20).buffering(50),
            new WayToRead(1, "rocksdb", 50, 1, 30, 5),
            new WayToRead(1, "rocksdb", 50, PacedKafka.ALL, 10, 1).buffering(100),
            new WayToRead(4, "hashmap", 50, 0, 40, 5),
            new WayToRead(4, "hashmap", 100, 3, 80, 50).buffering(100),
            new WayToRead(4, "hashmap", 500, PacedKafka.ALL, 0, 0),
            new WayToRead(4, "rocksdb", 25, 2, 20, 1).buffering(50),
            new WayToRead(4, "rocksdb", 50, PacedKafka.ALL, 20, 10),
            new WayToRead(4, "hashmap", 20, 1, 80, 10).crashing(Moment.BEFORE_THE_COMMIT),
            new WayToRead(1, "rocksdb", 40, PacedKafka.ALL, 25, 1).crashing(Moment.AFTER_THE_COMMIT));

    /** Those of the short form: one task, four of them on the other backend, and a crash. */
    private static final List<WayToRead> FEW = List.of(RUNS.get(0), RUNS.get(8), RUNS.get(10));

    @TempDir
    Path folder;

    @Test
    void whateverTheTasksThePartitionsTheWatermarksAndTheCrashesTheFlagsAreTheSame(EmbeddedKafka kafka)
            throws Exception {
        PartitionedTape log = ManyRules.log(TICKS).ringTheBell();
        Set<String> expected = new TreeSet<>();
        for (String symbol : ManyRules.SYMBOLS) {
            ManyRules.replay(log, symbol, log.end()).flags.forEach(flag -> expected.add(FlagTexts.of(flag)));
        }
        try (TestJob feed = new TestJob(kafka, folder, PartitionedTape.PARTITIONS)) {
            send(feed, log);
            Set<String> first = null;
            for (WayToRead run : Rounds.areAll() ? RUNS : FEW) {
                Set<String> flags = flags(kafka, run, feed, log);
                if (first == null) {
                    first = flags;
                    assertThat(flags.stream().map(FlagTexts::of)).containsExactlyInAnyOrderElementsOf(expected);
                    for (Rule rule : ManyRules.RULES) {
                        assertThat(flags.stream().anyMatch(line -> line.contains("\"ruleId\":\"" + rule.id() + '"')))
                                .as("flags of %s", rule.id())
                                .isEqualTo(rule.status() != Rule.Status.PAUSED);
                    }
                }
                assertThat(flags).as("flags of %s", run).isEqualTo(first);
            }
        }
    }

    private static void send(TestJob feed, PartitionedTape log) throws Exception {
        for (int partition = 0; partition < PartitionedTape.PARTITIONS; partition++) {
            for (Tick tick : log.partition(partition)) {
                String size = tick.hasSize() ? ",\"size\":" + tick.size() : "";
                String seq = tick.hasSeq() ? ",\"seq\":" + tick.seq() : "";
                String id = tick.id() == null ? "" : ",\"id\":\"" + tick.id() + '"';
                feed.send(
                        "prices",
                        partition,
                        tick.symbol(),
                        "{\"price\":%s,\"time\":%d%s%s%s}".formatted(tick.price(), tick.time(), size, seq, id));
            }
        }
        feed.flush();
    }

    private Set<String> flags(EmbeddedKafka kafka, WayToRead run, TestJob feed, PartitionedTape log) throws Exception {
        try (TestJob job =
                new TestJob(kafka, folder, 1).parallelism(run.parallelism()).stateBackend(run.backend())) {
            if (run.crash() != null) {
                job.restarting();
            }
            for (Rule rule : ManyRules.RULES) {
                job.send("rules", 0, rule.id(), FlagTexts.json(rule));
            }
            job.flush();
            job.options().set(JobOptions.PRICES_TOPIC, feed.topic("prices"));
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            job.options().set(JobOptions.WINDOWS, "1m,1d");
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
            assertThat(account.of("late")).isZero();
            assertThat(job.records("dead-letters")).isEmpty();
            List<String> lines = new ArrayList<>(lines(job, "flags"));
            lines.addAll(lines(job, "shadow-flags"));
            Set<String> flags = new TreeSet<>(lines);
            if (run.crash() == null) {
                assertThat(lines).as("flagged once").hasSize(flags.size());
            } else {
                assertThat(FailingSink.hasFailed()).isTrue();
                assertThat(JobMetrics.restarts(job.id())).as("restarts").isEqualTo(1);
            }
            return flags;
        }
    }

    private static Source<Decoded, ?, ?> prices(
            EmbeddedKafka kafka, WayToRead run, TestJob job, TestJob feed, PartitionedTape log) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> until = new HashMap<>();
        for (int i = 0; i < PartitionedTape.PARTITIONS; i++) {
            TopicPartition partition = new TopicPartition(feed.topic("prices"), i);
            from.put(partition, 0L);
            until.put(partition, (long) log.partition(i).size());
        }
        Properties paced = PacedKafka.properties(run.poll(), run.slowPartition(), Duration.ofMillis(run.pauseMillis()));
        return new JobSources(kafka.bootstrapServers(), paced, job.topic("group"))
                .prices(
                        feed.topic("prices"),
                        new JobSources.Stretch(from, until, false),
                        PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                        DecodedSerializer.TYPE);
    }

    /** The values of all records, each after the name of its topic. */
    private static List<String> lines(TestJob job, String topic) {
        return job.records(topic).stream()
                .map(record -> topic + " " + value(record))
                .toList();
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
