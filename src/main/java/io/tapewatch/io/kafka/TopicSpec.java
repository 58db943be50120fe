package io.tapewatch.io.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How a topic must be.
 *
 * @param name its name
 * @param partitions how many partitions it has, or {@link #ANY}: one when it is created, and any number where it exists
 * @param replication how many copies of a partition there are, or {@link #ANY}: the brokers' default when it is created
 * @param settings the settings that matter, by Kafka's names; all others are the brokers' defaults
 * @param advised the settings that it is created with, and that may be other than these
 */
public record TopicSpec(
        String name, int partitions, int replication, Map<String, String> settings, Map<String, String> advised) {

    /** A number that does not matter. */
    public static final int ANY = -1;

    public TopicSpec {
        settings = Map.copyOf(settings);
        advised = Map.copyOf(advised);
    }

    /** A topic of which no setting is only advised. */
    public TopicSpec(String name, int partitions, int replication, Map<String, String> settings) {
        this(name, partitions, replication, settings, Map.of());
    }

    /** The topic as Kafka is asked to create it. */
    public NewTopic toCreate() {
        return new NewTopic(
                        name,
                        Optional.of(partitions == ANY ? 1 : partitions),
                        replication == ANY ? Optional.empty() : Optional.of((short) replication))
                .configs(toSet());
    }

    /** In what a topic differs from this, for a person; nothing when it is as it must be. */
    public List<String> differences(FoundTopic found) {
        List<String> differences = new ArrayList<>();
        if (partitions != ANY && partitions != found.partitions()) {
            differences.add("has " + found.partitions() + " partitions, expected " + partitions);
        }
        if (replication != ANY && replication != found.replication()) {
            differences.add("has replication factor " + found.replication() + ", expected " + replication);
        }
        new TreeMap<>(settings).forEach((setting, expected) -> {
            // Not every client may ask for settings: what is not known is no difference.
            String there = found.settings().get(setting);
            if (there != null && !there.equals(expected)) {
                differences.add(setting + "=" + there + ", expected " + expected);
            }
        });
        return differences;
    }

    /** What is advised of a topic that is other than this, for a person: a line that says what, why and what to do. */
    public Optional<String> advice(FoundTopic found) {
        return advised.containsKey(TopicConfig.COMPRESSION_TYPE_CONFIG)
                ? KafkaExpectations.inflation(name, found.settings().get(TopicConfig.COMPRESSION_TYPE_CONFIG))
                : Optional.empty();
    }

    private Map<String, String> toSet() {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(advised);
        return all;
    }

    /** What is particular about it: {@code cleanup.policy=delete, message.timestamp.type=LogAppendTime}. */
    public String inWords() {
        return toSet().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    }
}
