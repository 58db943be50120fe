package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What met a condition.
 *
 * @param value the metric's value
 * @param from the price that a change is counted from, of a silence the last one, of a quote its bid or NaN; of no meaning
 *     for other metrics
 * @param to the price of the tick, of a quote its ask or NaN
 */
record Seen(double value, double from, double to) {

    /** Writes what some conditions saw, null for those that were not met. */
    static void write(DataOutput out, Seen[] seen) throws IOException {
        Varint.write(out, seen.length);
        for (Seen each : seen) {
            out.writeBoolean(each != null);
            if (each != null) {
                out.writeDouble(each.value);
                out.writeDouble(each.from);
                out.writeDouble(each.to);
            }
        }
    }

    static Seen[] read(DataInput in) throws IOException {
        Seen[] seen = new Seen[(int) Varint.read(in)];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.readBoolean() ? new Seen(in.readDouble(), in.readDouble(), in.readDouble()) : null;
        }
        return seen;
    }
}
