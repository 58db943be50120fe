package io.tapewatch.bench;

import io.tapewatch.cluster.BrokerProcess;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.local.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What the jobs of a measurement share: a broker in a process of its own, and a folder that is gone in the end. */
final class Stage implements AutoCloseable {

    /** So many records before the end of a topic are looked at for the last that is no end of a transaction. */
    private static final int TAIL = 1000;

    private static final Duration POLL = Duration.ofMillis(100);

    private final PrintWriter out;
    private final Path folder;
    private final BrokerProcess broker;
    private final OtherPrograms others = OtherPrograms.watch();
    private int runs;

    private Stage(PrintWriter out, Path folder, BrokerProcess broker) {
        this.out = out;
        this.folder = folder;
        this.broker = broker;
    }

    /**
     * Starts the broker, and says what machine this is.
     *
     * @param out where the measurement prints its table
     */
    static Stage open(PrintWriter out) throws Exception {
        out.println(Machine.inWords());
        Path folder = Files.createTempDirectory("tapewatch-bench-");
        try {
            // What is deleted makes room at once.
            return new Stage(
                    out,
                    folder,
                    BrokerProcess.startForLong(folder.resolve("kafka"), Map.of("log.segment.delete.delay.ms", "1000")));
        } catch (Exception | AssertionError e) {
            FileUtils.deleteDirectory(folder.toFile());
            throw e;
        }
    }

    BrokerProcess broker() {
        return broker;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What the names of a further run's topics and groups begin with. */
    String nextPrefix() {
        return "run-" + runs++ + ".";
    }

    /** Topics of prices and rules that only the run with this prefix reads. */
    static InputTopics inputsOf(String prefix) {
        return new InputTopics(prefix + "prices", prefix + "rules", null, null);
    }

    /** Where the run with this prefix keeps its files. */
    Path folder(String prefix) {
        return folder.resolve(prefix + "files");
    }

    /** Sends rules to their topic. */
    void sendRules(String topic, RuleSet rules) {
        try (KafkaConnection kafka = connection()) {
            new RulesOnKafka(kafka, topic)
                    .send(rules.rules().stream().map(Stage::request).toList());
        }
    }

    private static RulesOnKafka.Request request(RuleFile.Entry rule) {
        return new RulesOnKafka.Request(Objects.requireNonNull(rule.id(), "id"), rule.json());
    }

    /** Where the partitions of a topic end, transactions that are open included. */
    Map<TopicPartition, Long> ends(String topic) {
        try (KafkaConnection kafka = connection()) {
            return kafka.endOffsets(topic);
        }
    }

    /** How many records a topic has, with one for each transaction that ended. */
    long records(String topic) {
        return ends(topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** When the last record of a topic was appended, by the broker's clock. */
    long lastAppended(String topic) {
        Map<TopicPartition, Long> ends = ends(topic);
        try (KafkaConnection kafka = connection();
                KafkaConsumer<byte[], byte[]> consumer = kafka.clients().consumer()) {
            consumer.assign(ends.keySet());
            ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - TAIL)));
            long last = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    last = Math.max(last, record.timestamp());
                }
            }
            if (last == 0) {
                throw new IllegalStateException("topic '" + topic + "' has no record near its end");
            }
            return last;
        }
    }

    /** Deletes topics: those of large runs would fill the disk. */
    void deleteTopics(List<String> topics) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(topics).all().get();
        }
    }

    /** Fails if the run with this prefix has rejected anything. */
    void expectNoDeadLetters(String prefix) {
        Map<TopicPartition, Long> ends = ends(prefix + "dead-letters");
        if (ends.values().stream().anyMatch(end -> end > 0)) {
            throw new IllegalStateException("there are dead letters: " + ends);
        }
    }

    private KafkaConnection connection() {
        return new KafkaConnection(bootstrapServers(), new Properties());
    }

    /** Says whether something else kept the machine busy, and ends the broker. */
    @Override
    public void close() throws IOException {
        out.println();
        out.println(others.inWords());
        out.flush();
        others.close();
        broker.close();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
