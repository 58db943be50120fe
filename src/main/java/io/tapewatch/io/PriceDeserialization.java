package io.tapewatch.io;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** The {@link PriceDecoder} as Flink's Kafka source calls it. */
final class PriceDeserialization implements KafkaRecordDeserializationSchema<Decoded> {

    private final String topic;
    private final int maxBytes;
    private final Duration maxFuture;
    private final boolean allowNonpositive;
    private final TypeInformation<Decoded> type;
    private transient PriceDecoder decoder;
    private transient PriceDelays delays;
    private transient PriceOffsets offsets;

    PriceDeserialization(
            String topic, int maxBytes, Duration maxFuture, boolean allowNonpositive, TypeInformation<Decoded> type) {
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.maxFuture = maxFuture;
        this.allowNonpositive = allowNonpositive;
        this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new PriceDecoder(topic, maxBytes, maxFuture, allowNonpositive);
        delays = new PriceDelays(context.getMetricGroup(), System::currentTimeMillis);
        offsets = new PriceOffsets(context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        offsets.read(record.partition(), record.offset());
        Decoded decoded = decoder.decode(record.key(), record.value(), origin(record));
        if (decoded instanceof Tick tick) {
            delays.read(tick);
        }
        out.collect(decoded);
    }

    private static Origin origin(ConsumerRecord<byte[], byte[]> record) {
        boolean stamped = record.timestampType() != TimestampType.NO_TIMESTAMP_TYPE
                && record.timestamp() != ConsumerRecord.NO_TIMESTAMP;
        return new Origin(
                record.partition(),
                record.offset(),
                stamped ? record.timestamp() : Origin.NO_TIMESTAMP,
                stamped
                        ? record.timestampType() == TimestampType.LOG_APPEND_TIME
                                ? Origin.Stamp.LOG_APPEND_TIME
                                : Origin.Stamp.CREATE_TIME
                        : Origin.Stamp.NONE);
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return type;
    }
}
