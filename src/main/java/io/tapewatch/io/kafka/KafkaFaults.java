package io.tapewatch.io.kafka;

import static io.tapewatch.domain.Printable.printable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import javax.security.sasl.Sasl;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Says what is wrong with the settings of a Kafka client, and what to do.
 *
 * <p>Kafka's own messages quote what they do not understand, which may be a password. So none of them goes any further:
 * these texts name settings and hold no value of one.
 */
final class KafkaFaults {

    private static final String FILE = "the file of --kafka.properties-file";
    private static final String PROTOCOL = CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
    private static final String MECHANISM = SaslConfigs.SASL_MECHANISM;
    private static final String JAAS = SaslConfigs.SASL_JAAS_CONFIG;
    private static final Pattern OFFERED = Pattern.compile("enabled mechanisms are \\[([A-Z0-9_, -]+)\\]$");

    private static final List<ConfigDef> CLIENTS =
            List.of(AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef());

    private KafkaFaults() {}

    /** What is wrong with an entry of these settings, if anything: what a client of any kind would not read or accept. */
    static Optional<String> ofEntries(Properties properties) {
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        if (entries.keySet().stream().anyMatch(KafkaFaults::isStray)) {
            return Optional.of(FILE + " has an entry that is no setting of Kafka's; where a value goes on in the next"
                    + " line, end the line with a backslash");
        }
        return CLIENTS.stream()
                .flatMap(client -> client.validate(entries).stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .map(ConfigValue::name)
                        .filter(name ->
                                entries.containsKey(name) && !entries.get(name).contains("${"))
                        .map(name -> name + " in " + FILE + " has a value that Kafka does not accept; expected "
                                + expected(Objects.requireNonNull(
                                        client.configKeys().get(name), name))))
                .findFirst();
    }

    /**
     * Clients log the names that they do not know; a private key whose lines do not end in a backslash is read as such
     * names.
     */
    private static boolean isStray(String name) {
        return name.indexOf('.') < 0
                && CLIENTS.stream().noneMatch(client -> client.names().contains(name));
    }

    private static String expected(ConfigDef.ConfigKey key) {
        if (key.validator != null) {
            return key.validator.toString();
        }
        return switch (key.type) {
            case INT, LONG, SHORT -> "a whole number";
            default -> "a " + key.type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Why a client could not be made with these settings. */
    static String ofSettings(Throwable failure, Properties properties) {
        Throwable root = root(failure);
        String message = String.valueOf(root.getMessage());
        if (message.contains("No resolvable bootstrap urls")
                || message.startsWith("Invalid url in bootstrap.servers")) {
            return "none of --kafka.bootstrap-servers is a host and port that can be looked up; expected host:port,"
                    + " comma-separated";
        }
        if (message.startsWith("Could not read properties from file")) {
            return "a file that a ${...} in " + FILE + " names cannot be read; correct the name, or put the file there";
        }
        if (message.contains(" for configuration config.providers.")) {
            return "a class of config.providers in " + FILE + " does not exist; correct its name";
        }
        if (message.startsWith("Could not find a 'KafkaClient' entry")) {
            return JAAS + ", with the user name and password, is missing in " + FILE;
        }
        if (message.startsWith("No serviceName defined")) {
            return MECHANISM + " is missing in " + FILE + ", such as SCRAM-SHA-512 or PLAIN";
        }
        if (root instanceof LoginException) {
            return "the login module of " + JAAS + " in " + FILE + " does not exist or does not accept its options";
        }
        if (root instanceof IllegalArgumentException && message.contains("JAAS")) {
            return JAAS + " in " + FILE + " cannot be read; expected <login module> required username=\"...\""
                    + " password=\"...\"; with \\\\\" for a quote and \\\\\\\\ for a backslash in them";
        }
        if (has(
                failure,
                cause -> cause instanceof InvalidConfigurationException
                        || String.valueOf(cause.getMessage()).contains("SSL"))) {
            return ofStores(properties);
        }
        return "its settings in " + FILE + " are not accepted ("
                + root.getClass().getSimpleName() + "); correct them";
    }

    private static String ofStores(Properties properties) {
        String unreadable = Stream.of(
                        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                .filter(location -> properties.containsKey(location) && !isReadable(properties.getProperty(location)))
                .collect(Collectors.joining(" and "));
        return unreadable.isEmpty()
                ? "the keys and certificates that the ssl. settings in " + FILE
                        + " name cannot be loaded; check their files, types and passwords"
                : unreadable + " in " + FILE
                        + " names a file that cannot be read; correct the name, or put the file there";
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Why a broker refuses a client. */
    static String ofSignIn(AuthenticationException refusal) {
        if (refusal instanceof UnsupportedSaslMechanismException) {
            Matcher offered = OFFERED.matcher(String.valueOf(refusal.getMessage()));
            return "it does not offer the " + MECHANISM + " in " + FILE
                    + (offered.find() ? "; name one that it does: " + offered.group(1) : "; name one that it does");
        }
        if (refusal instanceof IllegalSaslStateException) {
            return "it takes no credentials on this port; correct " + PROTOCOL + " in " + FILE
                    + ", or name the port that does";
        }
        if (refusal instanceof SslAuthenticationException) {
            // About certificates; what this side keeps secret is no part of it.
            Throwable root = root(refusal);
            String detail = root instanceof SSLException || root instanceof GeneralSecurityException
                    ? " (" + printable(String.valueOf(root.getMessage())) + ")"
                    : "";
            return "the TLS handshake failed" + detail + "; check the ssl. settings in " + FILE;
        }
        return "it refuses the credentials; correct the user name and password of " + JAAS + " in " + FILE
                + ", and see that each ${...} there has a value on this machine";
    }

    /** What else may be the matter, besides the address, when a broker gives no answer. */
    static String ofSilence(Properties properties) {
        String protocol = properties.getProperty(PROTOCOL, "PLAINTEXT").toUpperCase(Locale.ROOT);
        if (protocol.equals("PLAINTEXT")) {
            return "does it take clients without TLS and credentials? Those go into " + FILE;
        }
        if (!protocol.contains("SASL")) {
            return "does it expect the " + PROTOCOL + " in " + FILE + "?";
        }
        String mechanism = properties.getProperty(MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
        return isKnown(mechanism)
                ? "does it expect the " + PROTOCOL + " and " + MECHANISM + " in " + FILE + ", and does " + JAAS
                        + " there have a username and a password?"
                : "is the " + MECHANISM + " in " + FILE + " right? The login module of " + JAAS + " does not know it";
    }

    private static boolean isKnown(String mechanism) {
        return Collections.list(Sasl.getSaslClientFactories()).stream()
                .flatMap(factory -> Stream.of(factory.getMechanismNames(Map.of())))
                .anyMatch(mechanism::equals);
    }

    private static boolean has(Throwable failure, Predicate<Throwable> like) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(like);
    }

    private static Throwable root(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .orElseThrow();
    }
}
