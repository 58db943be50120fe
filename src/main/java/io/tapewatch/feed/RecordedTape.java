package io.tapewatch.feed;

import java.io.IOException;

/**
 * Prices and quotes on one clock: of the next price and the next quote, the earlier one comes first, and the price when
 * both have one time. Each kind keeps the order of its files, which may be that of arrival: a row that is behind an earlier
 * one of its kind comes right after it.
 */
final class RecordedTape implements RecordedRows {

    private final RecordedRows prices;
    private final RecordedRows quotes;
    private Recorded nextPrice;
    private Recorded nextQuote;

    RecordedTape(RecordedRows prices, RecordedRows quotes) {
        this.prices = prices;
        this.quotes = quotes;
    }

    @Override
    public Recorded next() throws IOException {
        if (nextPrice == null) {
            nextPrice = prices.next();
        }
        if (nextQuote == null) {
            nextQuote = quotes.next();
        }
        boolean isPrice = nextQuote == null || nextPrice != null && nextPrice.time() <= nextQuote.time();
        Recorded next = isPrice ? nextPrice : nextQuote;
        if (isPrice) {
            nextPrice = null;
        } else {
            nextQuote = null;
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        try (prices;
                quotes) {
            nextPrice = null;
            nextQuote = null;
        }
    }
}
