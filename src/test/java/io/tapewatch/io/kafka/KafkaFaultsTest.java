package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapewatch.SecurityPage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that no client can be made with: what is said, and what is not. */
class KafkaFaultsTest {

    private static final String SERVERS = "localhost:1";
    private static final String SECRET = "pelican";
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String JAAS_UNREADABLE =
            "sasl.jaas.config in the file of --kafka.properties-file cannot be read";
    private static final String STORES = "keys and certificates that the ssl. settings";

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments(jaas(LOGIN + " required username=\"u\" password=\"pelican\""), JAAS_UNREADABLE),
                arguments(jaas(LOGIN + " required username=\"u\" password=\"a\"pelican\";"), JAAS_UNREADABLE),
                arguments(jaas(LOGIN + " required username=\"u\" password=\"a\" pelican\";"), JAAS_UNREADABLE),
                arguments(jaas(LOGIN + " pelican"), JAAS_UNREADABLE),
                arguments(jaas("pelican"), JAAS_UNREADABLE),
                arguments(jaas(""), JAAS_UNREADABLE),
                arguments(jaas("pelican required;"), "the login module of sasl.jaas.config"),
                arguments("""
                        security.protocol=SASL_SSL
                        sasl.mechanism=PLAIN""", "sasl.jaas.config, with the user name and password, is missing"),
                arguments("""
                        security.protocol=SASL_SSL
                        sasl.jaas.config=%s required username="u" password="pelican";""".formatted(LOGIN), "sasl.mechanism is missing"),
                arguments(
                        "security.protocol=pelican",
                        "security.protocol in the file of --kafka.properties-file has a value"),
                arguments("retries=pelican", "retries in the"),
                arguments(
                        "acks=pelican",
                        "acks in the file of --kafka.properties-file has a value that Kafka does not accept;"
                                + " expected [all, -1, 0, 1]"),
                arguments("auto.offset.reset=pelican", "auto.offset.reset in the"),
                arguments("sasl.login.callback.handler.class=pelican", "sasl.login.callback.handler.class in the"),
                arguments(
                        """
                        security.protocol=SSL
                        ssl.truststore.location=/nowhere/pelican.jks""",
                        "ssl.truststore.location in the file of --kafka.properties-file names a file"
                                + " that cannot be read"),
                arguments("""
                        security.protocol=SSL
                        ssl.keystore.location=/nowhere/pelican.jks
                        ssl.keystore.password=pelican""", "ssl.keystore.location in the"),
                arguments("""
                        security.protocol=SSL
                        ssl.truststore.location=pom.xml
                        ssl.truststore.password=pelican""", STORES),
                arguments("""
                        security.protocol=SSL
                        ssl.keystore.type=PEM
                        ssl.keystore.certificate.chain=pelican
                        ssl.keystore.key=pelican""", STORES),
                arguments("""
                        security.protocol=SSL
                        ssl.keystore.type=PEM
                        ssl.keystore.key=-----BEGIN PRIVATE KEY-----
                        pelican/MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg
                        -----END PRIVATE KEY-----""", "end the line with a backslash"),
                arguments("""
                        config.providers=file
                        config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
                        ssl.key.password=${file:/nowhere/pelican:password}""", "a file that a ${...}"),
                arguments("""
                        config.providers=env
                        config.providers.env.class=pelican
                        ssl.key.password=${env:NO_MATTER}""", "a class of config.providers"),
                arguments("""
                        security.protocol=SASL_SSL
                        sasl.mechanism=OAUTHBEARER
                        sasl.login.callback.handler.class=\
                        org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
                        sasl.oauthbearer.token.endpoint.url=pelican
                        sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;""", "settings in the file of --kafka.properties-file are not accepted"));
    }

    private static String jaas(String value) {
        return "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-512\nsasl.jaas.config=" + value;
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faults")
    void oneLineNamesTheBrokerAndTheSettingAndNoValue(String file, String fault) {
        Throwable thrown = connecting(SERVERS, SecurityPage.properties("ssl.key.password=pelican\n" + file));
        assertThat(thrown)
                .isInstanceOf(KafkaConnection.KafkaUnusable.class)
                .hasMessageStartingWith("Kafka at localhost:1 cannot be used: ")
                .hasMessageContaining(fault)
                .hasMessageContaining("--kafka.properties-file");
        assertThat(thrown.getMessage().lines()).hasSize(1);
        StringWriter whole = new StringWriter();
        thrown.printStackTrace(new PrintWriter(whole));
        assertThat(whole.toString()).doesNotContain(SECRET);
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertThat(connecting("broker", new Properties()))
                .hasMessageStartingWith("Kafka at broker cannot be used: ")
                .hasMessageContaining("expected host:port");
        assertThat(connecting("no.such.host.invalid:9092", new Properties()))
                .hasMessageContaining("--kafka.bootstrap-servers");
    }

    @Test
    void settingsThatOnlySomeClientsKnowAndReferencesAreAccepted() {
        assertThat(connecting(SERVERS, SecurityPage.properties("""
                        acks=all
                        max.poll.records=100
                        fetch.max.wait.ms=${env:WAIT_MS}
                        config.providers=env
                        config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
                        some.other.setting=1"""))).isNull();
    }

    @Test
    void silenceHasOtherReasonsForOtherSettings() {
        assertThat(KafkaFaults.ofSilence(new Properties())).startsWith("does it take clients without TLS");
        assertThat(KafkaFaults.ofSilence(SecurityPage.properties("security.protocol=ssl")))
                .isEqualTo("does it expect the security.protocol in the file of --kafka.properties-file?");
        assertThat(KafkaFaults.ofSilence(SecurityPage.properties("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN")))
                .startsWith("does it expect the security.protocol and sasl.mechanism in")
                .endsWith("have a username and a password?");
        assertThat(KafkaFaults.ofSilence(SecurityPage.properties("security.protocol=SASL_SSL\nsasl.mechanism=pelican")))
                .startsWith("is the sasl.mechanism in the file of --kafka.properties-file right?")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentials", "certificate", "file", "environment"})
    void theExamplesOfThePageAreSettingsOfKafkas(String kind) {
        Properties example = SecurityPage.properties(SecurityPage.example(kind));
        assertThat(KafkaFaults.ofEntries(example)).isEmpty();
        assertThat(example.stringPropertyNames())
                .allMatch(name -> AdminClientConfig.configNames().contains(name)
                        || name.startsWith("config.providers." + example.getProperty("config.providers") + "."));
    }

    private static Throwable connecting(String servers, Properties properties) {
        return catchThrowable(() -> new KafkaConnection(servers, properties).close());
    }
}
