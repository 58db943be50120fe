package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.exact.MidShare;
import io.tapewatch.domain.exact.Quotient;
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
 * @param bid the highest price that somebody would pay, or null for none
 * @param bidSize how many units are wanted at that price, not negative, or null when the quote does not say
 * @param ask the lowest price that somebody would sell at, or null for none; one of the two is there
 * @param askSize how many units are offered at that price, likewise
 * @param time the event time in epoch milliseconds
 * @param nanos the nanoseconds of the event time after that millisecond, 0 to 999,999
 * @param seq the producer's sequence number, or {@link Tick#NO_SEQ}
 * @param origin the record it came in
 */
public record Quote(
        String symbol,
        @Nullable Decimal bid,
        @Nullable Decimal bidSize,
        @Nullable Decimal ask,
        @Nullable Decimal askSize,
        long time,
        int nanos,
        long seq,
        Origin origin)
        implements Decoded, TapeRecord, Comparable<Quote> {

    public Quote {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
        if (bid == null && ask == null) {
            throw new IllegalArgumentException("a quote needs a bid or an ask");
        }
    }

    /** Whether it has a mid that says something: two sides that are not crossed, and not at or below zero together. */
    public boolean hasMid() {
        return bid != null && ask != null && isNotCrossed(bid, ask) && isSumPositive(bid, ask);
    }

    private static boolean isNotCrossed(Decimal bid, Decimal ask) {
        return bid.compareTo(ask) <= 0;
    }

    private static boolean isSumPositive(Decimal bid, Decimal ask) {
        return Decimals.compare(ask.units(), ask.scale(), -bid.units(), bid.scale()) > 0;
    }

    /** (bid + ask) / 2; without a value where there is no mid. */
    public void mid(Quotient into) {
        into.clear();
        if (bid != null && ask != null && hasMid()) {
            MidShare.mid(bid.units(), bid.scale(), ask.units(), ask.scale(), into);
        }
    }

    /**
     * The spread in basis points of the mid, (ask − bid) / mid · 10⁴; negative when it is crossed. Without a value of a quote
     * with one side, or with two that are not above zero together.
     */
    public void spreadBps(Quotient into) {
        into.clear();
        if (bid != null && ask != null) {
            MidShare.spread(bid.units(), bid.scale(), ask.units(), ask.scale(), into);
        }
    }

    /** The effective spread of a trade at a price, 2 · |price − mid| / mid · 10⁴; without a value where there is no mid. */
    public void effectiveSpreadBps(long price, int priceScale, Quotient into) {
        into.clear();
        if (bid != null && ask != null && isNotCrossed(bid, ask)) {
            MidShare.effectiveSpread(price, priceScale, bid.units(), bid.scale(), ask.units(), ask.scale(), into);
        }
    }

    /** How far a price is outside the quote, max(0, price − ask, bid − price) / mid · 10⁴; likewise. */
    public void offQuoteBps(long price, int priceScale, Quotient into) {
        into.clear();
        if (bid != null && ask != null && isNotCrossed(bid, ask)) {
            MidShare.outside(price, priceScale, bid.units(), bid.scale(), ask.units(), ask.scale(), into);
        }
    }

    /**
     * Who was the aggressor of a trade at a price by the quote test of Lee and Ready: it bought above the mid and sold
     * below. Null at the mid, and without one.
     */
    public @Nullable Side side(long price, int priceScale) {
        if (bid == null || ask == null || !hasMid()) {
            return null;
        }
        int beyond = MidShare.compareWithMid(price, priceScale, bid.units(), bid.scale(), ask.units(), ask.scale());
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

    /** Writes it as {@link #readFrom} reads it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(symbol);
        Decimal.writeNullable(out, bid);
        Decimal.writeNullable(out, bidSize);
        Decimal.writeNullable(out, ask);
        Decimal.writeNullable(out, askSize);
        out.writeLong(time);
        Varint.write(out, nanos);
        out.writeLong(seq);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestamp());
        out.writeByte(origin.stamp().ordinal());
    }

    public static Quote readFrom(DataInput in) throws IOException {
        return new Quote(
                in.readUTF(),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                in.readLong(),
                (int) Varint.read(in),
                in.readLong(),
                new Origin(in.readInt(), in.readLong(), in.readLong(), Origin.Stamp.values()[in.readByte()]));
    }
}
