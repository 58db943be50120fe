package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One trade, or one price of an instrument, at one moment.
 *
 * <p>Ticks are ordered as the tape is read: by event time, to the nanosecond; at the same time those that carry a sequence
 * number go first, by that number; then by partition and offset. It is the same order whichever way the partitions were
 * interleaved.
 *
 * <p>Price and size are pairs of {@link Decimals}, as they are on the path that every tick takes.
 *
 * @param symbol the instrument
 * @param priceUnits the units of the price, in the instrument's currency
 * @param priceScale the scale of the price
 * @param sizeUnits the units of the number of units traded, not negative; 0 when the tick has no size
 * @param sizeScale the scale of that, or {@link #NO_SIZE}
 * @param time the event time in epoch milliseconds
 * @param nanos the nanoseconds of the event time after that millisecond, 0 to 999,999
 * @param id the producer's id of the trade
 * @param seq the producer's sequence number, or {@link #NO_SEQ}
 * @param side the aggressor
 * @param venue where it traded
 * @param conditions the sale conditions
 * @param origin the record it came in
 */
public record Tick(
        String symbol,
        long priceUnits,
        int priceScale,
        long sizeUnits,
        int sizeScale,
        long time,
        int nanos,
        @Nullable String id,
        long seq,
        @Nullable Side side,
        @Nullable String venue,
        @Nullable String conditions,
        Origin origin)
        implements Decoded, TapeRecord, Comparable<Tick> {

    /** What {@link #seq} is for a tick without a sequence number. */
    public static final long NO_SEQ = Long.MIN_VALUE;

    /** What {@link #sizeScale} is for a tick without a size. */
    public static final int NO_SIZE = -1;

    public Tick {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
    }

    /** Whether this tick carries a size; a size of zero is one. */
    public boolean hasSize() {
        return sizeScale != NO_SIZE;
    }

    /** The price as a number of its own. */
    public Decimal price() {
        return new Decimal(priceUnits, priceScale);
    }

    /** The size as a number of its own, or null for none. */
    public @Nullable Decimal size() {
        return hasSize() ? new Decimal(sizeUnits, sizeScale) : null;
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
                nanos,
                seq,
                origin.partition(),
                origin.offset(),
                other.time,
                other.nanos,
                other.seq,
                other.origin.partition(),
                other.origin.offset());
    }

    /** The order of two ticks by what decides it; {@link #NO_SEQ} stands for no sequence number. */
    public static int compareOrder(
            long time,
            int nanos,
            long seq,
            int partition,
            long offset,
            long time2,
            int nanos2,
            long seq2,
            int partition2,
            long offset2) {
        int order = Long.compare(time, time2);
        if (order == 0) {
            order = Integer.compare(nanos, nanos2);
        }
        if (order == 0 && seq != seq2) {
            order = seq == NO_SEQ ? 1 : seq2 == NO_SEQ ? -1 : Long.compare(seq, seq2);
        }
        if (order == 0) {
            order = Integer.compare(partition, partition2);
        }
        return order != 0 ? order : Long.compare(offset, offset2);
    }
}
