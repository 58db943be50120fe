package io.tapewatch.io;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The {@link PriceDecoder} as Flink's Kafka source calls it; it measures how long prices take. */
final class PriceDeserialization extends DecodedDeserialization {

    private final String topic;
    private final int maxBytes;
    private final Duration maxFuture;
    private final boolean allowNonpositive;
    private transient PriceDelays delays;
    private transient PriceOffsets offsets;

    PriceDeserialization(
            String topic, int maxBytes, Duration maxFuture, boolean allowNonpositive, TypeInformation<Decoded> type) {
        super(type);
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.maxFuture = maxFuture;
        this.allowNonpositive = allowNonpositive;
    }

    @Override
    RecordDecoder newDecoder() {
        return new PriceDecoder(topic, maxBytes, maxFuture, allowNonpositive);
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
