package io.tapewatch.local;

import io.tapewatch.io.kafka.TopicSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker in this JVM: one KRaft node on free ports of the loopback interface, its data in a temporary folder.
 *
 * <p>It can be stopped and started again on the same ports and data. {@link #close} stops it and removes the folder.
 * Topics are not created by using them.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int ATTEMPTS = 5;
    private static final long LOOK_EVERY_MILLIS = 10;
    private static final String HOST = "localhost";
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";

    static {
        // A broker that fails would take the JVM with it, and leave its folder behind.
        Exit.Procedure refuse = (status, message) -> {
            throw new IllegalStateException("Kafka failed" + (message == null ? "" : ": " + message));
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    private final Path folder;
    private final Map<String, Integer> ports;
    private final Map<String, String> furtherSettings;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path folder, Map<String, Integer> ports, Map<String, String> furtherSettings) {
        this.folder = folder;
        this.ports = ports;
        this.furtherSettings = furtherSettings;
    }

    /**
     * Starts a broker with no topics.
     *
     * @throws IOException if its folder cannot be written
     * @throws IllegalStateException if it does not start
     */
    public static EmbeddedKafka create() throws IOException {
        return create(Map.of());
    }

    /**
     * The same, with further settings of the broker.
     *
     * @param settings Kafka's names and values; they go before its own
     * @param listeners the security protocols, such as {@code SASL_PLAINTEXT}, that it listens for besides PLAINTEXT, each
     *     on a port of its own; what they ask of a client is among the settings
     */
    public static EmbeddedKafka create(Map<String, String> settings, String... listeners) throws IOException {
        RuntimeException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            EmbeddedKafka kafka = onFreePorts(settings, listeners);
            try {
                kafka.format();
                kafka.start();
                return kafka;
            } catch (IOException e) {
                kafka.close();
                throw e;
            } catch (RuntimeException e) {
                // Someone may have taken a port between our finding it free and Kafka binding it.
                LOG.warn("Kafka did not start on ports {}", kafka.ports, e);
                failure = e;
                kafka.close();
            }
        }
        throw new IllegalStateException("Kafka did not start in " + ATTEMPTS + " attempts", failure);
    }

    private static EmbeddedKafka onFreePorts(Map<String, String> settings, String... listeners) throws IOException {
        List<String> all = Stream.concat(Stream.of(PLAINTEXT, CONTROLLER), Stream.of(listeners))
                .toList();
        List<Integer> free = FreePorts.find(all.size());
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            ports.put(all.get(i), free.get(i));
        }
        return new EmbeddedKafka(TemporaryFolder.directory("tapewatch-kafka-"), ports, Map.copyOf(settings));
    }

    /** {@code host:port}, for clients that need no credentials. */
    public String bootstrapServers() {
        return bootstrapServers(PLAINTEXT);
    }

    /** {@code host:port} of one of its listeners. */
    public String bootstrapServers(String listener) {
        return HOST + ":" + ports.get(listener);
    }

    /** Where its data is, while it is not closed. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts the broker again after {@link #stop}, with the same address and data.
     *
     * @throws IllegalStateException if it runs, or does not start
     */
    public synchronized void start() {
        if (server != null) {
            throw new IllegalStateException("Kafka runs already");
        }
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            shutdown(starting);
            throw new IllegalStateException("Kafka did not start: " + e.getMessage(), e);
        }
        server = starting;
    }

    /** Stops the broker and keeps its data. Stopping twice does nothing. */
    public synchronized void stop() {
        if (server != null) {
            KafkaRaftServer stopping = server;
            server = null;
            shutdown(stopping);
        }
    }

    /**
     * Creates a topic.
     *
     * @param config the topic's settings, such as {@code message.timestamp.type}
     * @throws IllegalStateException if it cannot be created, or exists
     */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        createTopics(List.of(new TopicSpec(name, partitions, TopicSpec.ANY, config)));
    }

    /**
     * Creates topics, and returns when clients find them: the broker hears of them a little later than it confirms them.
     *
     * @throws IllegalStateException if one cannot be created, or exists
     */
    public void createTopics(List<TopicSpec> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(topics.stream().map(TopicSpec::toCreate).toList())
                    .all()
                    .get();
            List<String> names = topics.stream().map(TopicSpec::name).toList();
            while (!admin.listTopics().names().get().containsAll(names)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause(), "cause");
            throw new IllegalStateException("topics were not created: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        }
    }

    /** Stops the broker and removes its data. */
    @Override
    public void close() throws IOException {
        stop();
        Folders.delete(folder);
    }

    private static void shutdown(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    private void format() throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName(CONTROLLER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .addDirectory(logs().toString())
                    .setMetadataLogDirectory(logs().toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Kafka's folder could not be formatted: " + e.getMessage(), e);
        }
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + bootstrapServers(CONTROLLER));
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", eachListener(listener -> listener + "://" + bootstrapServers(listener)));
        settings.put(
                "listener.security.protocol.map",
                eachListener(listener -> listener + ":" + (listener.equals(CONTROLLER) ? PLAINTEXT : listener)));
        settings.put("log.dirs", logs().toString());
        settings.put("auto.create.topics.enable", "false");

        // One broker.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        for (String topic : Set.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // Small and quick.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.putAll(furtherSettings);
        return settings;
    }

    private String eachListener(UnaryOperator<String> text) {
        return ports.keySet().stream().map(text).collect(Collectors.joining(","));
    }
}
