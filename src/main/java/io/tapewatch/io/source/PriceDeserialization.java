package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.DecoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The decoder of prices as Flink's Kafka source calls it; how long prices take is measured here. */
final class PriceDeserialization extends DecodedDeserialization {

    private transient PriceDelays delays;
    private transient PriceOffsets offsets;

    /**
     * @param topic the topic the records come from
     * @param format that of the records
     */
    PriceDeserialization(String topic, DecoderFactory format, TypeInformation<Decoded> type) {
        super(topic, format, type);
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
