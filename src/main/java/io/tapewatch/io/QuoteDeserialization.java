package io.tapewatch.io;

import io.tapewatch.domain.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The {@link QuoteDecoder} as Flink's Kafka source calls it. */
final class QuoteDeserialization extends DecodedDeserialization {

    private final String topic;
    private final int maxBytes;
    private final Duration maxFuture;
    private final boolean allowNonpositive;

    QuoteDeserialization(
            String topic, int maxBytes, Duration maxFuture, boolean allowNonpositive, TypeInformation<Decoded> type) {
        super(type);
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.maxFuture = maxFuture;
        this.allowNonpositive = allowNonpositive;
    }

    @Override
    RecordDecoder newDecoder() {
        return new QuoteDecoder(topic, maxBytes, maxFuture, allowNonpositive);
    }
}
