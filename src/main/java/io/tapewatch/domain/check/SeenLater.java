package io.tapewatch.domain.check;

import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What met a condition at a suppressed check.
 *
 * @param time the event time of the check
 * @param check which of the suppressed checks it was; several ticks can have the same time
 */
record SeenLater(Seen seen, long time, long check) {

    /**
     * Writes what some conditions saw, null for those that saw nothing.
     *
     * @param begin a time that is not after theirs
     */
    static void write(DataOutput out, @Nullable SeenLater[] seen, long begin) throws IOException {
        Varint.write(out, seen.length);
        for (SeenLater each : seen) {
            out.writeBoolean(each != null);
            if (each != null) {
                each.seen.writeTo(out);
                Varint.write(out, each.time - begin);
                Varint.write(out, each.check);
            }
        }
    }

    static @Nullable SeenLater[] read(DataInput in, long begin) throws IOException {
        @Nullable SeenLater[] seen = new SeenLater[(int) Varint.read(in)];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = in.readBoolean()
                    ? new SeenLater(Seen.readFrom(in), begin + Varint.read(in), Varint.read(in))
                    : null;
        }
        return seen;
    }
}
