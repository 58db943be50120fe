package io.tapewatch.local;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** How the terminal writes event time: ISO-8601 in UTC, to the second. */
public final class Times {

    private static final DateTimeFormatter TO_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    public static String toSecond(long epochMillis) {
        return TO_SECOND.format(Instant.ofEpochMilli(epochMillis));
    }

    /** The same for an ISO-8601 instant; any other text stays as it is. */
    public static String toSecond(String iso) {
        try {
            return TO_SECOND.format(Instant.parse(iso));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }
}
