package io.tapewatch.domain.quote;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import org.jspecify.annotations.Nullable;

/**
 * A trade beside the quote that stood when it was made. Of a trade that nobody had quoted, all that comes from a quote
 * is null.
 *
 * <p>A quote with one side has no mid, and neither spread; one that is crossed has a negative spread, and no mid.
 *
 * @param symbol the instrument
 * @param time the trade's event time in epoch milliseconds
 * @param price the trade's price
 * @param size the trade's size
 * @param bid the quote's bid
 * @param ask the quote's ask
 * @param mid (bid + ask) / 2
 * @param spreadBps the quoted spread in basis points of the mid, (ask − bid) / mid · 10⁴
 * @param effectiveSpreadBps the effective spread, 2 · |price − mid| / mid · 10⁴
 * @param side the aggressor: as the trade says, else by Lee and Ready (see {@link QuoteAtTrade})
 * @param quoteAgeMs how long the quote had stood, in milliseconds
 * @param tradeId the producer's id of the trade
 * @param late whether the trade came behind the watermark
 */
public record QuotedTrade(
        String symbol,
        long time,
        double price,
        @Nullable Double size,
        @Nullable Double bid,
        @Nullable Double ask,
        @Nullable Double mid,
        @Nullable Double spreadBps,
        @Nullable Double effectiveSpreadBps,
        @Nullable Side side,
        @Nullable Long quoteAgeMs,
        @Nullable String tradeId,
        boolean late) {

    /** A trade and what the quotes say of it. */
    public static QuotedTrade of(Tick tick, QuoteAtTrade atTrade, boolean late) {
        Quote quote = atTrade.quote();
        return new QuotedTrade(
                tick.symbol(),
                tick.time(),
                tick.price(),
                known(tick.size()),
                quote == null ? null : known(quote.bid()),
                quote == null ? null : known(quote.ask()),
                quote == null ? null : known(quote.mid()),
                quote == null ? null : known(quote.spreadBps()),
                quote == null ? null : known(quote.effectiveSpreadBps(tick.price())),
                atTrade.side(),
                quote == null ? null : tick.time() - quote.time(),
                tick.id(),
                late);
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
