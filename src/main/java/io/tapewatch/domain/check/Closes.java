package io.tapewatch.domain.check;

/** The closes of a symbol's days. */
@FunctionalInterface
public interface Closes {

    /** The close of the day before the one with this event time, in epoch milliseconds, or NaN. */
    double previousClose(long time);
}
