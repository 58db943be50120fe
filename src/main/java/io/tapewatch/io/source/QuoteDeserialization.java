package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The {@link QuoteDecoder} as Flink's Kafka source calls it. */
final class QuoteDeserialization extends DecodedDeserialization {

    private final String topic;
    private final RecordLimits limits;

    QuoteDeserialization(String topic, RecordLimits limits, TypeInformation<Decoded> type) {
        super(type);
        this.topic = topic;
        this.limits = limits;
    }

    @Override
    RecordDecoder newDecoder(Function<String, Runnable> unknownFields) {
        return new QuoteDecoder(topic, limits, unknownFields);
    }
}
