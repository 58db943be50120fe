package io.tapewatch.domain.exact;

/**
 * Decimal numbers in plain digits, never with an exponent: {@code 0.3}, {@code 1155}, {@code -12.05}. It makes no objects.
 *
 * <p>Numbers are pairs of {@link Decimals}. Their units may be any but {@link Long#MIN_VALUE}, and zeros at the end are
 * written as they are.
 */
public final class DecimalText {

    /** The most characters of a number: a sign, a zero, the point and 18 digits. */
    public static final int MAX_LENGTH = 21;

    private DecimalText() {}

    /** Appends a number. */
    public static void append(StringBuilder text, long units, int scale) {
        if (scale == 0) {
            text.append(units);
            return;
        }
        if (units < 0) {
            text.append('-');
        }
        long magnitude = Math.abs(units);
        long one = PowersOfTen.of(scale);
        long whole = magnitude / one;
        long fraction = magnitude - whole * one;
        text.append(whole).append('.');
        for (long place = one / 10; place > fraction && place > 1; place /= 10) {
            text.append('0');
        }
        text.append(fraction);
    }
}
