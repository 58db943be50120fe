package io.tapewatch.domain;

/** What the tape takes in, by symbol: trades, what amends them, quotes, and what is known about the instrument. */
public sealed interface TapeRecord permits Tick, Quote, Amendment, InstrumentChange {

    /** The event time in epoch milliseconds, or {@link Decoded#NO_TIME}. */
    long time();

    /** The instrument. */
    String symbol();
}
