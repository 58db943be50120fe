package io.tapewatch.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One trade, or one price of an instrument, at one moment.
 *
 * <p>Ticks are ordered as the tape is read: by event time; at the same time those that carry a sequence number go
 * first, by that number; then by partition and offset. It is the same order whichever way the partitions were
 * interleaved.
 *
 * @param symbol the instrument
 * @param price the price, finite, in the instrument's currency
 * @param size the number of units traded, finite and not negative, or NaN when the tick has none
 * @param time the event time in epoch milliseconds
 * @param id the producer's id of the trade
 * @param seq the producer's sequence number, or {@link #NO_SEQ}
 * @param side the aggressor
 * @param venue where it traded
 * @param conditions the sale conditions
 * @param origin the record it came in
 */
public record Tick(
        String symbol,
        double price,
        double size,
        long time,
        @Nullable String id,
        long seq,
        @Nullable Side side,
        @Nullable String venue,
        @Nullable String conditions,
        Origin origin)
        implements Decoded, TapeRecord, Comparable<Tick> {

    /** What {@link #seq} is for a tick without a sequence number. */
    public static final long NO_SEQ = Long.MIN_VALUE;

    /** What {@link #size} is for a tick without a size. */
    public static final double NO_SIZE = Double.NaN;

    public Tick {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether this tick carries a size; a size of zero is one. */
    public boolean hasSize() {
        return !Double.isNaN(size);
    }

    /** Whether this tick carries a sequence number. */
    public boolean hasSeq() {
        return seq != NO_SEQ;
    }

    @Override
    public int partition() {
        return origin.partition();
    }

    @Override
    public int compareTo(Tick other) {
        return compareOrder(
                time,
                seq,
                origin.partition(),
                origin.offset(),
                other.time,
                other.seq,
                other.origin.partition(),
                other.origin.offset());
    }

    /** The order of two ticks by what decides it; {@link #NO_SEQ} stands for no sequence number. */
    public static int compareOrder(
            long time, long seq, int partition, long offset, long time2, long seq2, int partition2, long offset2) {
        int order = Long.compare(time, time2);
        if (order == 0 && seq != seq2) {
            order = seq == NO_SEQ ? 1 : seq2 == NO_SEQ ? -1 : Long.compare(seq, seq2);
        }
        if (order == 0) {
            order = Integer.compare(partition, partition2);
        }
        return order != 0 ? order : Long.compare(offset, offset2);
    }
}
