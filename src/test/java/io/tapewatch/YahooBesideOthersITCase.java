package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.feed.TopicRecords;
import io.tapewatch.feed.yahoo.StubYahoo;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code feed yahoo} as a process of its own, and another producer that writes live prices to the same topic. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
@WholeForm
class YahooBesideOthersITCase {

    private static final int PARTITIONS = 4;

    @TempDir
    private Path folder;

    @Test
    void theMinutesOfOthersCloseThoughYahoosPricesMayComeAQuarterOfAnHourLate(EmbeddedKafka kafka) throws Exception {
        try (StubYahoo yahoo = new StubYahoo();
                TestJob job = new TestJob(kafka, folder, PARTITIONS)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            // Longer than what is between two heartbeats.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofSeconds(4));
            job.start();
            yahoo.answers(
                    "BTC-USD",
                    StubYahoo.price("BTC-USD", "64250.1", Instant.now().getEpochSecond()));
            try (Tool.Running feed = Tool.start(
                    folder,
                    "",
                    Tool.process(
                            folder,
                            "feed",
                            "yahoo",
                            "--symbols=BTC-USD",
                            "--every=1s",
                            "--base-url=" + yahoo.url(),
                            "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                            "--prices.topic=" + job.topic("prices")))) {
                yahoo.awaitRequests("BTC-USD", 4);
                int elsewhere = (partitionOfYahoo(kafka, job) + 1) % PARTITIONS;
                Instant now = Instant.now();
                for (int ago = 5; ago >= 0; ago--) {
                    sendPrice(job, elsewhere, now.minus(Duration.ofMinutes(ago)));
                }
                Instant closed = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1));

                job.await(
                        "summaries",
                        summary -> summary.get("symbol").asText().equals("OTHER")
                                && Instant.parse(summary.get("end").asText()).equals(closed),
                        () -> sendPrice(job, elsewhere, Instant.now()));
                assertThat(feed.isAlive()).isTrue();
                feed.stop();
                feed.said();
            }
            assertThat(TopicRecords.read(kafka, job.topic("prices")))
                    .extracting(ConsumerRecord::value)
                    .noneMatch(value -> value.contains("heartbeat"));
        }
    }

    private static int partitionOfYahoo(EmbeddedKafka kafka, TestJob job) throws Exception {
        // The feed sends without waiting for Kafka, and goes on asking.
        return Waiting.until("Yahoo's price is in Kafka", () -> TopicRecords.read(kafka, job.topic("prices")).stream()
                        .filter(record -> "BTC-USD".equals(record.key()))
                        .findFirst())
                .partition();
    }

    private static void sendPrice(TestJob job, int partition, Instant time) {
        job.send("prices", partition, "OTHER", "{\"price\":1.5,\"time\":" + time.toEpochMilli() + "}");
    }
}
