package io.tapewatch.domain;

import java.util.Comparator;

/**
 * The order in which trades and quotes of a symbol are taken: by event time; in the same millisecond either all trades
 * before all quotes, or all quotes before all trades; and each kind in its own order.
 */
public final class TapeOrder implements Comparator<TapeRecord> {

    private final int quoteToTrade;

    /** @param quotesFirst whether a quote of a trade's own millisecond comes before the trade */
    public TapeOrder(boolean quotesFirst) {
        this.quoteToTrade = quotesFirst ? -1 : 1;
    }

    @Override
    public int compare(TapeRecord one, TapeRecord other) {
        if (one instanceof Tick tick && other instanceof Tick otherTick) {
            return tick.compareTo(otherTick);
        }
        if (one instanceof Quote quote && other instanceof Quote otherQuote) {
            return quote.compareTo(otherQuote);
        }
        int order = Long.compare(one.time(), other.time());
        return order != 0 ? order : one instanceof Quote ? quoteToTrade : -quoteToTrade;
    }
}
