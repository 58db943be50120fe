package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** At any checkpoint, what came in is counted, waits for the watermark, or is a dead letter: nothing is unaccounted for. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class AccountITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final int CHECKPOINTS = 10;

    @TempDir
    Path folder;

    @Test
    void theAccountBalancesAtEveryCheckpoint(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.PRICES_SYMBOLS, "X*");
            job.options().set(JobOptions.ALLOWED_LATENESS, Duration.ZERO);
            // The ticks of Y are of now: event time would be now as soon as the other partition is idle.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.start();
            long sent = 0;
            JobMetrics.Account account = job.awaitAccount(any -> true);
            for (int i = 0; i < CHECKPOINTS; i++) {
                for (int j = 0; j < 200; j++) {
                    int partition = j % 2;
                    long time = NOON + (i * 200 + j) * 500L;
                    job.send("prices", partition, "X" + j % 7, "{\"price\":1,\"time\":" + time + "}");
                    sent++;
                    if (j % 20 == 0) {
                        job.send("prices", partition, "Y", "1");
                        job.send("prices", partition, "X", "{\"price\":0}");
                        job.send("prices", partition, "X", null);
                        job.send("prices", partition, "X", "{\"heartbeat\":true,\"time\":" + time + "}");
                        job.send("prices", partition, "X", "{\"price\":1,\"time\":100000000000}");
                        sent += 5;
                    }
                }
                long checkpoint = account.checkpoint();
                account = job.awaitAccount(each -> each.checkpoint() > checkpoint);
                assertThat(account.difference()).as("%s", account).isZero();
            }
            // However far the job has got: now event time has passed what is too late.
            job.await("summaries", any -> true);
            job.send("prices", 0, "X", "{\"price\":1,\"time\":100000000000}");
            sent++;

            long all = sent;
            // The last ticks of all wait for the watermark, at each checkpoint from now on.
            JobMetrics.Account last = job.awaitAccount(each -> each.of("records") == all && each.of("waiting") > 0);
            assertThat(last.of("heartbeats")).isEqualTo(10L * CHECKPOINTS);
            assertThat(last.of("unwatched")).isEqualTo(10L * CHECKPOINTS);
            assertThat(last.by("rejectedBy"))
                    .isEqualTo(Map.of("bad-price", 10L * CHECKPOINTS, "empty", 10L * CHECKPOINTS));
            assertThat(last.of("ticks")).isEqualTo(210L * CHECKPOINTS + 1);
            assertThat(last.of("tooLate")).isPositive();
            assertThat(last.difference()).isZero();

            // Started from a savepoint with another number of tasks, it goes on where it was.
            job.stopWithSavepoint();
            job.parallelism(1).start();
            job.send("prices", 0, "X", "{\"price\":1,\"time\":" + (NOON + 3_600_000) + "}");
            JobMetrics.Account after = job.awaitAccount(each -> each.of("records") == all + 1);
            assertThat(after.of("heartbeats")).isEqualTo(10L * CHECKPOINTS);
            assertThat(after.difference()).isZero();
            assertThat(JobMetrics.sum(job.id(), "records"))
                    .as("the counter of a task that was started anew")
                    .isEqualTo(1);
        }
    }
}
