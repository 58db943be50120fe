package io.tapewatch.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The days of a time zone: each from the first moment of a date to the first moment of the next. Mostly that is midnight
 * and 24 hours; where the clock changes at midnight a date may begin at 01:00, and a date that a zone skipped is no day.
 */
public final class ZonedDays {

    private final ZoneId zone;

    /** The day that was asked for last, as the next question is mostly about the same one. */
    private Day last = new Day(0, 0);

    private record Day(long start, long end) {

        boolean holds(long time) {
            return start <= time && time < end;
        }
    }

    public ZonedDays(ZoneId zone) {
        this.zone = zone;
    }

    /** The start of the day that holds {@code time}. */
    public long startOf(long time) {
        return day(time).start;
    }

    /** The end of the day that holds {@code time}, exclusive. */
    public long endOf(long time) {
        return day(time).end;
    }

    /** Whether the days of both are the same. */
    public boolean equalDays(ZonedDays other) {
        return zone.getRules().equals(other.zone.getRules());
    }

    private Day day(long time) {
        Day day = last;
        if (!day.holds(time)) {
            day = find(time);
            last = day;
        }
        return day;
    }

    private Day find(long time) {
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
        long start = firstMomentOf(date);
        long end = firstMomentOf(date.plusDays(1));
        // A clock put back from 00:01 to 23:01 shows the old date again: that hour belongs to the day that had begun.
        while (end <= time) {
            date = date.plusDays(1);
            start = end;
            end = firstMomentOf(date.plusDays(1));
        }
        return new Day(start, end);
    }

    private long firstMomentOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
