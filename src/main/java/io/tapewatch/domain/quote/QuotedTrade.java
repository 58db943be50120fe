package io.tapewatch.domain.quote;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Quotient;
import org.jspecify.annotations.Nullable;

/**
 * A trade beside the quote that stood when it was made. Of a trade that nobody had quoted, all that comes from a quote
 * is null.
 *
 * <p>A quote with one side has no mid, and neither spread; one that is crossed has a negative spread, and no mid.
 *
 * @param symbol the instrument
 * @param time the trade's event time in epoch milliseconds
 * @param nanos the nanoseconds of it after that millisecond, 0 to 999,999
 * @param price the trade's price
 * @param size the trade's size
 * @param bid the quote's bid
 * @param ask the quote's ask
 * @param mid (bid + ask) / 2, as the nearest double, as are the spreads
 * @param spreadBps the quoted spread in basis points of the mid, (ask − bid) / mid · 10⁴
 * @param effectiveSpreadBps the effective spread, 2 · |price − mid| / mid · 10⁴
 * @param side the aggressor: as the trade says, else by Lee and Ready (see {@link QuoteAtTrade})
 * @param quoteAgeMs how long the quote had stood, in whole milliseconds
 * @param tradeId the producer's id of the trade
 * @param late whether the trade came behind the watermark
 */
public record QuotedTrade(
        String symbol,
        long time,
        int nanos,
        Decimal price,
        @Nullable Decimal size,
        @Nullable Decimal bid,
        @Nullable Decimal ask,
        @Nullable Double mid,
        @Nullable Double spreadBps,
        @Nullable Double effectiveSpreadBps,
        @Nullable Side side,
        @Nullable Long quoteAgeMs,
        @Nullable String tradeId,
        boolean late) {

    /**
     * A trade and what the quotes say of it.
     *
     * @param figure loses its value
     */
    public static QuotedTrade of(Tick tick, QuoteAtTrade atTrade, boolean late, Quotient figure) {
        Quote quote = atTrade.quote();
        Double mid = null;
        Double spread = null;
        Double effectiveSpread = null;
        if (quote != null) {
            quote.mid(figure);
            mid = known(figure);
            quote.spreadBps(figure);
            spread = known(figure);
            quote.effectiveSpreadBps(tick.priceUnits(), tick.priceScale(), figure);
            effectiveSpread = known(figure);
        }
        return new QuotedTrade(
                tick.symbol(),
                tick.time(),
                tick.nanos(),
                tick.price(),
                tick.size(),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                mid,
                spread,
                effectiveSpread,
                atTrade.side(),
                quote == null ? null : age(tick, quote),
                tick.id(),
                late);
    }

    private static long age(Tick tick, Quote quote) {
        long millis = tick.time() - quote.time();
        return tick.nanos() < quote.nanos() ? millis - 1 : millis;
    }

    private static @Nullable Double known(Quotient quotient) {
        return quotient.hasValue() ? quotient.nearest() : null;
    }
}
