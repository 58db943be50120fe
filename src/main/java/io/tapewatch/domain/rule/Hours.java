package io.tapewatch.domain.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * The hours in which a rule is evaluated: while the clock on the wall of a place reads {@code from} or later and earlier than {@code to}.
 * Hours that go on past midnight, such as 22:00 to 02:00, belong to the day on which they begin.
 *
 * <p>It is the clock that counts. Where it is put forward the hours are shorter, or fall away; where it is put back they
 * are longer, or come twice.
 *
 * @param from the first second of the day, 0 to 86,399
 * @param to the second of the day at which they are over, 1 to 86,400, which is the end of the day; less than {@code
 *     from} when they go on past midnight
 * @param zone the place
 * @param days the days on which they begin, one at least
 */
public record Hours(int from, int to, ZoneId zone, Set<DayOfWeek> days) {

    /** The seconds of a day on the clock. */
    public static final int DAY = 24 * 60 * 60;

    /** What {@link #dayAt} is when the rule is not evaluated. */
    public static final long NO_DAY = Long.MIN_VALUE;

    public Hours {
        if (from < 0 || from >= DAY || to < 1 || to > DAY) {
            throw new IllegalArgumentException("\"hours\" must be within a day: from 00:00 to 24:00");
        }
        if (from == to) {
            throw new IllegalArgumentException(
                    "\"hours\" that begin and end at the same time are none: leave both out for the whole day");
        }
        if (days.isEmpty()) {
            throw new IllegalArgumentException("\"hours\" needs a day at least, such as MON-FRI");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    /** Whether the rule is evaluated at all times of these days. */
    public boolean areWholeDays() {
        return from == 0 && to == DAY;
    }

    /**
     * The day on which the hours began that a moment is in, in days since 1970 on that place's calendar, or {@link
     * #NO_DAY} when the rule is not evaluated then.
     *
     * @param time the moment in epoch milliseconds
     */
    public long dayAt(long time) {
        ZonedDateTime there = Instant.ofEpochMilli(time).atZone(zone);
        int second = there.toLocalTime().toSecondOfDay();
        boolean pastMidnight = to < from && second < to;
        if (!pastMidnight && (second < from || second >= (to < from ? DAY : to))) {
            return NO_DAY;
        }
        long day = there.toLocalDate().toEpochDay() - (pastMidnight ? 1 : 0);
        DayOfWeek weekday = pastMidnight ? there.getDayOfWeek().minus(1) : there.getDayOfWeek();
        return days.contains(weekday) ? day : NO_DAY;
    }

    /** The time of day at a second, such as {@code 15:50}. */
    public static String clock(int second) {
        return second == DAY ? "24:00" : LocalTime.ofSecondOfDay(second).toString();
    }
}
