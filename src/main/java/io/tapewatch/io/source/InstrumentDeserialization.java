package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.RecordDecoder;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The {@link InstrumentDecoder} as Flink's Kafka source calls it. */
final class InstrumentDeserialization extends DecodedDeserialization {

    private final String topic;
    private final int maxBytes;

    InstrumentDeserialization(String topic, int maxBytes, TypeInformation<Decoded> type) {
        super(type);
        this.topic = topic;
        this.maxBytes = maxBytes;
    }

    @Override
    RecordDecoder newDecoder(Function<String, Runnable> unknownFields) {
        return new InstrumentDecoder(topic, maxBytes, unknownFields);
    }
}
