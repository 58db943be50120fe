package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a running job says when a topic that it reads, or its permission to sign in, is gone. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class KafkaGoneITCase {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    @TempDir
    Path folder;

    @Test
    void aDeletedTopicIsNotWaitedForInSilence(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            lookOften(job);
            start(job);
            delete(kafka, job.topic("prices"));
            assertThat(job.awaitFailure())
                    .hasStackTraceContaining("topic '" + job.topic("prices")
                            + "', which the job reads, does not exist any more: it has been deleted");
        }
    }

    @Test
    void aTopicThatIsCreatedAgainIsNotReadFromTheOffsetsOfTheOldOne(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).restarting()) {
            lookOften(job);
            start(job);
            delete(kafka, job.topic("prices"));
            kafka.createTopic(job.topic("prices"), 1, Map.of("message.timestamp.type", "LogAppendTime"));
            assertThat(job.awaitFailure())
                    .rootCause()
                    .hasMessageStartingWith("topic '" + job.topic("prices")
                            + "', which the job reads, has been deleted and created again");
        }
    }

    @Test
    void credentialsThatAreRevokedAreNamed() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.create(folder);
                TestJob job = new TestJob(kafka.kafka(), folder, 1)) {
            kafka.admit("tapewatch", "secret");
            Path properties = folder.resolve("kafka.properties");
            Files.writeString(properties, """
                    security.protocol=SASL_PLAINTEXT
                    sasl.mechanism=SCRAM-SHA-512
                    sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="tapewatch" password="secret";
                    request.timeout.ms=3000
                    """);
            job.options().set(JobOptions.KAFKA_PROPERTIES, properties.toString());
            job.options().set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers("SASL_PLAINTEXT"));
            start(job);
            kafka.expel("tapewatch");
            assertThat(job.awaitFailure())
                    .hasStackTraceContaining("SaslAuthenticationException: Authentication failed during")
                    .hasStackTraceContaining("due to invalid credentials with SASL mechanism SCRAM-SHA-512");
        }
    }

    private void lookOften(TestJob job) throws Exception {
        Path properties = folder.resolve("kafka.properties");
        Files.writeString(properties, "partition.discovery.interval.ms=100");
        job.options().set(JobOptions.KAFKA_PROPERTIES, properties.toString());
    }

    private static void start(TestJob job) throws Exception {
        for (int i = 0; i < 10; i++) {
            job.send("prices", 0, "X", "{\"price\":1,\"time\":%d}".formatted(NOON + i));
        }
        job.start();
        job.awaitAccount(account -> account.of("records") == 10);
    }

    private static void delete(EmbeddedKafka kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }
}
