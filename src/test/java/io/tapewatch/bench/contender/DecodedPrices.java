package io.tapewatch.bench.contender;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.settings.JobOptions;
import org.apache.kafka.common.serialization.Deserializer;

/** Our decoder of prices as a Kafka client calls it. It is not told where a record comes from, so no tick knows its origin. */
final class DecodedPrices implements Deserializer<Decoded> {

    private static final Origin UNKNOWN = new Origin(0, 0, Origin.NO_TIMESTAMP, Origin.Stamp.NONE);

    /** Each thread's own, as decoders are not thread-safe, and all threads of Kafka Streams share a deserializer. */
    private final ThreadLocal<RecordDecoder> decoders =
            ThreadLocal.withInitial(() -> PriceDecoder.factory(new RecordLimits(
                            JobOptions.PRICES_MAX_BYTES.defaultValue(),
                            JobOptions.MAX_FUTURE.defaultValue(),
                            JobOptions.ALLOW_NONPOSITIVE.defaultValue()))
                    .decoder("prices"));

    @Override
    public Decoded deserialize(String topic, byte[] value) {
        return decoders.get().decode(null, value, UNKNOWN);
    }
}
