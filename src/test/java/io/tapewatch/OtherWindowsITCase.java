package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A savepoint of the whole job, restored with other windows, and back. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class OtherWindowsITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void windowsComeAndGoBetweenSavepoints(String stateBackend, EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).stateBackend(stateBackend)) {
            job.options().set(JobOptions.WINDOWS, "1m,1d+1h");
            tick(job, NOON + 10 * SECOND);
            tick(job, NOON + 70 * SECOND);
            job.start();
            assertThat(count(job.await("summaries", is("1m", NOON)))).isEqualTo(1);
            job.stopWithSavepoint();

            // Without a day: its movers go, and five minutes come that hold what is known of them.
            job.options().set(JobOptions.WINDOWS, "5m,1m");
            job.parallelism(1);
            tick(job, NOON + 130 * SECOND);
            tick(job, NOON + 310 * SECOND);
            job.start();
            assertThat(count(job.await("summaries", is("1m", NOON + MINUTE)))).isEqualTo(1);
            assertThat(count(job.await("summaries", is("5m", NOON)))).isEqualTo(3);
            job.stopWithSavepoint();

            // With the day again, and without the minute.
            job.options().set(JobOptions.WINDOWS, "1d+1h,5m");
            job.parallelism(2);
            tick(job, NOON + HOUR + 10 * SECOND);
            job.start();
            JsonNode dayUntilOne = job.await("summaries", is("1d+1h", NOON - 12 * HOUR));
            assertThat(Instant.parse(dayUntilOne.get("asOf").asText()).toEpochMilli())
                    .isEqualTo(NOON + HOUR);
            assertThat(count(dayUntilOne)).isEqualTo(4);
            job.await("movers", each -> each.get("asOf").equals(dayUntilOne.get("asOf")));
            job.drain();

            assertThat(job.read("summaries"))
                    .extracting(each -> each.get("window").asText() + " "
                            + each.get("start").asText() + " "
                            + each.get("asOf").asText() + " " + count(each))
                    .containsExactlyInAnyOrder(
                            "1m 2023-11-15T12:00:00.000Z 2023-11-15T12:01:00.000Z 1",
                            "1m 2023-11-15T12:01:00.000Z 2023-11-15T12:02:00.000Z 1",
                            "1m 2023-11-15T12:02:00.000Z 2023-11-15T12:03:00.000Z 1",
                            "5m 2023-11-15T12:00:00.000Z 2023-11-15T12:05:00.000Z 3",
                            "5m 2023-11-15T12:05:00.000Z 2023-11-15T12:10:00.000Z 1",
                            "5m 2023-11-15T13:00:00.000Z 2023-11-15T13:05:00.000Z 1",
                            "1d+1h 2023-11-15T00:00:00.000Z 2023-11-15T13:00:00.000Z 4",
                            "1d+1h 2023-11-15T00:00:00.000Z 2023-11-15T14:00:00.000Z 5",
                            "1d+1h 2023-11-15T00:00:00.000Z 2023-11-16T00:00:00.000Z 5");
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    private static void tick(TestJob job, long time) {
        job.send("prices", 0, "X", "{\"price\":1,\"size\":1,\"time\":" + time + "}");
        job.flush();
    }

    private static long count(JsonNode summary) {
        return summary.get("count").asLong();
    }

    private static Predicate<JsonNode> is(String window, long start) {
        return summary -> summary.get("window").asText().equals(window)
                && Instant.parse(summary.get("start").asText()).toEpochMilli() == start;
    }
}
