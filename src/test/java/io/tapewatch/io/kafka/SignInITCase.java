package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapewatch.SecuredKafka;
import io.tapewatch.SecurityPage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials and a broker that does not like them. */
class SignInITCase {

    private static final String PASSWORD = "pelican";
    private static final String SIGNED_IN = "topic 'none' does not exist on Kafka at ";

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = SecuredKafka.create(folder);
        kafka.admit("tapewatch", PASSWORD);
    }

    @AfterAll
    static void stopKafka() throws IOException {
        kafka.close();
    }

    @Test
    void theRightPasswordIsLetIn() {
        assertThat(asking("SASL_PLAINTEXT", credentials())).hasMessageStartingWith(SIGNED_IN);
    }

    @Test
    void aPasswordWithQuotesAndBackslashesIsWrittenAsThePageSays() throws Exception {
        kafka.admit("quoting", "a\"b\\c");
        Properties properties = SecurityPage.properties(SecurityPage.example("credentials")
                .replace("\"tapewatch\"", "\"quoting\"")
                .replace("change-me\"", "a\\\\\"b\\\\\\\\c\"")
                .replace("SASL_SSL", "SASL_PLAINTEXT"));
        assertThat(asking("SASL_PLAINTEXT", properties)).hasMessageStartingWith(SIGNED_IN);
    }

    @Test
    void theEnvironmentIsLookedUpAsThePageSays() throws Exception {
        Map.Entry<String, String> variable = System.getenv().entrySet().stream()
                .filter(entry ->
                        entry.getKey().matches("\\w+") && entry.getValue().matches("[\\w./:-]{3,100}"))
                .findFirst()
                .orElseThrow();
        kafka.admit("environment", variable.getValue());
        String file = (SecurityPage.example("credentials") + SecurityPage.example("environment"))
                .replace("\"tapewatch\"", "\"environment\"")
                .replace("SASL_SSL", "SASL_PLAINTEXT");
        assertThat(asking("SASL_PLAINTEXT", SecurityPage.properties(file)))
                .hasMessageContaining("it refuses the credentials")
                .hasMessageContaining("see that each ${...} there has a value");
        assertThat(asking("SASL_PLAINTEXT", SecurityPage.properties(file.replace("KAFKA_PASSWORD", variable.getKey()))))
                .hasMessageStartingWith(SIGNED_IN);
    }

    @Test
    void aWrongPasswordIsToldFromEverythingElse() {
        Properties properties = credentials();
        properties.setProperty(
                "sasl.jaas.config", properties.getProperty("sasl.jaas.config").replace(PASSWORD, "cormorant"));
        assertThat(asking("SASL_PLAINTEXT", properties))
                .hasMessageStartingWith(cannotBeUsed("SASL_PLAINTEXT") + "it refuses the credentials; correct")
                .hasMessageContaining("sasl.jaas.config in the file of --kafka.properties-file")
                .hasNoCause()
                .hasMessageNotContaining("cormorant");
    }

    @Test
    void withoutCredentialsItIsSaidWhereTheyGo() {
        assertThat(asking("SASL_PLAINTEXT", new Properties()))
                .hasMessageStartingWith("Kafka at " + kafka.bootstrapServers("SASL_PLAINTEXT") + " does not answer")
                .hasMessageContaining("does it take clients without TLS and credentials?")
                .hasMessageContaining("--kafka.properties-file");
    }

    @Test
    void credentialsForAListenerThatTakesNoneAreTold() {
        assertThat(asking("PLAINTEXT", credentials()))
                .hasMessageStartingWith(cannotBeUsed("PLAINTEXT") + "it takes no credentials on this port")
                .hasMessageContaining("security.protocol");
    }

    @Test
    void aMechanismThatTheBrokerDoesNotOfferIsToldWithThoseItDoes() {
        Properties properties = credentials();
        properties.setProperty("sasl.mechanism", "SCRAM-SHA-256");
        assertThat(asking("SASL_PLAINTEXT", properties))
                .hasMessageStartingWith(cannotBeUsed("SASL_PLAINTEXT") + "it does not offer the sasl.mechanism")
                .hasMessageEndingWith("name one that it does: SCRAM-SHA-512");
    }

    @Test
    void aMechanismThatNobodyKnowsIsTold() {
        Properties properties = credentials();
        properties.setProperty("sasl.mechanism", "SCRAM-SHA-257");
        assertThat(asking("SASL_PLAINTEXT", properties))
                .hasMessageContaining("is the sasl.mechanism in the file of --kafka.properties-file right?")
                .hasMessageNotContaining("257");
    }

    @Test
    void aCertificateThatIsNotTrustedIsTold() {
        Properties properties = credentials();
        properties.setProperty("security.protocol", "SASL_SSL");
        assertThat(asking("SASL_SSL", properties))
                .hasMessageStartingWith(cannotBeUsed("SASL_SSL") + "the TLS handshake failed")
                .hasMessageContaining("unable to find valid certification path")
                .hasMessageContaining("check the ssl. settings in the file of --kafka.properties-file");
    }

    private static Properties credentials() {
        Properties properties = new Properties();
        properties.setProperty("security.protocol", "SASL_PLAINTEXT");
        properties.setProperty("sasl.mechanism", "SCRAM-SHA-512");
        properties.setProperty(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"tapewatch\" password=\""
                        + PASSWORD + "\";");
        return properties;
    }

    private static String cannotBeUsed(String listener) {
        return "Kafka at " + kafka.bootstrapServers(listener) + " cannot be used: ";
    }

    /** What is said, within ten seconds, when a topic is asked for that does not exist. */
    private static Throwable asking(String listener, Properties properties) {
        Instant start = Instant.now();
        Throwable thrown = catchThrowable(() -> {
            try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(listener), properties)) {
                connection.partitions("none");
            }
        });
        // Ten seconds, and some more where the machine is busy.
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
        assertThat(thrown).isInstanceOf(KafkaConnection.KafkaUnusable.class).hasMessageNotContaining(PASSWORD);
        assertThat(thrown.getMessage().lines()).hasSize(1);
        return thrown;
    }
}
