package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.RuleRequest;
import io.tapewatch.io.KafkaConnection;
import io.tapewatch.io.KafkaSources;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.RuleRequestSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The rules that are there when the job starts are in force before the first tick is checked, however slow they are. */
@ExtendWith(KafkaBroker.class)
class RulesAtStartITCase {

    private static final int TICKS = 1000;

    @TempDir
    Path folder;

    /** Kafka answering ten seconds late. */
    public static final class TenSecondsLate extends SlowKafka {
        @Override
        Duration delay(ConsumerRecords<byte[], byte[]> records) {
            return Duration.ofSeconds(10);
        }
    }

    @Test
    void everyTickIsCheckedThoughTheRulesComeTenSecondsLate(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.send("rules", 0, "cheap", """
                    {"id":"cheap","version":1,"when":{"metric":"price","is":"<","limit":200}}""");
            for (int i = 0; i < TICKS; i++) {
                job.send("prices", i % 2, "X", "{\"price\":100,\"time\":%d}".formatted(1_700_000_000_000L + i * 1000L));
            }
            job.flush();
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);

            Properties late = new Properties();
            late.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, TenSecondsLate.class.getName());
            StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(1));
            TapewatchJob.build(
                    env, job.options(), ends -> ExchangedEnds.withRulesAtStart(ends, rules(kafka, job, late)));
            env.execute();

            assertThat(job.read("flags")).hasSize(TICKS);
            assertThat(job.read("rule-status")).singleElement().satisfies(status -> assertThat(
                            status.get("verdict").asText())
                    .isEqualTo("accepted"));
        }
    }

    private static KafkaSource<RuleRequest> rules(EmbeddedKafka kafka, TestJob job, Properties properties) {
        try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            return new KafkaSources(kafka.bootstrapServers(), properties, job.topic("group"))
                    .rulesUpTo(
                            job.topic("rules"), connection.endOffsets(job.topic("rules")), RuleRequestSerializer.TYPE);
        }
    }
}
