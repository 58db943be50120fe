package io.tapewatch.io.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the polls of one consumer: how many bytes the current poll has brought, and up to where the last one
 * has handed records out. Used by the thread that polls alone.
 */
public class PollState {

    /** The property of a consumer that holds its state. */
    private static final String PROPERTY = "tapewatch.poll-state";

    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** Those of the current poll, whose records may still be lost on their way. */
    private final Map<TopicPartition, Long> polled = new HashMap<>();

    private long bytes;

    /** The same properties, for a consumer whose polls this is the state of. */
    public Properties of(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.put(PROPERTY, this);
        own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, BoundedBytes.class.getName());
        // The first, as others may hold records back.
        String others = properties.getProperty(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "");
        own.put(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                PollPositions.class.getName() + (others.isBlank() ? "" : "," + others));
        return own;
    }

    /** The state that such properties hold, or null: they are those of another consumer. */
    static @Nullable PollState in(Map<String, ?> properties) {
        return (PollState) properties.get(PROPERTY);
    }

    /** A poll begins. */
    public void begin() {
        bytes = 0;
        polled.clear();
    }

    /**
     * Whether the poll has brought so much that it is to bring no more; if not, the bytes are counted. A key alone is never so
     * much, so each poll brings a record.
     */
    public boolean isFull(int more) {
        if (bytes > OversizedRecord.MOST_BYTES) {
            return true;
        }
        bytes += more;
        return false;
    }

    /** The poll has brought records up to this offset. */
    public void polled(TopicPartition partition, long next) {
        polled.put(partition, next);
    }

    /** What the poll has brought was handed out. */
    public void handedOut() {
        positions.putAll(polled);
    }

    /** The offset after the last that was handed out, or else where reading began. */
    public long position(TopicPartition partition, long start) {
        return positions.getOrDefault(partition, start);
    }

    /** Reading begins anew. */
    public void forget(TopicPartition partition) {
        positions.remove(partition);
    }
}
