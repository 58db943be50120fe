package io.tapewatch.domain.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The days of a zone as a wall calendar there has them: it is looked at each minute, and a leaf is never put back. */
final class NaiveDays {

    private static final long MINUTE = 60_000;

    private NaiveDays() {}

    /** The moments after {@code from} and up to {@code to} at which a date begins that never was before. */
    static List<Long> beginnings(ZoneId zone, long from, long to) {
        List<Long> beginnings = new ArrayList<>();
        long minute = from - from % MINUTE;
        LocalDate leaf = date(zone, minute);
        for (minute += MINUTE; minute <= to; minute += MINUTE) {
            LocalDate date = date(zone, minute);
            if (date.isAfter(leaf)) {
                leaf = date;
                if (minute > from) {
                    beginnings.add(minute);
                }
            }
        }
        return beginnings;
    }

    static LocalDate date(ZoneId zone, long time) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(time), zone);
    }
}
