package io.tapewatch.feed;

import java.util.Objects;

/**
 * One record of the topic of prices as it is, whatever it holds: a simulated market has bad ones.
 *
 * @param symbol the record's key
 * @param value the record's value; not to be changed
 * @param time when its turn is, in epoch milliseconds of event time
 */
public record RawRow(String symbol, byte[] value, long time) implements FeedRow {
    public RawRow {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public int nanos() {
        return 0;
    }
}
