package io.tapewatch.feed;

import java.util.Comparator;

/** One row that goes on the tape: a price, a quote, or something that is neither. */
public sealed interface FeedRow permits PriceRow, QuoteRow, RawRow {

    /** The order of their event times. */
    Comparator<FeedRow> BY_TIME = Comparator.comparingLong(FeedRow::time).thenComparingInt(FeedRow::nanos);

    /** The instrument, and the record's key. */
    String symbol();

    /** The event time in epoch milliseconds. */
    long time();

    /** The nanoseconds of the event time after that millisecond, 0 to 999,999. */
    int nanos();
}
