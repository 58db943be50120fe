package io.tapewatch.feed;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a recording of prices.
 *
 * <p>Figures stay the text they are in the file, so that nothing is lost on the way to the tape.
 *
 * @param symbol the instrument
 * @param price the price, a JSON number
 * @param size the number of units traded, a JSON number
 * @param time the event time in epoch milliseconds
 * @param nanos the nanoseconds of the event time after that millisecond, 0 to 999,999
 * @param id the trade's id
 * @param seq the sequence number, a whole number
 * @param side the aggressor as the file names it
 * @param conditions the sale conditions, separated by commas
 */
public record PriceRow(
        String symbol,
        String price,
        @Nullable String size,
        long time,
        int nanos,
        @Nullable String id,
        @Nullable String seq,
        @Nullable String side,
        @Nullable String conditions)
        implements FeedRow {
    public PriceRow {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(price, "price");
    }

    /** A row without sale conditions. */
    public PriceRow(
            String symbol,
            String price,
            @Nullable String size,
            long time,
            int nanos,
            @Nullable String id,
            @Nullable String seq,
            @Nullable String side) {
        this(symbol, price, size, time, nanos, id, seq, side, null);
    }

    /** Such a row whose event time is a whole millisecond. */
    public PriceRow(
            String symbol,
            String price,
            @Nullable String size,
            long time,
            @Nullable String id,
            @Nullable String seq,
            @Nullable String side) {
        this(symbol, price, size, time, 0, id, seq, side, null);
    }
}
