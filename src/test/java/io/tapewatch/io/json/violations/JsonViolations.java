package io.tapewatch.io.json.violations;

import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.TopicPartition;

/** What formats must not do. */
public final class JsonViolations {

    private JsonViolations() {}

    public static final class UsesFlink {
        final Configuration configuration = new Configuration();
    }

    public static final class UsesKafka {
        final TopicPartition partition = new TopicPartition("prices", 0);
    }
}
