package io.tapewatch.domain.trade;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.ZonedDays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first print of each day that can be an open or a close, of one symbol. Some prints can be that only if they are the first
 * of their day. A late print may come before the one that was the first: the least in the order of the tape is kept, so the
 * order in which prints come does not show.
 */
final class FirstPrints {

    private static final int LAYOUT = 1;

    /** In the order of the days. */
    private final List<First> days;

    /** A place on the tape, and the end of the day it is in. */
    private record First(long dayEnd, long time, int nanos, long seq, int partition, long offset) {

        static First of(Tick tick, long dayEnd) {
            return new First(
                    dayEnd,
                    tick.time(),
                    tick.nanos(),
                    tick.seq(),
                    tick.origin().partition(),
                    tick.origin().offset());
        }

        /** Below zero if the tick stands before this place. */
        int compareFrom(Tick tick) {
            return compareFrom(
                    tick.time(),
                    tick.nanos(),
                    tick.seq(),
                    tick.origin().partition(),
                    tick.origin().offset());
        }

        int compareFrom(long time, int nanos, long seq, int partition, long offset) {
            return Tick.compareOrder(
                    time, nanos, seq, partition, offset, this.time, this.nanos, this.seq, this.partition, this.offset);
        }
    }

    FirstPrints() {
        this(new ArrayList<>());
    }

    private FirstPrints(List<First> days) {
        this.days = days;
    }

    boolean isEmpty() {
        return days.isEmpty();
    }

    FirstPrints copy() {
        return new FirstPrints(new ArrayList<>(days));
    }

    /** The first prints of the days of a calendar; what they take is kept here. */
    FirstsOfDays in(ZonedDays calendar) {
        return new FirstsOfDays() {
            @Override
            public long dayOf(long time) {
                return calendar.endOf(time);
            }

            @Override
            public long firstOf(long time) {
                First first = firstOfDay(calendar.endOf(time));
                return first == null ? EventTimes.NEVER : first.time;
            }

            @Override
            public boolean isFirst(long time, int nanos, long seq, int partition, long offset) {
                return holds(time, nanos, seq, partition, offset);
            }

            @Override
            public void take(Tick tick, Eligibility eligibility) {
                if (eligibility.last() != Eligibility.Last.NO && !isInLastDay(tick.time())) {
                    FirstPrints.this.take(tick, calendar.endOf(tick.time()));
                }
            }
        };
    }

    /** Whether a print of this time is after the first of the last day: nearly always. */
    private boolean isInLastDay(long time) {
        if (days.isEmpty()) {
            return false;
        }
        First last = days.get(days.size() - 1);
        return time > last.time && time < last.dayEnd;
    }

    private @Nullable First firstOfDay(long dayEnd) {
        for (First first : days) {
            if (first.dayEnd == dayEnd) {
                return first;
            }
        }
        return null;
    }

    private void take(Tick tick, long dayEnd) {
        int at = days.size() - 1;
        while (at >= 0 && days.get(at).dayEnd > dayEnd) {
            at--;
        }
        if (at < 0 || days.get(at).dayEnd < dayEnd) {
            days.add(at + 1, First.of(tick, dayEnd));
        } else if (days.get(at).compareFrom(tick) < 0) {
            days.set(at, First.of(tick, dayEnd));
        }
    }

    /** Whether the print at this place is the first of its day; see {@link Tick#compareOrder}. */
    private boolean holds(long time, int nanos, long seq, int partition, long offset) {
        for (First first : days) {
            if (first.compareFrom(time, nanos, seq, partition, offset) == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Drops the days that no window can hold any more.
     *
     * @param keepFor how long after its end a day may matter, in milliseconds
     */
    void forget(long watermark, long keepFor) {
        while (!days.isEmpty() && dueAt(days.get(0), keepFor) <= watermark) {
            days.remove(0);
        }
    }

    /** The watermark at which the first of the days can be dropped, or {@link EventTimes#NEVER}. */
    long due(long keepFor) {
        return days.isEmpty() ? EventTimes.NEVER : dueAt(days.get(0), keepFor);
    }

    private static long dueAt(First first, long keepFor) {
        long due = first.dayEnd + keepFor;
        return due < first.dayEnd ? EventTimes.NEVER : due;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeInt(days.size());
        for (First first : days) {
            out.writeLong(first.dayEnd);
            out.writeLong(first.time);
            out.writeInt(first.nanos);
            out.writeLong(first.seq);
            out.writeInt(first.partition);
            out.writeLong(first.offset);
        }
    }

    static FirstPrints readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of the first prints of days was written by another release");
        }
        List<First> days = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            days.add(new First(in.readLong(), in.readLong(), in.readInt(), in.readLong(), in.readInt(), in.readLong()));
        }
        return new FirstPrints(days);
    }
}
