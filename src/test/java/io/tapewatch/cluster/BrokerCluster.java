package io.tapewatch.cluster;

import io.tapewatch.local.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster of broker processes, each of which is a controller, too. Of three, each has a copy of every partition, and
 * two copies are enough to write.
 */
final class BrokerCluster implements Brokers {

    private static final int ATTEMPTS = 5;

    private final List<BrokerProcess> nodes;

    private BrokerCluster(List<BrokerProcess> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts brokers without topics, and waits until all of them answer.
     *
     * @param folder where their data is
     * @param furtherSettings of each broker
     */
    static BrokerCluster start(Path folder, int nodes, Map<String, String> furtherSettings) throws Exception {
        return start(
                folder,
                nodes,
                List.of(nodes == 1 ? "-Xmx512m" : "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                furtherSettings);
    }

    /** @param jvm options of each broker's JVM */
    static BrokerCluster start(Path folder, int nodes, List<String> jvm, Map<String, String> furtherSettings)
            throws Exception {
        for (int attempt = 1; ; attempt++) {
            BrokerCluster brokers = onFreePorts(folder.resolve("attempt-" + attempt), nodes, jvm, furtherSettings);
            try {
                brokers.begin();
                return brokers;
            } catch (Exception | AssertionError e) {
                brokers.close();
                // They need ports that they are told: another program may have taken one in the meantime.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static BrokerCluster onFreePorts(
            Path folder, int count, List<String> jvm, Map<String, String> furtherSettings) throws Exception {
        List<Integer> ports = FreePorts.find(2 * count);
        List<Integer> controllers = ports.subList(count, 2 * count);
        String copies = String.valueOf(count);
        String enough = String.valueOf(count / 2 + 1);
        Map<String, String> settings = new TreeMap<>(furtherSettings);
        settings.put("process.roles", "broker,controller");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, count)
                        .mapToObj(node -> node + 1 + "@localhost:" + controllers.get(node))
                        .collect(Collectors.joining(",")));
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", copies);
        settings.put("min.insync.replicas", enough);
        settings.put("offsets.topic.replication.factor", copies);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", copies);
        settings.put("transaction.state.log.min.isr", enough);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // One that was killed is missed soon, and may be started again at once.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        Uuid clusterId = Uuid.randomUuid();
        List<BrokerProcess> nodes = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            settings.put(
                    "listeners",
                    "PLAINTEXT://localhost:" + ports.get(node) + ",CONTROLLER://localhost:" + controllers.get(node));
            nodes.add(BrokerProcess.prepare(
                    folder.resolve("broker-" + (node + 1)), node + 1, ports.get(node), jvm, clusterId, settings));
        }
        return new BrokerCluster(nodes);
    }

    /** Starts all of them, and waits until they answer. */
    void begin() throws Exception {
        for (BrokerProcess node : nodes) {
            node.begin();
        }
        for (BrokerProcess node : nodes) {
            node.awaitUp();
        }
    }

    @Override
    public String bootstrapServers() {
        return nodes.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    List<BrokerProcess> nodes() {
        return nodes;
    }

    /** @param id from 1 */
    BrokerProcess node(int id) {
        return nodes.get(id - 1);
    }

    /** The broker that clients read a partition from and write it to. */
    BrokerProcess leaderOf(TopicPartition partition) throws Exception {
        try (Admin admin = admin()) {
            return Waiting.until(partition + " has a leader", () -> {
                TopicDescription topic = admin.describeTopics(List.of(partition.topic()))
                        .allTopicNames()
                        .get()
                        .get(partition.topic());
                return Optional.ofNullable(
                                topic.partitions().get(partition.partition()).leader())
                        .map(leader -> node(leader.id()));
            });
        }
    }

    /** The coordinator of a transaction that is open, and whose id begins so. */
    BrokerProcess coordinatorOfATransaction(String prefix) throws Exception {
        try (Admin admin = admin()) {
            return Waiting.until(
                    "a transaction of " + prefix + " is open",
                    () -> admin.listTransactions().allByBrokerId().get().entrySet().stream()
                            .filter(broker -> hasOpen(broker.getValue(), prefix))
                            .findAny()
                            .map(broker -> node(broker.getKey())));
        }
    }

    private static boolean hasOpen(Collection<TransactionListing> transactions, String prefix) {
        return transactions.stream()
                .anyMatch(transaction -> transaction.state() == TransactionState.ONGOING
                        && transaction.transactionalId().startsWith(prefix));
    }

    /** The controller that decides. */
    BrokerProcess controller() throws Exception {
        try (Admin admin = admin()) {
            return Waiting.until("a controller decides", () -> Optional.of(
                            admin.describeMetadataQuorum().quorumInfo().get().leaderId())
                    .filter(leader -> leader > 0)
                    .map(this::node));
        }
    }

    /** Waits until each partition of each topic has all its copies, up to date. */
    void awaitInSync() throws Exception {
        try (Admin admin = admin()) {
            Waiting.untilTrue("all copies are in sync", () -> {
                try {
                    Collection<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                            .names()
                            .get();
                    return admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.leader() != null
                                    && partition.isr().size()
                                            == partition.replicas().size());
                } catch (ExecutionException e) {
                    // Not every broker answers yet.
                    return false;
                }
            });
        }
    }

    /** Stops each as an operator does and starts it again, one after the other, each when the one before is in sync. */
    void rollAll() throws Exception {
        for (BrokerProcess node : nodes) {
            node.stop();
            node.restart();
            awaitInSync();
        }
    }

    @Override
    public void close() {
        nodes.forEach(BrokerProcess::close);
    }
}
