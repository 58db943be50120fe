package io.tapewatch.domain;

/** What the tape takes in, by symbol: trades, quotes, and what is known about the instrument. */
public sealed interface TapeRecord permits Tick, Quote, InstrumentChange {

    /** The event time in epoch milliseconds, or {@link Decoded#NO_TIME}. */
    long time();

    /** The instrument. */
    String symbol();
}
