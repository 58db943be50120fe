package io.tapewatch.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: one whole number and one unit, {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h},
 * {@code 1d}. Blanks may stand between the two and around them. A day is 24 hours.
 */
public final class Durations {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile(" *([0-9]+) *([a-z]+) *");

    private Durations() {}

    /** The units, the largest first. */
    private enum Unit {
        d(24 * 60 * 60 * 1000),
        h(60 * 60 * 1000),
        m(60 * 1000),
        s(1000),
        ms(1);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }
    }

    /**
     * The duration in milliseconds.
     *
     * @throws IllegalArgumentException if the text is no duration, or one of more than 2<sup>63</sup> − 1 ms; the message
     *     says what is wrong and what would be right
     */
    public static long parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            for (Unit unit : Unit.values()) {
                if (unit.name().equals(matcher.group(2))) {
                    return millis(text, matcher.group(1), unit);
                }
            }
        }
        throw new IllegalArgumentException(Printable.quoted(text)
                + " is not a duration: write a whole number and one of ms, s, m, h, d, such as \"5m\"");
    }

    private static long millis(String text, String number, Unit unit) {
        try {
            return Math.multiplyExact(Long.parseLong(number), unit.millis);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(Printable.quoted(text) + " is too long for a duration", e);
        }
    }

    /**
     * The canonical form: the number of the largest unit that divides the duration, so that {@code 60s} is {@code 1m}
     * and {@code 90s} stays; {@code 0s} for none.
     *
     * @param millis the duration in milliseconds, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public static String format(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("A duration cannot be negative: " + millis + " ms");
        }
        if (millis == 0) {
            return "0s";
        }
        for (Unit unit : Unit.values()) {
            if (millis % unit.millis == 0) {
                return millis / unit.millis + unit.name();
            }
        }
        throw new AssertionError("Every whole number is a multiple of one");
    }
}
