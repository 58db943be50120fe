package io.tapewatch;

import static io.tapewatch.domain.check.Rules.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers whose clocks are 30 s ahead or behind, on topics that are stamped by their clocks or by the broker's: what is
 * published is held against a naive recount of the topic.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class ClocksITCase {

    private static final long SEED = 20231115;
    private static final long SECOND = 1000;
    private static final long NOON = Instant.parse("2023-11-15T12:00:00Z").toEpochMilli();
    private static final String WINDOWS = "10s,1m";

    /** How far the clock of each partition's producer is ahead, in milliseconds. */
    private static final long[] OFF = {0, 30 * SECOND, -30 * SECOND, -90 * SECOND};

    private static final int TOO_FAR_OFF = 3;
    private static final String STAMPED = "stamped-by-producers";

    private static final List<Rule> RULES = List.of(
            rule("fall: tickChangePct <= -0.25"),
            rule("jump: changePct over 1m > 0.2, cooldown 10s"),
            rule("large: size > 9.5"));

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    /** The ticks that are no dead letters. */
    private final List<Tick> ticks = new ArrayList<>();

    private final long[] offsets = new long[OFF.length];

    @Test
    void timesThatTheProducersClocksSayAreTakenAsTheyAre(EmbeddedKafka kafka) throws Exception {
        // No time stands in a price: the stamp is its time.
        try (TestJob job = job(kafka, 4)) {
            stampedByProducers(kafka, job);
            for (long now = NOON; now < NOON + 200 * SECOND; now += 50) {
                int partition = random.nextInt(OFF.length);
                Tick tick = tick(partition, now + OFF[partition]);
                ticks.add(tick);
                job.send(
                        STAMPED,
                        partition,
                        tick.time(),
                        tick.symbol(),
                        "{\"price\":%s,\"size\":%s}"
                                .formatted(
                                        tick.price().toBigDecimal(), tick.size().toBigDecimal()));
            }
            assertNothingButTheTicks(job);
        }
    }

    @Test
    void timesThatOthersSayAreTakenAsLongAsTheProducersClockIsLessThanAMinuteBehind(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = job(kafka, 3)) {
            stampedByProducers(kafka, job);
            Map<String, Long> rejected = new TreeMap<>();
            for (long now = NOON; now < NOON + 200 * SECOND; now += 50) {
                int partition = random.nextInt(OFF.length);
                Tick tick = tick(partition, now);
                if (partition == TOO_FAR_OFF) {
                    rejected.merge("future-time", 1L, Long::sum);
                } else {
                    ticks.add(tick);
                }
                send(job, tick, now + OFF[partition]);
            }
            job.runToTheEnd();
            assertPublished(job);
            assertThat(job.records("dead-letters").stream()
                            .map(letter -> new String(
                                    letter.headers().lastHeader("reason").value(), UTF_8))
                            .collect(Collectors.groupingBy(reason -> reason, Collectors.counting())))
                    .isEqualTo(rejected);
        }
    }

    @Test
    void brokersStampsLetTimesBeHalfAMinuteOffEitherWay(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = job(kafka, 2)) {
            long beginning = System.currentTimeMillis() - 200 * SECOND;
            for (long now = beginning; now < beginning + 200 * SECOND; now += 50) {
                int partition = random.nextInt(OFF.length);
                Tick tick = tick(partition, now + OFF[partition]);
                ticks.add(tick);
                send(job, tick, null);
            }
            assertNothingButTheTicks(job);
        }
    }

    @Test
    void aClockThatIsBehindOnAPartitionItSharesMakesTicksLateAndNoWindowWrong(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = job(kafka, 1, 2)) {
            long beginning = System.currentTimeMillis() - 200 * SECOND;
            long middle = beginning + 100 * SECOND;
            job.flush();
            StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
            // Event time comes on after each few ticks, as it does when they come one by one.
            env.getConfig().setAutoWatermarkInterval(1);
            TapewatchJob.build(env, job.options());
            job.start(env);
            sendFromSharedPartition(job, beginning, middle);
            // From now on ticks are late for certain: rules and prices are read beside each other.
            job.await(
                    "summaries",
                    summary -> Instant.parse(summary.get("end").asText()).toEpochMilli() > middle - 15 * SECOND);
            sendFromSharedPartition(job, middle, beginning + 200 * SECOND);
            job.flush();
            job.awaitAccount(account -> account.of("records") == ticks.size());
            job.drain();
            Map<String, ObjectNode> last = new TreeMap<>();
            int revised = 0;
            for (JsonNode summary : job.read("summaries")) {
                String place = summary.get("symbol").asText() + summary.get("window") + summary.get("start");
                revised += summary.get("revision").asInt() > 0 ? 1 : 0;
                last.merge(
                        place,
                        (ObjectNode) summary,
                        (one, other) -> one.get("revision").asInt()
                                        > other.get("revision").asInt()
                                ? one
                                : other);
            }
            assertThat(revised).as("revisions").isPositive();
            last.values().forEach(summary -> summary.put("revision", 0));
            NaiveSummaries.assertEqual(List.copyOf(last.values()), trades(), WINDOWS);
            assertThat(job.records("dead-letters")).isEmpty();
            assertThat(job.read("flags").stream()
                            .filter(flag -> flag.get("late").asBoolean()))
                    .as("flags that say that they are late")
                    .isNotEmpty();
        }
    }

    /** Ticks of two producers one of which is half a minute behind. */
    private void sendFromSharedPartition(TestJob job, long from, long until) {
        for (long now = from; now < until; now += 25) {
            Tick tick = tick(0, now - random.nextInt(2) * 30 * SECOND);
            ticks.add(tick);
            send(job, tick, null);
        }
    }

    private TestJob job(EmbeddedKafka kafka, int parallelism) throws IOException {
        return job(kafka, OFF.length, parallelism);
    }

    private TestJob job(EmbeddedKafka kafka, int pricePartitions, int parallelism) throws IOException {
        System.out.println("clocks: seed " + SEED);
        TestJob job = new TestJob(kafka, folder, pricePartitions).parallelism(parallelism);
        job.options().set(JobOptions.WINDOWS, WINDOWS);
        job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
        for (Rule rule : RULES) {
            job.send("rules", 0, rule.id(), FlagTexts.json(rule));
        }
        return job;
    }

    /** Lets it read prices from a topic that has the stamps of producers. */
    private static void stampedByProducers(EmbeddedKafka kafka, TestJob job) {
        String topic = job.topic(STAMPED);
        // The stamps are of long ago: the broker would delete the records the next time it looks for old ones.
        kafka.createTopic(
                topic,
                OFF.length,
                Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime", TopicConfig.RETENTION_MS_CONFIG, "-1"));
        job.options().set(JobOptions.PRICES_TOPIC, topic);
    }

    private Tick tick(int partition, long time) {
        return Ticks.tick("X" + random.nextInt(4))
                .at(time)
                .price(100 + random.nextInt(-16, 17) / 64.0)
                .size(random.nextInt(1, 1_000) / 100.0)
                .partition(partition)
                .offset(offsets[partition]++)
                .tick();
    }

    private static void send(TestJob job, Tick tick, Long stamp) {
        job.send(
                stamp == null ? "prices" : STAMPED,
                tick.origin().partition(),
                stamp,
                tick.symbol(),
                "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(tick.price(), tick.size(), tick.time()));
    }

    private void assertNothingButTheTicks(TestJob job) throws Exception {
        job.runToTheEnd();
        assertPublished(job);
        assertThat(job.records("dead-letters")).isEmpty();
    }

    private void assertPublished(TestJob job) {
        ticks.sort(null);
        NaiveSummaries.assertEqual(job.read("summaries"), trades(), WINDOWS);
        List<String> flags = new ArrayList<>();
        ticks.stream().collect(Collectors.groupingBy(Tick::symbol)).forEach((symbol, some) -> NaiveRules.flags(
                        RULES, some)
                .forEach(flag -> flags.add(FlagTexts.of(flag))));
        assertThat(flags).hasSizeGreaterThan(50);
        assertThat(job.read("flags").stream().map(flag -> FlagTexts.of("flags " + flag)))
                .containsExactlyInAnyOrderElementsOf(flags);
    }

    private List<Trade> trades() {
        return ticks.stream()
                .sorted()
                .map(tick -> new Trade(
                        tick.time(),
                        tick.symbol(),
                        tick.price().toBigDecimal(),
                        tick.size().toBigDecimal()))
                .toList();
    }
}
