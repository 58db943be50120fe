package io.tapewatch;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests send records with to a broker that may go away and come back: in their order, each once. */
public final class PatientProducer {

    private static final int LONGEST_OUTAGE_MILLIS = 300_000;

    private PatientProducer() {}

    /** Makes one. */
    public static KafkaProducer<byte[], byte[]> of(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        20,
                        // What was sent before goes first, whatever has to be sent again, and to a new topic, too.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        LONGEST_OUTAGE_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        LONGEST_OUTAGE_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
