package io.tapewatch.io.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Which topics the job needs, and how each must be.
 *
 * <p>Brokers stamp prices, so that one wrong clock cannot set both times that prices.max-future compares, and outputs, so
 * that retention does not take a replay of old prices for old. Rules are kept for ever: they are the audit trail, and
 * compaction would keep a rejected version and lose the good one before it. They have one partition, as their order counts.
 * Instruments are compacted: of each only the last word counts, however old it is.
 *
 * @param partitions of the prices, and of the quotes
 * @param outputPartitions of those outputs that are written by many tasks; the others have one
 * @param replication of all topics
 * @param retention how long prices and quotes are kept, in milliseconds, -1 for ever, or null: as the brokers say
 * @param outputRetention how long outputs are kept, likewise
 */
public record JobTopics(
        int partitions,
        int outputPartitions,
        int replication,
        @Nullable Long retention,
        @Nullable Long outputRetention) {

    /** Those that fit every job; of numbers and times that do not matter nothing is said. */
    public static final JobTopics ANY = new JobTopics(TopicSpec.ANY, TopicSpec.ANY, TopicSpec.ANY, null, null);

    private static final Map<String, String> STAMPED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime");
    private static final Map<String, String> KEPT = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1");
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    /** So brokers judge the size that a record has in the memory of the job: a few kB may unpack to hundreds of MB. */
    private static final Map<String, String> UNPACKED =
            Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, KafkaExpectations.UNCOMPRESSED);

    private static final Set<String> OF_ONE_TASK = Set.of(KafkaTopics.MOVERS, KafkaTopics.RULE_STATUS);

    /** The same, with so many partitions for the prices and for the quotes. */
    public JobTopics withPartitions(int partitions) {
        return new JobTopics(partitions, outputPartitions, replication, retention, outputRetention);
    }

    /**
     * Every topic the job needs.
     *
     * @param inputs those that are read
     * @param prefix what the names of output topics begin with
     */
    public List<TopicSpec> all(InputTopics inputs, String prefix) {
        List<TopicSpec> topics = new ArrayList<>();
        topics.add(new TopicSpec(inputs.prices(), partitions, replication, kept(retention), UNPACKED));
        topics.add(new TopicSpec(inputs.rules(), 1, replication, KEPT, UNPACKED));
        if (inputs.quotes() != null) {
            topics.add(new TopicSpec(inputs.quotes(), partitions, replication, kept(retention), UNPACKED));
        }
        if (inputs.instruments() != null) {
            topics.add(new TopicSpec(inputs.instruments(), TopicSpec.ANY, replication, COMPACTED, UNPACKED));
        }
        for (String output : KafkaTopics.outputs("", true, inputs.quotes() != null)) {
            int wanted = OF_ONE_TASK.contains(output) ? TopicSpec.ANY : outputPartitions;
            topics.add(new TopicSpec(prefix + output, wanted, replication, kept(outputRetention)));
        }
        return topics;
    }

    private static Map<String, String> kept(@Nullable Long retention) {
        Map<String, String> settings = new HashMap<>(STAMPED);
        if (retention != null) {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention));
        }
        return settings;
    }
}
