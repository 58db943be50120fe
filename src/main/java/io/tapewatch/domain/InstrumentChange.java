package io.tapewatch.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From now on this is known about an instrument, or nothing any more.
 *
 * @param symbol the instrument
 * @param instrument what is known, or null: nothing
 * @param origin the record that says so
 */
public record InstrumentChange(String symbol, @Nullable Instrument instrument, Origin origin)
        implements Decoded, TapeRecord {

    public InstrumentChange {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(origin, "origin");
    }

    /** It is not of an event time, and moves no watermark. */
    @Override
    public long time() {
        return NO_TIME;
    }

    @Override
    public int partition() {
        return origin.partition();
    }
}
