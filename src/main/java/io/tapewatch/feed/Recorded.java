package io.tapewatch.feed;

/** One row of a recording that goes on the tape: a price or a quote. */
sealed interface Recorded permits RecordedPrice, RecordedQuote {

    String symbol();

    /** The event time in epoch milliseconds. */
    long time();
}
