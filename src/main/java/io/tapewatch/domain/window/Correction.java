package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a window stands that has been corrected, or is to be. Of any other, what was published follows from its ticks: one
 * result when its end was reached; of a cumulating one, one at the end of each step with ticks.
 */
final class Correction {

    static final long NOTHING_PUBLISHED = Long.MIN_VALUE;

    /**
     * The window.
     *
     * @param window its form, by its canonical name
     * @param end its end
     */
    record Of(String window, long end) {}

    final Of of;

    /** What the result published last describes, or {@link #NOTHING_PUBLISHED}. */
    long asOf = NOTHING_PUBLISHED;

    /** The revision of that result, or −1. */
    int revision = -1;

    /** The event time of that publication. */
    long publishedAt;

    /** The previous close it was published with. */
    @Nullable
    Decimal previousClose;

    /** Whether its ticks have changed since. */
    boolean hasNewTicks;

    /** The watermark at which the next result is due, or {@link EventTimes#NEVER}. */
    long due = EventTimes.NEVER;

    /** What that result is to describe. */
    long dueAsOf = NOTHING_PUBLISHED;

    Correction(Of of) {
        this.of = of;
    }

    boolean isDue() {
        return due != EventTimes.NEVER;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(of.window());
        out.writeLong(of.end());
        out.writeLong(asOf);
        out.writeInt(revision);
        out.writeLong(publishedAt);
        Decimal.writeNullable(out, previousClose);
        out.writeBoolean(hasNewTicks);
        out.writeLong(due);
        out.writeLong(dueAsOf);
    }

    static Correction readFrom(DataInput in) throws IOException {
        Correction correction = new Correction(new Of(in.readUTF(), in.readLong()));
        correction.asOf = in.readLong();
        correction.revision = in.readInt();
        correction.publishedAt = in.readLong();
        correction.previousClose = Decimal.readNullable(in);
        correction.hasNewTicks = in.readBoolean();
        correction.due = in.readLong();
        correction.dueAsOf = in.readLong();
        return correction;
    }

    Correction copy() {
        Correction copy = new Correction(of);
        copy.asOf = asOf;
        copy.revision = revision;
        copy.publishedAt = publishedAt;
        copy.previousClose = previousClose;
        copy.hasNewTicks = hasNewTicks;
        copy.due = due;
        copy.dueAsOf = dueAsOf;
        return copy;
    }
}
