package io.tapewatch.io.kafka.violations;

import org.apache.flink.configuration.Configuration;

/** What clients of Kafka must not do. */
public final class KafkaViolations {

    private KafkaViolations() {}

    public static final class UsesFlink {
        final Configuration configuration = new Configuration();
    }
}
