package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in the past, in epoch milliseconds: ISO-8601 with an offset, or how long ago it was. */
final class SinceTime implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        return parse(text, Instant.now());
    }

    /** @throws TypeConversionException if it is none; the message says what was expected */
    static long parse(String text, Instant now) {
        if (text.matches(" *[0-9]+ *[a-z]+ *")) {
            try {
                return Math.max(0, now.toEpochMilli() - Durations.parse(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException(
                    "expected how long ago, such as 15m, or an ISO-8601 time with an offset, such"
                            + " as 2013-11-25T09:30:00Z, found " + Printable.quoted(text));
        }
    }
}
