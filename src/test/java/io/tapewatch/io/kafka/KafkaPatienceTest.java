package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaPatienceTest {

    private static final String PROPERTY = "tapewatch.kafka.patience-seconds";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void aPersonIsToldWithinTenSeconds() {
        try (KafkaConnection connection = new KafkaConnection("localhost:1", new Properties())) {
            assertThat(connection.patience()).isEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void aSlowConnectionCanBeGivenMore() {
        System.setProperty(PROPERTY, "1");
        // Nobody listens on port 1.
        try (KafkaConnection connection = new KafkaConnection("localhost:1", new Properties())) {
            assertThatThrownBy(() -> connection.partitions("prices"))
                    .hasMessageStartingWith("Kafka at localhost:1 does not answer within 1 s; ");
        }
    }
}
