package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job over a piece of the past, whose partitions do not end together. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class BoundedITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    @TempDir
    Path folder;

    @Test
    void resultsAreCommittedWhileOnePartitionHasEndedAndAnotherHasNot(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1m");
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            tick(job, 0, NOON);
            tick(job, 1, NOON);
            tick(job, 1, NOON + 120_000);

            String prices = job.topic("prices");
            Map<TopicPartition, Long> from =
                    Map.of(new TopicPartition(prices, 0), 0L, new TopicPartition(prices, 1), 0L);
            Map<TopicPartition, Long> until =
                    Map.of(new TopicPartition(prices, 0), 1L, new TopicPartition(prices, 1), 3L);
            job.start(ends -> ExchangedEnds.withPrices(
                    ends,
                    new JobSources(kafka.bootstrapServers(), new Properties(), job.topic("group"))
                            .prices(
                                    prices,
                                    new JobSources.Stretch(from, until, false),
                                    new RecordLimits(64_000, Duration.ofMinutes(1), false),
                                    DecodedSerializer.TYPE)));

            // Published because partition 0 has ended, and read as committed while partition 1 has not.
            JsonNode minute =
                    job.await("summaries", each -> each.get("symbol").asText().equals("X1"));
            assertThat(minute.get("count").asInt()).isEqualTo(1);

            tick(job, 1, NOON + 180_000);
            assertThat(job.awaitFailure()).as("it ends by itself").isNull();
            assertThat(job.read("summaries")).hasSize(4);
        }
    }

    private static void tick(TestJob job, int partition, long time) {
        job.send("prices", partition, "X" + partition, "{\"price\":1,\"time\":" + time + "}");
    }
}
