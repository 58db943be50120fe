package io.tapewatch.domain.trade;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Tick;

/**
 * The first print of each day that can be an open or a close, of one symbol: a print of {@link Eligibility.Last#FIRST_OF_DAY}
 * is one only if it is that print. The first is the least in the order of the tape, so the order in which prints come does not
 * show. Times are epoch milliseconds.
 */
public interface FirstsOfDays {

    /** Where there is no such day: no print is the first. */
    FirstsOfDays NONE = new FirstsOfDays() {
        @Override
        public long dayOf(long time) {
            return 0;
        }

        @Override
        public long firstOf(long time) {
            return EventTimes.NEVER;
        }

        @Override
        public boolean isFirst(long time, int nanos, long seq, int partition, long offset) {
            return false;
        }

        @Override
        public void take(Tick tick, Eligibility eligibility) {}
    };

    /** A number that names the day that holds {@code time}: its end, for example. */
    long dayOf(long time);

    /** The event time of the first print, as far as known, of the day that holds {@code time}, or {@link EventTimes#NEVER}. */
    long firstOf(long time);

    /** Whether the print at this place on the tape is the first of its day; see {@link Tick#compareOrder} for the place. */
    boolean isFirst(long time, int nanos, long seq, int partition, long offset);

    /**
     * Takes a print that at least one window counts. From then on it may be the first of its day, if it can be an open or a
     * close.
     */
    void take(Tick tick, Eligibility eligibility);
}
