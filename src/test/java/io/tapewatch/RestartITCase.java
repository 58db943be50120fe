package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job stopped with a savepoint and started from it, with another parallelism. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class RestartITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long MINUTE = 60_000;

    @TempDir
    Path folder;

    @Test
    void aJobGoesOnWhereItsSavepointWasTaken(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.options().set(JobOptions.ALLOWED_LATENESS, Duration.ofMinutes(1));
            job.send("rules", 0, "any", """
                    {"id":"any","version":1,"when":{"metric":"price","is":">","limit":0}}""");
            tickBoth(job, 100, NOON);
            tickBoth(job, 101, NOON + 90_000);
            job.start();
            job.await("summaries", summary -> isOf(summary, "X1", "2023-11-15T12:00:00.000Z"));
            job.await("summaries", summary -> isOf(summary, "X0", "2023-11-15T12:00:00.000Z"));
            job.stopWithSavepoint();

            // While it is down: one tick more in the open window, and a late one for the window that is published.
            tickBoth(job, 102, NOON + 100_000);
            job.send("prices", 0, "X0", price(50, NOON + 1000));
            job.parallelism(1).start();
            JsonNode revised = job.await(
                    "summaries",
                    summary -> isOf(summary, "X0", "2023-11-15T12:00:00.000Z")
                            && summary.get("revision").asInt() == 1);
            assertThat(revised.get("count").asInt()).isEqualTo(2);
            assertThat(revised.get("low").asDouble()).isEqualTo(50);
            tickBoth(job, 103, NOON + 5 * MINUTE);
            for (String symbol : new String[] {"X0", "X1"}) {
                JsonNode second = job.await("summaries", summary -> isOf(summary, symbol, "2023-11-15T12:01:00.000Z"));
                assertThat(second.get("count").asInt()).isEqualTo(2);
                assertThat(second.get("open").asDouble()).isEqualTo(101);
                assertThat(second.get("revision").asInt()).isZero();
                // Each topic's transactions are committed on their own.
                job.await("flags", flag -> isAt(flag, symbol, "2023-11-15T12:01:40.000Z"));
            }

            assertThat(job.read("summaries").stream().map(RestartITCase::identity))
                    .as("nothing is published twice")
                    .doesNotHaveDuplicates();
            assertThat(job.read("flags").stream().map(flag -> flag.get("id").asText()))
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThanOrEqualTo(7);
            assertThat(job.read("rule-status")).as("verdicts").hasSize(1);
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    private static void tickBoth(TestJob job, double price, long time) {
        job.send("prices", 0, "X0", price(price, time));
        job.send("prices", 1, "X1", price(price, time));
    }

    private static String price(double price, long time) {
        return "{\"price\":%s,\"time\":%d}".formatted(price, time);
    }

    private static boolean isOf(JsonNode summary, String symbol, String start) {
        return summary.get("symbol").asText().equals(symbol)
                && summary.get("start").asText().equals(start);
    }

    private static boolean isAt(JsonNode flag, String symbol, String time) {
        return flag.get("symbol").asText().equals(symbol)
                && flag.get("time").asText().equals(time);
    }

    private static String identity(JsonNode summary) {
        return summary.get("symbol") + " " + summary.get("start") + " " + summary.get("revision");
    }
}
