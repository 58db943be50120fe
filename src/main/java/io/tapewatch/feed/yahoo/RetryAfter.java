package io.tapewatch.feed.yahoo;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} of RFC 9110: a number of seconds, or a date. */
final class RetryAfter {

    /** Nobody is made to wait longer for one refusal, whatever it says. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /** How long to wait, at most {@link #LONGEST}; null if the header says nothing of use. */
    static @Nullable Duration parse(String header, Instant now) {
        String text = header.strip();
        Duration wait = text.matches("[0-9]+") ? seconds(text) : untilDate(text, now);
        if (wait == null || wait.isZero() || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration seconds(String digits) {
        try {
            return Duration.ofSeconds(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return LONGEST;
        }
    }

    private static @Nullable Duration untilDate(String text, Instant now) {
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
