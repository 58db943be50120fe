package io.tapewatch.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in a process of its own, as its distribution starts it: it can be killed, and started again. */
public final class BrokerProcess implements Brokers {

    private static final List<String> LASTING = List.of("-Xmx1g");

    private final Path folder;
    private final int id;
    private final int port;
    private final List<String> jvm;
    private JavaProcess process;
    private int starts;

    private BrokerProcess(Path folder, int id, int port, List<String> jvm) {
        this.folder = folder;
        this.id = id;
        this.port = port;
        this.jvm = jvm;
    }

    /**
     * Starts one without topics, and waits until it answers.
     *
     * @param folder where its data is
     */
    public static BrokerProcess start(Path folder) throws Exception {
        return start(folder, Map.of());
    }

    /** The same, with further settings of the broker. */
    public static BrokerProcess start(Path folder, Map<String, String> furtherSettings) throws Exception {
        return BrokerCluster.start(folder, 1, furtherSettings).node(1);
    }

    /** The same, as fast as it can be in the long run. */
    public static BrokerProcess startForLong(Path folder, Map<String, String> furtherSettings) throws Exception {
        return BrokerCluster.start(folder, 1, LASTING, furtherSettings).node(1);
    }

    /** One that has data and settings, and does not run. */
    static BrokerProcess prepare(
            Path folder, int id, int port, List<String> jvm, Uuid clusterId, Map<String, String> settings)
            throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("node.id", String.valueOf(id));
        all.put("log.dirs", folder.resolve("data").toString());
        Files.createDirectories(folder);
        Files.writeString(
                properties(folder),
                all.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
        format(folder, clusterId);
        return new BrokerProcess(folder, id, port, jvm);
    }

    private static Path properties(Path folder) {
        return folder.resolve("server.properties");
    }

    private static void format(Path folder, Uuid clusterId) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = StorageTool.execute(
                new String[] {
                    "format",
                    "--cluster-id",
                    clusterId.toString(),
                    "--config",
                    properties(folder).toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    int id() {
        return id;
    }

    /** The id that the system knows its process by. */
    public long pid() {
        return process.pid();
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Where its data and logs are. */
    public Path folder() {
        return folder;
    }

    /** Ends it at once (SIGKILL). */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Ends it as an operator does (SIGTERM): it hands over first what it leads. */
    void stop() throws InterruptedException {
        process.stop();
    }

    /** Holds it (SIGSTOP): its connections stay, and it does not answer. */
    void pause() throws IOException, InterruptedException {
        process.pause();
    }

    /** Lets it go on (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        process.resume();
    }

    /** Starts it again with the same address and data, and waits until it answers. */
    public void restart() throws Exception {
        begin();
        awaitUp();
    }

    /** Starts it, and does not wait for it. */
    void begin() throws IOException {
        starts++;
        process = JavaProcess.start(
                folder,
                "broker-" + starts,
                Path.of("src", "test", "resources", "cluster", "log4j2.properties"),
                Map.of(),
                jvm,
                System.getProperty("java.class.path"),
                Kafka.class.getName(),
                List.of(properties(folder).toString()));
    }

    /** Waits until it answers, and is one of the brokers. */
    void awaitUp() throws Exception {
        try (Admin admin = admin()) {
            Waiting.untilTrue("broker " + id + " answers", () -> {
                if (!process.isAlive()) {
                    throw process.endedUnexpectedly();
                }
                try {
                    return admin.describeCluster().nodes().get().stream().anyMatch(node -> node.id() == id);
                } catch (ExecutionException e) {
                    return false;
                }
            });
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public String toString() {
        return "broker " + id;
    }
}
