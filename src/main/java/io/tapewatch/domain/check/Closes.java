package io.tapewatch.domain.check;

import io.tapewatch.domain.exact.Decimal;
import org.jspecify.annotations.Nullable;

/** The closes of a symbol's days. */
@FunctionalInterface
public interface Closes {

    /** The close of the day before the one with this event time, in epoch milliseconds, or null. */
    @Nullable
    Decimal previousClose(long time);
}
