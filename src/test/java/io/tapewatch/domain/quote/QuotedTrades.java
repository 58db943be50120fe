package io.tapewatch.domain.quote;

import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Side;

/** Quoted trades whose prices and sizes are the shortest decimals of doubles. */
public final class QuotedTrades {

    private QuotedTrades() {}

    /** See {@link QuotedTrade}; its time has whole milliseconds. */
    public static QuotedTrade of(
            String symbol,
            long time,
            double price,
            Double size,
            Double bid,
            Double ask,
            Double mid,
            Double spreadBps,
            Double effectiveSpreadBps,
            Side side,
            Long quoteAgeMs,
            String tradeId,
            boolean late) {
        return new QuotedTrade(
                symbol,
                time,
                0,
                Numbers.decimal(price),
                Numbers.decimalOrNull(size),
                Numbers.decimalOrNull(bid),
                Numbers.decimalOrNull(ask),
                mid,
                spreadBps,
                effectiveSpreadBps,
                side,
                quoteAgeMs,
                tradeId,
                late);
    }
}
