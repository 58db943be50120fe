package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of one symbol's windows: its slices, the windows that are being corrected, the closes that later windows
 * are compared with, and when something is to be done next.
 */
public final class WindowsState {

    private static final int LAYOUT = 2;

    Slices slices = new Slices();
    final Map<Correction.Of, Correction> corrections = new LinkedHashMap<>();
    final List<SettledClose> settledCloses = new ArrayList<>();

    /** The watermark at which something is published or dropped, or {@link EventTimes#NEVER}. */
    long due = EventTimes.NEVER;

    /** The watermark at which what is final is dropped. */
    long tidyAt = EventTimes.NEVER;

    /** The watermark at which that was done last. */
    long tidiedAt = Long.MIN_VALUE;

    /** The watermark at which something happens by itself, or {@link EventTimes#NEVER}. */
    public long due() {
        return due;
    }

    /** Whether nothing is known that could be needed. */
    public boolean isEmpty() {
        return slices.isEmpty() && corrections.isEmpty() && settledCloses.isEmpty();
    }

    /** Whether no window can be published or corrected any more; then only closes are known, or nothing. */
    public boolean isFinal() {
        return slices.isEmpty() && corrections.isEmpty();
    }

    public WindowsState copy() {
        WindowsState copy = new WindowsState();
        copy.slices = slices.copy();
        corrections.forEach((of, correction) -> copy.corrections.put(of, correction.copy()));
        copy.settledCloses.addAll(settledCloses);
        copy.due = due;
        copy.tidyAt = tidyAt;
        copy.tidiedAt = tidiedAt;
        return copy;
    }

    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        slices.writeTo(out);
        Varint.write(out, corrections.size());
        for (Correction correction : corrections.values()) {
            correction.writeTo(out);
        }
        Varint.write(out, settledCloses.size());
        for (SettledClose close : settledCloses) {
            out.writeUTF(close.window());
            out.writeLong(close.through());
            out.writeLong(close.end());
            Decimal.writeNullable(out, close.close());
        }
        out.writeLong(due);
        out.writeLong(tidyAt);
        out.writeLong(tidiedAt);
    }

    public static WindowsState readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a symbol's windows was written by another release");
        }
        WindowsState state = new WindowsState();
        state.slices = Slices.readFrom(in);
        for (long left = Varint.read(in); left > 0; left--) {
            Correction correction = Correction.readFrom(in);
            state.corrections.put(correction.of, correction);
        }
        for (long left = Varint.read(in); left > 0; left--) {
            state.settledCloses.add(
                    new SettledClose(in.readUTF(), in.readLong(), in.readLong(), Decimal.readNullable(in)));
        }
        state.due = in.readLong();
        state.tidyAt = in.readLong();
        state.tidiedAt = in.readLong();
        return state;
    }
}
