package io.tapewatch.domain;

/** What a record of prices, of quotes or of instruments turned out to be. */
public sealed interface Decoded permits Tick, Quote, Amendment, InstrumentChange, Heartbeat, Rejection {

    /** What {@link #time} is for a record that says nothing about time. */
    long NO_TIME = Long.MIN_VALUE;

    /** The event time in epoch milliseconds, or {@link #NO_TIME}: such a record moves no watermark. */
    long time();

    /** The partition that the record came in. */
    int partition();
}
