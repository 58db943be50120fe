package io.tapewatch.io.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a key or a value, or the beginning of them where the record is an {@link OversizedRecord}. So at most one
 * copy of those bytes is in memory, and only for a moment. Public because Kafka makes it.
 *
 * <p>With a {@link PollState} it also bounds what a poll brings: the poll ends before the record that is too much, and the
 * next poll begins with that record.
 */
public final class BoundedBytes implements Deserializer<byte[]> {

    private @Nullable PollState state;

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        state = PollState.in(properties);
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data == null || data.length <= OversizedRecord.MOST_BYTES
                ? data
                : Arrays.copyOf(data, OversizedRecord.BEGINNING_BYTES);
    }

    @Override
    public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        int kept = data.remaining() <= OversizedRecord.MOST_BYTES ? data.remaining() : OversizedRecord.BEGINNING_BYTES;
        if (state != null && state.isFull(kept)) {
            // Kafka's consumer hands out what it has, and asks again for this record in its next poll.
            throw new SerializationException("the next poll brings this record: this one has brought enough");
        }
        return Utils.toArray(data, kept);
    }
}
