package io.tapewatch.cluster;

import io.tapewatch.io.TopicSpec;
import io.tapewatch.local.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in a process of its own, as its distribution starts it: it can be killed, and started again. */
public final class BrokerProcess implements AutoCloseable {

    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int ATTEMPTS = 5;

    private final Path folder;
    private final int port;
    private JavaProcess process;
    private int starts;

    private BrokerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
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
        for (int attempt = 1; ; attempt++) {
            BrokerProcess broker = onFreePorts(folder.resolve("attempt-" + attempt), furtherSettings);
            try {
                broker.restart();
                return broker;
            } catch (AssertionError e) {
                broker.close();
                // It needs ports that it is told: another program may have taken one in the meantime.
                if (attempt == ATTEMPTS || !e.getMessage().contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static BrokerProcess onFreePorts(Path folder, Map<String, String> furtherSettings) throws Exception {
        List<Integer> ports = FreePorts.find(2);
        Map<String, String> settings = new TreeMap<>(furtherSettings);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("listeners", "PLAINTEXT://localhost:" + ports.get(0) + ",CONTROLLER://localhost:" + ports.get(1));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", "1@localhost:" + ports.get(1));
        settings.put("log.dirs", folder.resolve("data").toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // One that was killed is started again at once.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("server.properties"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
        BrokerProcess broker = new BrokerProcess(folder, ports.get(0));
        broker.format();
        return broker;
    }

    private void format() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exitCode = StorageTool.execute(
                new String[] {
                    "format",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    folder.resolve("server.properties").toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exitCode != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** {@code host:port} for clients. */
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

    /** Starts it again with the same address and data, and waits until it answers. */
    public void restart() throws Exception {
        starts++;
        process = JavaProcess.start(
                folder,
                "broker-" + starts,
                Path.of("src", "test", "resources", "cluster", "log4j2.properties"),
                Map.of(),
                JVM,
                System.getProperty("java.class.path"),
                Kafka.class.getName(),
                List.of(folder.resolve("server.properties").toString()));
        try (Admin admin = admin()) {
            Waiting.until("the broker answers", () -> {
                if (!process.isAlive()) {
                    throw process.endedUnexpectedly();
                }
                try {
                    return Optional.of(admin.describeCluster().nodes().get());
                } catch (ExecutionException e) {
                    return Optional.empty();
                }
            });
        }
    }

    /** An administrator of it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Creates topics, and returns when clients find them. */
    public void createTopics(List<TopicSpec> topics) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(topics.stream().map(TopicSpec::toCreate).toList())
                    .all()
                    .get();
            List<String> names = topics.stream().map(TopicSpec::name).toList();
            Waiting.untilTrue(
                    "topics are known", () -> admin.listTopics().names().get().containsAll(names));
        }
    }

    /** Waits until a group has read all there is in a topic, and has said so. */
    public void awaitRead(String group, String topic) throws Exception {
        try (Admin admin = admin()) {
            List<TopicPartition> partitions =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            Waiting.untilTrue(group + " has read " + topic, () -> hasRead(admin, group, partitions));
        }
    }

    private static boolean hasRead(Admin admin, String group, List<TopicPartition> partitions) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        return partitions.stream()
                .allMatch(each -> read.get(each) != null
                        && read.get(each).offset() >= ends.get(each).offset());
    }

    @Override
    public void close() {
        process.close();
    }
}
