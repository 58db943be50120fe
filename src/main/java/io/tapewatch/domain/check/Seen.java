package io.tapewatch.domain.check;

import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What met a condition.
 *
 * @param value the metric's value, as the nearest double
 * @param from the price that a change is counted from, a VWAP rounded to 18 digits, of a silence the last price, of a quote its
 *     bid or null; null for other metrics
 * @param to the price of the tick, of a quote its ask or null
 */
record Seen(double value, @Nullable Decimal from, @Nullable Decimal to) {

    /** Writes what some conditions saw, null for those that were not met. */
    static void write(DataOutput out, @Nullable Seen[] seen) throws IOException {
        Varint.write(out, seen.length);
        for (Seen each : seen) {
            out.writeBoolean(each != null);
            if (each != null) {
                each.writeTo(out);
            }
        }
    }

    static @Nullable Seen[] read(DataInput in) throws IOException {
        @Nullable Seen[] seen = new Seen[(int) Varint.read(in)];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.readBoolean() ? readFrom(in) : null;
        }
        return seen;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(value);
        Decimal.writeNullable(out, from);
        Decimal.writeNullable(out, to);
    }

    static Seen readFrom(DataInput in) throws IOException {
        return new Seen(in.readDouble(), Decimal.readNullable(in), Decimal.readNullable(in));
    }
}
