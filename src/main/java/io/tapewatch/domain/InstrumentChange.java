package io.tapewatch.domain;

import java.util.Objects;

/**
 * From now on this is known about an instrument, or nothing any more.
 *
 * @param symbol the instrument
 * @param instrument what is known, or null: nothing
 * @param partition the partition that the record came in
 */
public record InstrumentChange(String symbol, Instrument instrument, int partition) implements Decoded, TapeRecord {

    public InstrumentChange {
        Objects.requireNonNull(symbol, "symbol");
    }

    /** It is not of an event time, and moves no watermark. */
    @Override
    public long time() {
        return NO_TIME;
    }
}
