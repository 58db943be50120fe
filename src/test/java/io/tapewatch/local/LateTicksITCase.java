package io.tapewatch.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.PatientProducer;
import io.tapewatch.TapewatchJob;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The account of a day of one symbol that is sent after the same day of another: what two recordings of a day come to when
 * they are read one after the other.
 */
@Timeout(600)
@ExtendWith({KafkaBroker.class, LongPatience.class})
class LateTicksITCase {

    private static final long DAY_START = Instant.parse("2024-01-04T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    private static final String PREFIX = "late-ticks.";

    @TempDir
    private Path folder;

    private final JobCounters counters = new JobCounters();

    @Test
    void theAccountSaysHowManyTicksWereLateAndMissedAWindowAndHowManyWindowsWereCorrected(EmbeddedKafka kafka)
            throws Exception {
        InputTopics inputs = new InputTopics(PREFIX + "prices", PREFIX + "rules");
        kafka.createTopics(JobTopics.ANY.withPartitions(1).all(inputs, PREFIX));
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        options.set(JobOptions.PRICES_TOPIC, inputs.prices());
        options.set(JobOptions.RULES_TOPIC, inputs.rules());
        options.set(JobOptions.OUTPUT_PREFIX, PREFIX);
        options.set(JobOptions.GROUP_ID, PREFIX + "group");
        // What the watermarks below are worked out from.
        options.set(JobOptions.WINDOWS, "1m,5m/1m,1d+1m");
        options.set(JobOptions.OUT_OF_ORDERNESS, Duration.ofSeconds(2));
        options.set(JobOptions.ALLOWED_LATENESS, Duration.ofHours(4));
        try (KafkaProducer<byte[], byte[]> producer = PatientProducer.of(kafka.bootstrapServers());
                FlinkCluster flink = FlinkCluster.start(1, 0, folder, counters)) {
            StreamExecutionEnvironment environment = flink.environment();
            TapewatchJob.build(environment, options);
            CompletableFuture<JobResult> job = flink.run(environment, "late ticks");

            sendDayOf(producer, "BTCUSDT");
            long watermark = heartbeat(producer, DAY_START + DAY + 10_000);
            await(job, () -> counters.eventTime().orElse(Long.MIN_VALUE) == watermark);
            assertThat(counters.account()).hasToString("1,440 in = 1,440 counted + 0 dead letters; difference 0");
            assertThat(counters.late().lines()).isEmpty();

            sendDayOf(producer, "ETHUSDT");
            send(producer, "BTCUSDT", "{\"price\":2,\"time\":" + (DAY_START + DAY - 1) + "}");
            await(job, () -> counters.sum("ticks") == 2_881);
            long next = heartbeat(producer, DAY_START + DAY + 20_000);
            await(job, () -> counters.eventTime().orElse(Long.MIN_VALUE) == next);
        }
        assertThat(counters.account()).hasToString("2,881 in = 2,881 counted + 0 dead letters; difference 0");
        // 20 hours are final. Of BTCUSDT the last minute, the last five minutes and the day had been published.
        assertThat(counters.late().lines())
                .first()
                .isEqualTo("1,441 of them late; 1,200 of these missed a window; 3 windows corrected");
    }

    /** A tick a minute. */
    private static void sendDayOf(KafkaProducer<byte[], byte[]> producer, String symbol) {
        for (long time = DAY_START; time < DAY_START + DAY; time += MINUTE) {
            send(producer, symbol, "{\"price\":1,\"time\":" + time + "}");
        }
    }

    /** Sends a heartbeat. The watermark that it brings. */
    private static long heartbeat(KafkaProducer<byte[], byte[]> producer, long time) {
        send(producer, null, "{\"heartbeat\":true,\"time\":" + time + "}");
        return time - 2_001;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String key, String value) {
        producer.send(new ProducerRecord<>(
                PREFIX + "prices", 0, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    private static void await(CompletableFuture<JobResult> job, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(job).as("the job").isNotDone();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
