package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job while it runs: what comes late, rules that change, feeds that fall silent. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class LiveITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    @TempDir
    Path folder;

    @Test
    void lateTicksReviseAWindowUntilItIsFinalAndAreDeadLettersAfterThat(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            job.options().set(JobOptions.WINDOWS, "1m,1h");
            job.options().set(JobOptions.ALLOWED_LATENESS, Duration.ofMinutes(10));
            job.options().set(JobOptions.LATENESS_OF, "1h:0s");
            tick(job, 0, "X", 100, NOON + 10 * SECOND);
            tick(job, 0, "X", 105, NOON + MINUTE + 5 * SECOND);
            job.start();
            JsonNode first = job.await("summaries", summary -> startsAt(summary, "1m", NOON));
            assertThat(first.get("revision").asInt()).isZero();
            assertThat(first.get("count").asInt()).isEqualTo(1);
            assertThat(first.get("mayChangeUntil").asText()).isEqualTo("2023-11-15T12:11:00.000Z");

            tick(job, 0, "X", 90, NOON + 20 * SECOND);
            tick(job, 0, "X", 106, NOON + 2 * MINUTE);
            JsonNode second = job.await(
                    "summaries",
                    summary -> startsAt(summary, "1m", NOON)
                            && summary.get("revision").asInt() == 1);
            assertThat(second.get("count").asInt()).isEqualTo(2);
            assertThat(second.get("low").asDouble()).isEqualTo(90);
            assertThat(second.get("close").asDouble()).isEqualTo(90);

            tick(job, 0, "X", 107, NOON + 65 * MINUTE);
            JsonNode hour = job.await("summaries", summary -> startsAt(summary, "1h", NOON));
            assertThat(hour.get("count").asInt()).isEqualTo(4);
            assertThat(hour.get("mayChangeUntil").asText()).isEqualTo("2023-11-15T13:00:00.000Z");

            tick(job, 0, "X", 80, NOON + 30 * SECOND);
            job.await("dead-letters", letter -> letter.get("price").asDouble() == 80);
            assertThat(job.records("dead-letters")).singleElement().satisfies(letter -> {
                assertThat(letter.key()).asString().isEqualTo("X");
                assertThat(letter.headers().lastHeader("reason").value())
                        .asString()
                        .isEqualTo("too-late");
                assertThat(letter.headers().lastHeader("source-offset").value())
                        .asString()
                        .isEqualTo("5");
            });
        }
    }

    @Test
    void aRuleThatArrivesInMidStreamIsInForceUntilItIsDeleted(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            long time = NOON;
            tick(job, 0, "X", 100, time);
            tick(job, 1, "X", 100, time);
            job.start();

            rule(job, "dear", """
                    {"id":"dear","version":1,"when":{"metric":"price","is":">","limit":500}}""");
            job.await("rule-status", status -> status.get("verdict").asText().equals("accepted"));
            JsonNode flag = tickUntil(job, "flags", time += MINUTE, 600, any -> true);
            assertThat(flag.get("ruleId").asText()).isEqualTo("dear");
            assertThat(flag.get("price").asDouble()).isEqualTo(600);
            assertThat(flag.get("message").asText()).startsWith("X traded at 600");
            assertThat(flag.get("source").get("topic").asText()).isEqualTo(job.topic("prices"));

            rule(job, "dear", """
                    {"id":"dear","version":1,"when":{"metric":"price","is":">","limit":5}}""");
            JsonNode rejected = job.await(
                    "rule-status", status -> status.get("verdict").asText().equals("rejected"));
            assertThat(rejected.get("reason").asText()).contains("not higher than version 1");

            rule(job, "dear", null);
            job.await("rule-status", status -> status.get("verdict").asText().equals("deleted"));
            rule(job, "cheap", """
                    {"id":"cheap","version":1,"when":{"metric":"price","is":"<","limit":50}}""");
            tickUntil(job, "flags", time += 60 * MINUTE, 10, raised -> raised.get("ruleId")
                    .asText()
                    .equals("cheap"));
            int before = flagsOf(job, "dear");
            tick(job, 0, "X", 700, time += 120 * MINUTE);
            tick(job, 1, "X", 700, time);
            tickUntil(
                    job,
                    "flags",
                    time += MINUTE,
                    20,
                    raised -> raised.get("ruleId").asText().equals("cheap")
                            && raised.path("previousPrice").asDouble() == 700);
            assertThat(flagsOf(job, "dear")).isEqualTo(before);
        }
    }

    @Test
    void nothingIsLateAfterAllPartitionsWereIdle(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m,1h");
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMillis(100));
            job.options().set(JobOptions.ALLOWED_LATENESS, Duration.ZERO);
            rule(job, "any", """
                    {"id":"any","version":1,"when":{"metric":"price","is":">","limit":0}}""");
            // Each step ends when both partitions have been read: a partition whose first record is slow to come counts
            // as
            // idle too, and then its ticks may rightly be late.
            tickBoth(job, 100, NOON);
            job.start();
            awaitBoth(job, "a");
            tickBoth(job, 100, NOON + 90 * SECOND);
            awaitBoth(job, "b");
            IdlePartitions.await(2);

            tickBoth(job, 101, NOON + 100 * SECOND);
            awaitBoth(job, "c");
            tickBoth(job, 102, NOON + 2 * MINUTE + 30 * SECOND);
            for (String symbol : List.of("X0", "X1")) {
                JsonNode second = job.await(
                        "summaries",
                        summary -> startsAt(summary, "1m", NOON + MINUTE)
                                && summary.get("symbol").asText().equals(symbol));
                assertThat(second.get("count").asInt()).isEqualTo(2);
                assertThat(second.get("revision").asInt()).isZero();
            }
            assertThat(job.read("flags")).noneMatch(flag -> flag.get("late").asBoolean());
            assertThat(job.records("dead-letters")).as("the markers").hasSize(6);
            assertThat(job.read("summaries"))
                    .as("no hour is over")
                    .noneMatch(summary -> summary.get("window").asText().equals("1h"));
        }
    }

    private static void tickBoth(TestJob job, double price, long time) {
        tick(job, 0, "X0", price, time);
        tick(job, 1, "X1", price, time);
    }

    /** Waits until everything sent so far has been read, by sending something that becomes a dead letter. */
    private static void awaitBoth(TestJob job, String name) throws Exception {
        for (int partition = 0; partition < 2; partition++) {
            String marker = "[\"%s%d\"]".formatted(name, partition);
            job.send("prices", partition, "X", marker);
            job.await("dead-letters", letter -> letter.toString().equals(marker));
        }
    }

    /** Ticks on both partitions, a second of event time apart, until such a record comes. */
    private static JsonNode tickUntil(TestJob job, String topic, long from, double price, Predicate<JsonNode> like)
            throws Exception {
        AtomicLong time = new AtomicLong(from);
        return job.await(topic, like, () -> {
            tick(job, 0, "X", price, time.get());
            tick(job, 1, "X", price, time.getAndAdd(SECOND));
        });
    }

    private static int flagsOf(TestJob job, String rule) {
        return (int) job.read("flags").stream()
                .filter(flag -> flag.get("ruleId").asText().equals(rule))
                .count();
    }

    private static void tick(TestJob job, int partition, String symbol, double price, long time) {
        job.send("prices", partition, symbol, "{\"price\":%s,\"size\":1,\"time\":%d}".formatted(price, time));
    }

    private static void rule(TestJob job, String id, String rule) {
        job.send("rules", 0, id, rule);
    }

    private static boolean startsAt(JsonNode summary, String window, long start) {
        return summary.get("window").asText().equals(window)
                && Instant.parse(summary.get("start").asText()).toEpochMilli() == start;
    }
}
