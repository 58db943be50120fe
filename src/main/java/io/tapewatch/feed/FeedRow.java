package io.tapewatch.feed;

/** One row that goes on the tape: a price, a quote, or something that is neither. */
public sealed interface FeedRow permits PriceRow, QuoteRow, RawRow {

    /** The instrument, and the record's key. */
    String symbol();

    /** The event time in epoch milliseconds. */
    long time();
}
