package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The rules that are there when the job starts are in force before the first tick is checked, however slow they are. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class RulesAtStartITCase {

    private static final int TICKS = 1000;
    private static final long BEGINNING = 1_700_000_000_000L;
    private static final long LAST = BEGINNING + (TICKS - 1) * 1000L;
    private static final String CHEAP = """
            {"id":"cheap","version":1,"when":{"metric":"price","is":"<","limit":200}}""";

    @TempDir
    Path folder;

    /** Kafka answering five seconds late. */
    public static final class FiveSecondsLate extends SlowKafka {
        @Override
        Duration delay(ConsumerRecords<byte[], byte[]> records) {
            return Duration.ofSeconds(5);
        }
    }

    @Test
    void everyTickIsCheckedThoughTheRulesComeLate(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            // No partition is to be late because the other is read faster.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.send("rules", 0, "cheap", CHEAP);
            sendTicks(job);
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);

            StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
            TapewatchJob.build(
                    env, job.options(), ends -> ExchangedEnds.withRulesAtStart(ends, rules(kafka, job, late())));
            env.execute();

            assertThat(job.read("flags")).hasSize(TICKS);
            assertThat(job.read("rule-status")).singleElement().satisfies(status -> assertThat(
                            status.get("verdict").asText())
                    .isEqualTo("accepted"));
        }
    }

    @Test
    void fromASavepointEveryTickIsCheckedByTheRulesThatCameMeanwhileThoughTheyAreLate(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.start();
            job.awaitAccount(any -> true);
            job.stopWithSavepoint();

            job.send("rules", 0, "cheap", CHEAP);
            job.send("rules", 0, "other", "no rule");
            sendTicks(job);
            job.start(ends -> ExchangedEnds.withLaterRules(ends, laterRules(kafka, job)));
            job.await("flags", flag -> Instant.parse(flag.get("time").asText()).toEpochMilli() == LAST);
            assertThat(job.read("flags")).hasSize(TICKS);
        }
    }

    private static void sendTicks(TestJob job) {
        for (int i = 0; i < TICKS; i++) {
            job.send("prices", i % 2, "X", "{\"price\":100,\"time\":%d}".formatted(BEGINNING + i * 1000L));
        }
        for (int partition = 0; partition < 2; partition++) {
            job.send(
                    "prices", partition, null, "{\"heartbeat\":true,\"time\":%d}".formatted(BEGINNING + TICKS * 2000L));
        }
        job.flush();
    }

    private static Source<RuleRequest, ?, ?> laterRules(EmbeddedKafka kafka, TestJob job) {
        return new JobSources(kafka.bootstrapServers(), late(), job.topic("group"))
                .rulesFrom(
                        job.topic("rules"),
                        Map.of(new TopicPartition(job.topic("rules"), 0), 0L),
                        false,
                        RuleRequestSerializer.TYPE);
    }

    private static Properties late() {
        Properties late = new Properties();
        late.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, FiveSecondsLate.class.getName());
        return late;
    }

    private static Source<RuleRequest, ?, ?> rules(EmbeddedKafka kafka, TestJob job, Properties properties) {
        try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            return new JobSources(kafka.bootstrapServers(), properties, job.topic("group"))
                    .rulesUpTo(
                            job.topic("rules"), connection.endOffsets(job.topic("rules")), RuleRequestSerializer.TYPE);
        }
    }
}
