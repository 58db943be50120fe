package io.tapewatch.io.kafka;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** Values by partition. */
public final class Partitions {

    private Partitions() {}

    /** The value of a partition that has one. */
    public static <V> V value(Map<TopicPartition, V> values, TopicPartition partition) {
        return Objects.requireNonNull(values.get(partition), partition::toString);
    }
}
