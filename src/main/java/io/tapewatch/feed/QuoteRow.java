package io.tapewatch.feed;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a recording of quotes.
 *
 * <p>Figures stay the text they are in the file, so that nothing is lost on the way to the tape.
 *
 * @param symbol the instrument
 * @param bid the best bid, a JSON number; one of bid and ask is there
 * @param bidSize how many units are wanted at that price, a JSON number
 * @param ask the best ask, likewise
 * @param askSize how many units are offered at that price, likewise
 * @param time the event time in epoch milliseconds
 * @param nanos the nanoseconds of the event time after that millisecond, 0 to 999,999
 * @param seq the sequence number, a whole number
 */
public record QuoteRow(
        String symbol,
        @Nullable String bid,
        @Nullable String bidSize,
        @Nullable String ask,
        @Nullable String askSize,
        long time,
        int nanos,
        @Nullable String seq)
        implements FeedRow {
    public QuoteRow {
        Objects.requireNonNull(symbol, "symbol");
        if (bid == null && ask == null) {
            throw new IllegalArgumentException("a quote needs a bid or an ask");
        }
    }

    /** A row whose event time is a whole millisecond. */
    public QuoteRow(
            String symbol,
            @Nullable String bid,
            @Nullable String bidSize,
            @Nullable String ask,
            @Nullable String askSize,
            long time,
            @Nullable String seq) {
        this(symbol, bid, bidSize, ask, askSize, time, 0, seq);
    }
}
