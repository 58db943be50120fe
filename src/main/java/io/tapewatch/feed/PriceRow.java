package io.tapewatch.feed;

import java.util.Objects;

/**
 * One row of a recording of prices.
 *
 * <p>Figures stay the text they are in the file, so that nothing is lost on the way to the tape.
 *
 * @param symbol the instrument
 * @param price the price, a JSON number
 * @param size the number of units traded, a JSON number, or null
 * @param time the event time in epoch milliseconds
 * @param id the trade's id, or null
 * @param seq the sequence number, a whole number, or null
 * @param side the aggressor as the file names it, or null
 */
public record PriceRow(String symbol, String price, String size, long time, String id, String seq, String side)
        implements FeedRow {
    public PriceRow {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(price, "price");
    }
}
