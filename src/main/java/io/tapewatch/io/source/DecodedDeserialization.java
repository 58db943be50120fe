package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.io.json.DecoderCounters;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.kafka.OversizedRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** A {@link RecordDecoder} of any format as Flink's Kafka source calls it. */
class DecodedDeserialization implements KafkaRecordDeserializationSchema<Decoded> {

    private final String topic;
    private final DecoderFactory format;
    private final TypeInformation<Decoded> type;
    private transient RecordDecoder decoder;

    /**
     * @param topic the topic the records come from
     * @param format that of the records
     */
    DecodedDeserialization(String topic, DecoderFactory format, TypeInformation<Decoded> type) {
        this.topic = topic;
        this.format = format;
        this.type = type;
    }

    /** Counters among the metrics of the source. */
    private record Counters(MetricGroup metrics) implements DecoderCounters {
        @Override
        public Runnable unknownFields(String label) {
            return metrics.addGroup("field", label).counter("unknownFields")::inc;
        }

        @Override
        public Runnable roundedNumbers(String field) {
            return metrics.addGroup("field", field).counter("roundedNumbers")::inc;
        }

        @Override
        public Runnable unknownSides() {
            return metrics.counter("unknownSides")::inc;
        }
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        MetricGroup metrics = context.getMetricGroup().addGroup(PriceDelays.GROUP);
        decoder = format.decoder(topic, new Counters(metrics));
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        out.collect(decode(record));
    }

    final Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        if (OversizedRecord.is(record)) {
            return decoder.oversized(record.key(), OversizedRecord.bytes(record), origin(record));
        }
        return decoder.decode(record.key(), record.value(), origin(record));
    }

    static Origin origin(ConsumerRecord<byte[], byte[]> record) {
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
