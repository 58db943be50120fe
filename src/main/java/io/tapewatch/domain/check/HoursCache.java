package io.tapewatch.domain.check;

import io.tapewatch.domain.rule.Hours;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/** The {@link Hours} of a rule, with a memory of the last answer: a calendar is not opened for each tick. */
final class HoursCache {

    private static final long SECOND = 1000;

    private final Hours hours;

    /** The times for which {@link #day} is right. */
    private long from = Long.MAX_VALUE;

    private long to = Long.MIN_VALUE;
    private long day;

    HoursCache(Hours hours) {
        this.hours = hours;
    }

    /** As {@link Hours#dayAt}. */
    long dayAt(long time) {
        if (time < from || time >= to) {
            lookUp(time);
        }
        return day;
    }

    private void lookUp(long time) {
        day = hours.dayAt(time);
        Instant instant = Instant.ofEpochMilli(time);
        ZonedDateTime there = instant.atZone(hours.zone());
        int second = there.toLocalTime().toSecondOfDay();
        // While the clock is not put forward or back and passes neither end of the hours nor midnight, it stays so.
        from = time - Math.floorMod(time, SECOND) - (second - lastBoundary(second)) * SECOND;
        to = time - Math.floorMod(time, SECOND) + (nextBoundary(second) - second) * SECOND;
        ZoneOffsetTransition last = hours.zone().getRules().previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition next = hours.zone().getRules().nextTransition(instant);
        from = last == null ? from : Math.max(from, last.getInstant().toEpochMilli());
        to = next == null ? to : Math.min(to, next.getInstant().toEpochMilli());
    }

    private int lastBoundary(int second) {
        int last = 0;
        last = hours.from() <= second ? Math.max(last, hours.from()) : last;
        return hours.to() <= second ? Math.max(last, hours.to()) : last;
    }

    private int nextBoundary(int second) {
        int next = Hours.DAY;
        next = hours.from() > second ? Math.min(next, hours.from()) : next;
        return hours.to() > second ? Math.min(next, hours.to()) : next;
    }
}
