package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option that is a length of time, of a millisecond to a day. */
final class Time implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public Duration convert(String text) {
        long millis;
        try {
            millis = Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        if (millis < 1 || millis > LONGEST.toMillis()) {
            throw new TypeConversionException("expected 1ms to 24h, found " + text);
        }
        return Duration.ofMillis(millis);
    }
}
