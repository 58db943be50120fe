package io.tapewatch.io.kafka;

import java.util.Map;

/**
 * A topic as it is.
 *
 * @param partitions how many partitions it has
 * @param replication how many copies there are of its first partition
 * @param settings its settings, by Kafka's names; none when this client may not ask for them
 */
public record FoundTopic(int partitions, int replication, Map<String, String> settings) {

    public FoundTopic {
        settings = Map.copyOf(settings);
    }
}
