package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker goes away while the job runs, until every partition has long been idle, and comes back: nothing is lost,
 * doubled or late, and no task fails.
 */
@ExtendWith(LongPatience.class)
@WholeForm
class BrokerOutageITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final String WINDOWS = "10s";

    /** How long the broker stays away beyond the idle timeout, in seconds; longer by hand. */
    private static final int SECONDS_AWAY = Integer.getInteger("tapewatch.outage.seconds", 0);

    @TempDir
    Path folder;

    @Test
    void aBrokerThatGoesAwayAndComesBackCostsNothing() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create();
                TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, WINDOWS);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofSeconds(5));
            List<Trade> trades = new ArrayList<>();
            job.start();
            minute(job, trades, 0);
            job.flush();
            job.await("summaries", summary -> summary.get("start").asText().equals(at(40)));

            kafka.stop();
            // The feed goes on, and waits for the broker.
            CompletableFuture<Void> feed = CompletableFuture.runAsync(() -> minute(job, trades, 1));
            IdlePartitions.await(2);
            await(Duration.ofSeconds(SECONDS_AWAY));
            kafka.start();
            feed.get(1, TimeUnit.MINUTES);

            job.await("summaries", summary -> summary.get("start").asText().equals(at(100)));
            minute(job, trades, 2);
            job.await("summaries", summary -> summary.get("start").asText().equals(at(160)));
            job.flush();
            job.awaitAccount(account -> account.of("records") == trades.size());
            job.drain();
            NaiveSummaries.assertEqual(job.read("summaries"), trades, WINDOWS);
            JobMetrics.Account account = job.lastAccount();
            assertThat(account.of("records")).isEqualTo(trades.size());
            assertThat(account.of("late")).isZero();
            assertThat(account.difference()).isZero();
        }
    }

    /** A minute of ticks on both partitions. */
    private static void minute(TestJob job, List<Trade> trades, int minute) {
        for (int i = 0; i < 600; i++) {
            Trade trade = new Trade(NOON + minute * 60_000L + i * 100, "X" + i % 2, 100 + i % 7, 1);
            trades.add(trade);
            job.send(
                    "prices",
                    i % 2,
                    trade.symbol(),
                    "{\"price\":%s,\"size\":1,\"time\":%d}".formatted(trade.price(), trade.time()));
        }
    }

    private static String at(int seconds) {
        return Instant.ofEpochMilli(NOON + seconds * 1000L).toString().replace("Z", ".000Z");
    }

    private static void await(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
