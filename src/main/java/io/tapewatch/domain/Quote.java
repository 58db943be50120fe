package io.tapewatch.domain;

import java.util.Objects;

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
        implements Decoded, TapeRecord {

    /** What a side or a size is that is not there. */
    public static final double NONE = Double.NaN;

    public Quote {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
        if (Double.isNaN(bid) && Double.isNaN(ask)) {
            throw new IllegalArgumentException("a quote needs a bid or an ask");
        }
    }

    /** Whether it has a bid and an ask. */
    public boolean isTwoSided() {
        return !Double.isNaN(bid) && !Double.isNaN(ask);
    }

    /** Whether its bid is above its ask. */
    public boolean isCrossed() {
        return bid > ask;
    }

    @Override
    public int partition() {
        return origin.partition();
    }
}
