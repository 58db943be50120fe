package io.tapewatch.io.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/** Times as ISO-8601 in UTC: the outputs write three digits of milliseconds, and more only where a
 * tick has them; the terminal shows seconds. */
public final class IsoTime {

    private static final long MILLIS_PER_DAY = 24 * 60 * 60 * 1000;
    private static final DateTimeFormatter ANY_YEAR =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final DateTimeFormatter TO_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private IsoTime() {}

    /**
     * The time as text, such as {@code 2013-11-25T00:00:13.000Z}; years after 9999 have a sign and more digits.
     *
     * @param millis epoch milliseconds
     */
    public static String format(long millis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_PER_DAY));
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return ANY_YEAR.format(Instant.ofEpochMilli(millis));
        }
        int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
        byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
        put(text, 0, 4, date.getYear());
        put(text, 5, 2, date.getMonthValue());
        put(text, 8, 2, date.getDayOfMonth());
        put(text, 11, 2, ofDay / 3_600_000);
        put(text, 14, 2, ofDay / 60_000 % 60);
        put(text, 17, 2, ofDay / 1000 % 60);
        put(text, 20, 3, ofDay % 1000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * The same with as many digits as the nanoseconds after the millisecond take: three, six or nine.
     *
     * @param nanos 0 to 999,999
     */
    public static String format(long millis, int nanos) {
        String toMilli = format(millis);
        if (nanos == 0) {
            return toMilli;
        }
        boolean isWholeMicros = nanos % 1000 == 0;
        byte[] beyond = new byte[isWholeMicros ? 3 : 6];
        put(beyond, 0, beyond.length, isWholeMicros ? nanos / 1000 : nanos);
        return toMilli.substring(0, toMilli.length() - 1) + new String(beyond, StandardCharsets.ISO_8859_1) + 'Z';
    }

    /** The same to the second, such as {@code 2013-11-25T00:00:13Z}. */
    public static String toSecond(long millis) {
        return TO_SECOND.format(Instant.ofEpochMilli(millis));
    }

    /** The same of an ISO-8601 instant; any other text stays as it is. */
    public static String toSecond(String iso) {
        try {
            return TO_SECOND.format(Instant.parse(iso));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    private static void put(byte[] text, int from, int digits, int number) {
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + number % 10);
            number /= 10;
        }
    }
}
