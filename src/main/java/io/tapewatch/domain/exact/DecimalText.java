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

    /**
     * Writes a number in ASCII.
     *
     * @param to has room for {@link #MAX_LENGTH} bytes from the place on
     * @return the place behind it
     */
    public static int write(byte[] to, int at, long units, int scale) {
        int begin = at;
        if (units < 0) {
            to[begin++] = '-';
        }
        long magnitude = Math.abs(units);
        long one = PowersOfTen.of(scale);
        long whole = magnitude / one;
        int point = begin + digits(whole);
        writeDigits(to, begin, point, whole);
        if (scale == 0) {
            return point;
        }
        to[point] = '.';
        int end = point + 1 + scale;
        writeDigits(to, point + 1, end, magnitude - whole * one);
        return end;
    }

    private static void writeDigits(byte[] to, int begin, int end, long number) {
        long rest = number;
        for (int i = end - 1; i >= begin; i--) {
            long tenth = rest / 10;
            to[i] = (byte) ('0' + rest - 10 * tenth);
            rest = tenth;
        }
    }

    private static int digits(long magnitude) {
        int digits = 1;
        while (digits <= PowersOfTen.MOST && magnitude >= PowersOfTen.of(digits)) {
            digits++;
        }
        return digits;
    }
}
