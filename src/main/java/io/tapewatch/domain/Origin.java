package io.tapewatch.domain;

/**
 * Where a record came from: its Kafka coordinates.
 *
 * @param partition the partition, from 0
 * @param offset the offset in that partition, from 0
 * @param timestamp the record's Kafka timestamp in epoch milliseconds, or {@link #NO_TIMESTAMP}
 * @param stamp whose clock set that timestamp
 */
public record Origin(int partition, long offset, long timestamp, Stamp stamp) {

    /** What {@link #timestamp} is for a record without one. */
    public static final long NO_TIMESTAMP = -1;

    /** Whether the other is of the same record of the same topic. */
    public boolean isSameRecord(Origin other) {
        return partition == other.partition && offset == other.offset;
    }

    /** Whose clock a Kafka timestamp was read from. */
    public enum Stamp {
        /** The producer's, or the producer's choice. */
        CREATE_TIME,
        /** The broker's, when it appended the record. */
        LOG_APPEND_TIME,
        /** The record has no timestamp. */
        NONE
    }
}
