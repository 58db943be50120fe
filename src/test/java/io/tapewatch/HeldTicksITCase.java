package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million ticks wait for the watermark, which one partition holds back. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@WholeForm
class HeldTicksITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final int TICKS = 1_000_000;
    private static final int SYMBOLS = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aMillionTicksThatWaitDoNotBreakACheckpointOrARestore(String backend, EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2).stateBackend(backend).parallelism(1)) {
            job.options().set(JobOptions.WINDOWS, "1h");
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.options().set(JobOptions.RULES_MAX_BUFFERED, TICKS / 4);
            job.send("prices", 1, "Y", "{\"price\":1,\"time\":" + NOON + "}");
            for (int i = 0; i < TICKS; i++) {
                job.send("prices", 0, "X" + i % SYMBOLS, "{\"price\":1,\"time\":" + (NOON + 3_000 + i) + "}");
            }
            job.start();
            JobMetrics.Account waiting = job.awaitAccount(account -> account.of("records") == TICKS + 1);
            assertThat(waiting.of("waiting")).isGreaterThanOrEqualTo(TICKS);
            job.stopWithSavepoint();

            job.start();
            long later = NOON + 3_600_000 * 2;
            job.send("prices", 0, "Y", "{\"price\":1,\"time\":" + later + "}");
            job.send("prices", 1, "Y", "{\"price\":1,\"time\":" + later + "}");
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                String name = "X" + symbol;
                JsonNode hour = job.await(
                        "summaries", summary -> summary.get("symbol").asText().equals(name));
                assertThat(hour.get("count").asInt()).isEqualTo(TICKS / SYMBOLS);
                assertThat(hour.get("revision").asInt()).isZero();
            }
            JobMetrics.Account account = job.awaitAccount(each -> each.of("records") == TICKS + 3);
            assertThat(account.of("late")).isZero();
            assertThat(account.difference()).isZero();
        }
    }
}
