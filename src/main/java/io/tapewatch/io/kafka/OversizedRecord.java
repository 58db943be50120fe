package io.tapewatch.io.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that is too large to be kept: of its key and value there is but a beginning, or nothing.
 *
 * <p>Brokers judge the size of a compressed batch. 300 MB of blanks take 24 kB there, pass every limit, and are 300 MB again
 * in the memory of the reader.
 */
public final class OversizedRecord {

    /** The most bytes of a key or a value that are kept. */
    public static final int MOST_BYTES = 32 << 20;

    /** How many bytes are kept of one that has more: more than any decoder reads, and any dead letter holds. */
    static final int BEGINNING_BYTES = 1 << 20;

    private OversizedRecord() {}

    /** Whether a record may have caused this error: it is about the heap, not about threads or classes, for example. */
    public static boolean mayCause(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return message.startsWith("Java heap space")
                || message.startsWith("Requested array size exceeds VM limit")
                || message.startsWith("GC overhead limit exceeded");
    }

    /** Whether this record is one. */
    public static boolean is(ConsumerRecord<?, ?> record) {
        return record.serializedValueSize() > MOST_BYTES || record.serializedKeySize() > MOST_BYTES;
    }

    /** How many bytes its key and its value have. */
    public static long bytes(ConsumerRecord<?, ?> record) {
        return Math.max(0L, record.serializedKeySize()) + Math.max(0L, record.serializedValueSize());
    }
}
