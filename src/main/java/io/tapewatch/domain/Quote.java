package io.tapewatch.domain;

import io.tapewatch.domain.exact.BasisPoints;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The best bid and the best ask of an instrument, from one moment on until the next quote.
 *
 * <p>A quote may be one-sided: without a bid, or without an ask. It may be crossed, its bid above its ask. Quotes of the
 * same time are ordered as ticks are: those that carry a sequence number go first, by that number; then by partition and
 * offset.
 *
 * @param symbol the instrument
 * @param bid the highest price that somebody would pay, finite, or NaN for none
 * @param bidSize how many units are wanted at that price, finite and not negative, or NaN when the quote does not say
 * @param ask the lowest price that somebody would sell at, finite, or NaN for none; one of the two is there
 * @param askSize how many units are offered at that price, likewise
 * @param time the event time in epoch milliseconds
 * @param seq the producer's sequence number, or {@link Tick#NO_SEQ}
 * @param origin the record it came in
 */
public record Quote(
        String symbol, double bid, double bidSize, double ask, double askSize, long time, long seq, Origin origin)
        implements Decoded, TapeRecord, Comparable<Quote> {

    /** What a side or a size is that is not there. */
    public static final double NONE = Double.NaN;

    public Quote {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
        if (Double.isNaN(bid) && Double.isNaN(ask)) {
            throw new IllegalArgumentException("a quote needs a bid or an ask");
        }
    }

    /** Whether it has a mid: two sides that are not crossed, and not at or below zero together. */
    public boolean hasMid() {
        return bid <= ask && bid + ask > 0;
    }

    /** (bid + ask) / 2, or NaN for none. */
    public double mid() {
        return hasMid() ? (bid + ask) / 2 : Double.NaN;
    }

    /**
     * The spread in basis points of the mid, (ask − bid) / mid · 10⁴; negative when it is crossed. NaN for none, of a quote
     * with one side, or with two that are not above zero together.
     */
    public double spreadBps() {
        return bid + ask > 0 ? BasisPoints.spread(bid, ask) : Double.NaN;
    }

    /** The effective spread of a trade at a price, 2 · |price − mid| / mid · 10⁴, or NaN without a mid. */
    public double effectiveSpreadBps(double price) {
        return hasMid() ? BasisPoints.effectiveSpread(price, bid, ask) : Double.NaN;
    }

    /** How far a price is outside the quote, max(0, price − ask, bid − price) / mid · 10⁴, or NaN without a mid. */
    public double offQuoteBps(double price) {
        return hasMid() ? BasisPoints.outside(price, bid, ask) : Double.NaN;
    }

    /**
     * Who was the aggressor of a trade at a price by the quote test of Lee and Ready: it bought above the mid and sold
     * below. Null at the mid, and without one.
     */
    public @Nullable Side side(double price) {
        if (!hasMid()) {
            return null;
        }
        // Twice the price is a double, so where it differs from the sum as rounded it is on the same side of the exact
        // one.
        int compared = Double.compare(2 * price, bid + ask);
        double beyond = compared != 0 ? compared : -BasisPoints.restOfSum(bid, ask);
        return beyond > 0 ? Side.BUY : beyond < 0 ? Side.SELL : null;
    }

    @Override
    public int partition() {
        return origin.partition();
    }

    @Override
    public int compareTo(Quote other) {
        return Tick.compareOrder(
                time,
                seq,
                origin.partition(),
                origin.offset(),
                other.time,
                other.seq,
                other.origin.partition(),
                other.origin.offset());
    }

    /** Writes it as {@link #readFrom} reads it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(symbol);
        out.writeDouble(bid);
        out.writeDouble(bidSize);
        out.writeDouble(ask);
        out.writeDouble(askSize);
        out.writeLong(time);
        out.writeLong(seq);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestamp());
        out.writeByte(origin.stamp().ordinal());
    }

    public static Quote readFrom(DataInput in) throws IOException {
        return new Quote(
                in.readUTF(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                new Origin(in.readInt(), in.readLong(), in.readLong(), Origin.Stamp.values()[in.readByte()]));
    }
}
