package io.tapewatch.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.operators.DecodedSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceDeserializationTest {

    @ParameterizedTest
    @CsvSource({
        "CREATE_TIME, 1700000001000, CREATE_TIME",
        "LOG_APPEND_TIME, 1700000001000, LOG_APPEND_TIME",
        "NO_TIMESTAMP_TYPE, -1, NONE",
        // Some producers send records without a timestamp to a topic that leaves timestamps to them.
        "CREATE_TIME, -1, NONE"
    })
    void aTickKnowsWhoseClockStampedItsRecord(TimestampType type, long timestamp, Origin.Stamp expected)
            throws Exception {
        PriceDeserialization deserialization =
                new PriceDeserialization("prices", 64_000, Duration.ofMinutes(1), false, DecodedSerializer.TYPE);
        deserialization.open(new NoMetrics());
        List<Decoded> decoded = new ArrayList<>();

        deserialization.deserialize(
                new ConsumerRecord<>(
                        "prices",
                        2,
                        17,
                        timestamp,
                        type,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        "BTC-USD".getBytes(UTF_8),
                        "{\"price\":1,\"time\":1700000000000}".getBytes(UTF_8),
                        new RecordHeaders(),
                        Optional.empty()),
                collectorOf(decoded));

        assertThat(decoded).singleElement().isInstanceOfSatisfying(Tick.class, tick -> assertThat(tick.origin())
                .isEqualTo(new Origin(2, 17, timestamp, expected)));
    }

    private record NoMetrics() implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(PriceDeserializationTest.class.getClassLoader());
        }
    }

    private static <T> Collector<T> collectorOf(List<T> list) {
        return new Collector<>() {
            @Override
            public void collect(T record) {
                list.add(record);
            }

            @Override
            public void close() {}
        };
    }
}
