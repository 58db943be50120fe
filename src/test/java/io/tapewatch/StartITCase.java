package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What would go wrong later is told before the job starts: one line, with what to do. */
@ExtendWith(KafkaBroker.class)
@Timeout(600)
class StartITCase {

    @TempDir
    Path folder;

    @Test
    void aBrokerThatIsAway(EmbeddedKafka kafka) throws IOException {
        // A port that is taken, so that nobody else gets it meanwhile, and at which nobody listens.
        try (Socket nobody = new Socket();
                TestJob job = new TestJob(kafka, folder, 1)) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String servers = "localhost:" + nobody.getLocalPort();
            job.options().set(JobOptions.BOOTSTRAP_SERVERS, servers);
            assertRefused(job, "Kafka at " + servers + " does not answer within 8 s; is it running");
        }
    }

    @Test
    void aTopicThatIsNotThere(EmbeddedKafka kafka) {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            for (var topic : List.of(JobOptions.PRICES_TOPIC, JobOptions.RULES_TOPIC)) {
                String there = job.options().get(topic);
                job.options().set(topic, "nowhere");
                assertRefused(
                        job,
                        "topic 'nowhere' does not exist on Kafka at " + kafka.bootstrapServers()
                                + "; create it, or name the one you mean");
                job.options().set(topic, there);
            }
            job.options().set(JobOptions.OUTPUT_PREFIX, "nowhere.");
            assertRefused(job, "topic 'nowhere.summaries' does not exist");
            job.options().set(JobOptions.OUTPUT_PREFIX, "a/");
            assertRefused(
                    job,
                    "topic 'a/summaries' cannot exist on Kafka at " + kafka.bootstrapServers() + ": a name has 1 to 249"
                            + " letters, digits, dots, underscores and hyphens; correct it");
        }
    }

    @Test
    void aTransactionTimeoutAboveTheBrokers(EmbeddedKafka kafka) throws IOException {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            properties(job, "transaction.timeout.ms=900001");
            assertRefused(
                    job,
                    "Kafka at " + kafka.bootstrapServers() + " allows transactions of at most 900000 ms"
                            + " (transaction.max.timeout.ms), and transaction.timeout.ms is 900001: set it lower in the"
                            + " file of --kafka.properties-file, or raise the brokers'");
            properties(job, "transaction.timeout.ms=15 min");
            assertRefused(
                    job,
                    "Kafka at " + kafka.bootstrapServers() + " cannot be used: transaction.timeout.ms in the file of"
                            + " --kafka.properties-file has a value that Kafka does not accept; expected a whole number");
        }
    }

    @Test
    void aTopicOrAProducerThatTakesNoRecordsAsLargeAsTheyMayBe(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            set(kafka, job.topic("dead-letters"), "max.message.bytes", "900000");
            assertRefused(
                    job,
                    "topic '" + job.topic("dead-letters") + "' on Kafka at " + kafka.bootstrapServers()
                            + " takes records of at most 900000 bytes (max.message.bytes), and 904096 are needed:"
                            + " dead letters may have 900000 bytes; lower --dead-letters.max-bytes or raise the topic's");
            job.options().set(JobOptions.DEAD_LETTERS_MAX_BYTES, 800_000);
            set(kafka, job.topic("flags"), "max.message.bytes", "80000");
            assertRefused(job, "topic '" + job.topic("flags") + "' on Kafka");
            job.options().set(JobOptions.PRICES_MAX_BYTES, 50_000);
            job.build();

            job.options().set(JobOptions.WINDOWS, "1d");
            job.options().set(JobOptions.MOVERS_SIZE, 500);
            set(kafka, job.topic("movers"), "max.message.bytes", "900000");
            assertRefused(
                    job,
                    "topic '" + job.topic("movers") + "' on Kafka at " + kafka.bootstrapServers()
                            + " takes records of at most 900000 bytes (max.message.bytes), and 961024 are needed: lists"
                            + " of movers hold up to 500 symbols; lower --movers.size or raise the topic's");
            job.options().set(JobOptions.MOVERS_SIZE, 10);
            job.build();

            properties(job, "max.request.size=100000");
            assertRefused(
                    job,
                    "max.request.size in the file of --kafka.properties-file is 100000, and 804096 are needed: dead"
                            + " letters may have 800000 bytes; lower --dead-letters.max-bytes");
        }
    }

    @Test
    void aTopicOfQuotedTradesIsExpectedWhereThereAreQuotesAndMustTakeThoseWithTheLongestIds(EmbeddedKafka kafka)
            throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            kafka.createTopic(job.topic("quotes"), 1, Map.of());
            job.options().set(JobOptions.QUOTES_TOPIC, job.topic("quotes"));
            assertRefused(job, "topic '" + job.topic("quoted-trades") + "' does not exist");

            kafka.createTopic(job.topic("quoted-trades"), 1, Map.of("max.message.bytes", "68000"));
            assertRefused(
                    job,
                    "topic '" + job.topic("quoted-trades") + "' on Kafka at " + kafka.bootstrapServers()
                            + " takes records of at most 68000 bytes (max.message.bytes), and 68096 are needed: quoted"
                            + " trades carry the id of prices of up to 64000 bytes; lower --prices.max-bytes or raise"
                            + " the topic's");
            set(kafka, job.topic("quoted-trades"), "max.message.bytes", "68096");
            job.build();
        }
    }

    @Test
    void moversThatSayWhatIsKnownAboutInstrumentsNeedMoreRoom(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            kafka.createTopic(job.topic("instruments"), 1, Map.of("cleanup.policy", "compact"));
            job.options().set(JobOptions.WINDOWS, "1d");
            job.options().set(JobOptions.MOVERS_SIZE, 500);
            job.build();
            job.options().set(JobOptions.INSTRUMENTS_TOPIC, job.topic("instruments"));
            assertRefused(
                    job,
                    "max.request.size in the file of --kafka.properties-file is not set, and else 1048576, and 4153024"
                            + " are needed: lists of movers hold up to 500 symbols and what is known about them; lower"
                            + " --movers.size");
            job.options().set(JobOptions.MOVERS_SIZE, 100);
            job.build();
        }
    }

    @Test
    void aCompactedTopicOfRecordsWithoutKeys(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            set(kafka, job.topic("rule-status"), "cleanup.policy", "compact,delete");
            assertRefused(
                    job,
                    "topic '" + job.topic("rule-status") + "' on Kafka at " + kafka.bootstrapServers()
                            + " is compacted (cleanup.policy=compact,delete), and some of its records have no key: set"
                            + " it to delete");
        }
    }

    @Test
    void exactlyOnceWithoutCheckpoints(EmbeddedKafka kafka) {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
            assertThatThrownBy(() -> TapewatchJob.build(env, job.options()))
                    .hasMessage("exactly-once delivery and CSV files need checkpoints, and they are off: set"
                            + " execution.checkpointing.interval, or choose --delivery.summaries at-least-once and no"
                            + " --csv.path");
        }
    }

    @Test
    void aCsvPathThatCannotBeWritten(EmbeddedKafka kafka) throws IOException {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            Path inTheWay = Files.createFile(folder.resolve("file"));
            for (Path path : List.of(inTheWay, inTheWay.resolve("csv"))) {
                job.options().set(JobOptions.CSV_PATH, path.toString());
                assertRefused(job, "--csv.path is '" + path + "', where no file can be written: ");
            }
            Path writable = folder.resolve("a").resolve("b");
            job.options().set(JobOptions.CSV_PATH, writable.toUri().toString());
            job.build();
            assertThat(writable).isEmptyDirectory();
        }
    }

    private void properties(TestJob job, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), line + "\n");
        job.options().set(JobOptions.KAFKA_PROPERTIES, file.toString());
    }

    private static void set(EmbeddedKafka kafka, String topic, String name, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            // Brokers answer before they know it themselves.
            long start = System.nanoTime();
            while (!value.equals(settingOf(admin, topic, name))) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(120));
            }
        }
    }

    private static String settingOf(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private static void assertRefused(TestJob job, String message) {
        long start = System.nanoTime();
        assertThatThrownBy(job::build).hasMessageStartingWith(message).message().hasLineCount(1);
        // Ten seconds, and some more where the machine is busy.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }
}
