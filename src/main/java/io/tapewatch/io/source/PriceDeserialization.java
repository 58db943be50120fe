package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The {@link PriceDecoder} as Flink's Kafka source calls it; it measures how long prices take. */
final class PriceDeserialization extends DecodedDeserialization {

    private final String topic;
    private final RecordLimits limits;
    private transient PriceDelays delays;
    private transient PriceOffsets offsets;

    PriceDeserialization(String topic, RecordLimits limits, TypeInformation<Decoded> type) {
        super(type);
        this.topic = topic;
        this.limits = limits;
    }

    @Override
    RecordDecoder newDecoder(Function<String, Runnable> unknownFields) {
        return new PriceDecoder(topic, limits, unknownFields);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        super.open(context);
        delays = new PriceDelays(context.getMetricGroup(), System::currentTimeMillis);
        offsets = new PriceOffsets(context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        offsets.read(record.partition(), record.offset());
        Decoded decoded = decode(record);
        if (decoded instanceof Tick tick) {
            delays.read(tick);
        }
        out.collect(decoded);
    }
}
