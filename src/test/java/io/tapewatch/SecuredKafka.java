package io.tapewatch;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/**
 * A broker with two listeners more: {@code SASL_PLAINTEXT} and {@code SASL_SSL}, both for SCRAM-SHA-512 alone. Who is
 * signed in must sign in anew every two seconds.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String LOGIN_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String BROKER_STORE_PASSWORD = "of-the-broker";

    private final EmbeddedKafka kafka;
    private final Path folder;

    private SecuredKafka(EmbeddedKafka kafka, Path folder) {
        this.kafka = kafka;
        this.folder = folder;
    }

    /** Starts one that has its keys in this folder. */
    public static SecuredKafka create(Path folder) throws Exception {
        return create(folder, Map.of());
    }

    /** The same, but who signs in may do nothing except what an access list allows. Who does not may do everything. */
    static SecuredKafka createWithAccessLists(Path folder) throws Exception {
        return create(
                folder,
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS",
                        "allow.everyone.if.no.acl.found",
                        "false"));
    }

    private static SecuredKafka create(Path folder, Map<String, String> further) throws Exception {
        createKey(folder);
        Map<String, String> settings = new HashMap<>(further);
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        for (String listener : List.of("sasl_plaintext", "sasl_ssl")) {
            String prefix = "listener.name." + listener + ".scram-sha-512.";
            settings.put(prefix + "sasl.jaas.config", LOGIN_MODULE + " required;");
            settings.put(prefix + "connections.max.reauth.ms", "2000");
        }
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", store(folder).toString());
        settings.put("ssl.keystore.password", BROKER_STORE_PASSWORD);
        return new SecuredKafka(EmbeddedKafka.create(settings, "SASL_PLAINTEXT", "SASL_SSL"), folder);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    public String bootstrapServers(String listener) {
        return kafka.bootstrapServers(listener);
    }

    /**
     * Gives a user a password, or another one, and returns when the broker lets the user in with it: it hears of it a little
     * later than it confirms it.
     */
    public void admit(String user, String password) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
        Waiting.untilTrue(user + " is let in", () -> isLetIn(user, password));
    }

    private boolean isLetIn(String user, String password) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers("SASL_PLAINTEXT"),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\";"
                        .formatted(
                                LOGIN_MODULE,
                                user,
                                password.replace("\\", "\\\\").replace("\"", "\\\"")));
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw e;
        }
    }

    /** Lets a user sign in no more, from the next time on that its connections have to (after 2 s at most). */
    void expel(String user) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(
                            List.of(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512)))
                    .all()
                    .get();
        }
    }

    /** Writes a store with the broker's certificate. */
    void writeTruststore(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(folder))) {
            own.load(in, BROKER_STORE_PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", own.getCertificate("broker"));
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, password.toCharArray());
        }
    }

    /**
     * Writes the properties file of a client, after the example of docs/security.md, and beside it its truststore.
     *
     * @return the file
     */
    Path writeClientFile(Path file, String user, String password, String storePassword)
            throws IOException, GeneralSecurityException {
        Path truststore = file.resolveSibling("truststore.p12");
        writeTruststore(truststore, storePassword);
        return Files.writeString(
                file,
                SecurityPage.example("credentials")
                        .replace("/etc/tapewatch/truststore.p12", truststore.toString())
                        .replace("\"tapewatch\"", "\"" + user + "\"")
                        .replace("change-me-too", storePassword)
                        .replace("change-me", password));
    }

    private static void createKey(Path folder) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store(folder).toString(),
                        "-storepass",
                        BROKER_STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("no key: " + output);
        }
    }

    private static Path store(Path folder) {
        return folder.resolve("broker.p12");
    }

    @Override
    public void close() throws IOException {
        kafka.close();
    }
}
