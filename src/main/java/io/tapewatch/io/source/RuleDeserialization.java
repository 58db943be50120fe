package io.tapewatch.io.source;

import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.io.kafka.OversizedRecord;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The {@link RuleParser} as Flink's Kafka source calls it. */
final class RuleDeserialization implements KafkaRecordDeserializationSchema<RuleRequest> {

    private final TypeInformation<RuleRequest> type;
    private transient RuleParser parser;

    RuleDeserialization(TypeInformation<RuleRequest> type) {
        this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        parser = new RuleParser();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleRequest> out) {
        ParsedRule parsed = parser.parse(record.key(), record.value());
        if (parsed instanceof ParsedRule.Change change) {
            out.collect(new RuleRequest(change.change(), null, DecodedDeserialization.origin(record)));
        } else if (parsed instanceof ParsedRule.Rejection rejection) {
            out.collect(new RuleRequest(
                    null,
                    (OversizedRecord.is(record) ? oversized(rejection, record) : rejection).verdict(record.timestamp()),
                    DecodedDeserialization.origin(record)));
        }
    }

    /** Of what was kept of the record, the parser knows another length. */
    private static ParsedRule.Rejection oversized(
            ParsedRule.Rejection rejection, ConsumerRecord<byte[], byte[]> record) {
        return new ParsedRule.Rejection(
                rejection.ruleId(),
                rejection.version(),
                "a record of " + OversizedRecord.bytes(record) + " bytes when it is unpacked; at most "
                        + RuleParser.MAX_BYTES + " are allowed");
    }

    @Override
    public TypeInformation<RuleRequest> getProducedType() {
        return type;
    }
}
