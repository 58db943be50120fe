package io.tapewatch.domain.exact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Wide decimals in plain digits, never with an exponent, and without zeros that end the digits behind the point. */
final class WideText {

    private static final long BILLION = 1_000_000_000;
    private static final int DIGITS_OF_BILLION = 9;
    private static final int MOST_DIGITS_OF_WORD = 20;
    private static final long LOWER_HALF = 0xffffffffL;

    private WideText() {}

    /** The text of a number of {@link WideInts} at a scale. */
    static String of(long[] number, int length, int scale) {
        boolean isNegative = WideInts.sign(number, length) < 0;
        long[] rest = Arrays.copyOf(number, length + 1);
        int words = isNegative ? WideInts.negate(rest, length) : length;

        // All digits, zeros in front, with room for a sign and a point.
        byte[] digits = new byte[MOST_DIGITS_OF_WORD * words + scale + 2];
        Arrays.fill(digits, (byte) '0');
        int end = digits.length;
        for (int at = end; words > 0; at -= DIGITS_OF_BILLION) {
            write(digits, at, divide(rest, words));
            while (words > 0 && rest[words - 1] == 0) {
                words--;
            }
        }
        int decimals = scale;
        while (decimals > 0 && digits[end - 1] == '0') {
            decimals--;
            end--;
        }
        int begin = 2;
        while (digits[begin] == '0' && begin < end - decimals - 1) {
            begin++;
        }
        if (decimals > 0) {
            int point = end - decimals - 1; // where the last digit before it stands
            System.arraycopy(digits, begin, digits, begin - 1, point - begin + 1);
            digits[point] = '.';
            begin--;
        }
        if (isNegative) {
            digits[--begin] = '-';
        }
        return new String(digits, begin, end - begin, StandardCharsets.US_ASCII);
    }

    /** Divides a number that is not below zero by a billion, in place, and returns the remainder. */
    private static long divide(long[] number, int words) {
        long remainder = 0;
        for (int i = words - 1; i >= 0; i--) {
            long upper = (remainder << 32) | (number[i] >>> 32);
            long upperQuotient = upper / BILLION;
            long lower = ((upper - upperQuotient * BILLION) << 32) | (number[i] & LOWER_HALF);
            long lowerQuotient = lower / BILLION;
            remainder = lower - lowerQuotient * BILLION;
            number[i] = (upperQuotient << 32) | lowerQuotient;
        }
        return remainder;
    }

    /** Writes nine digits that end before a place, but no zeros in front, as they are there. */
    private static void write(byte[] digits, int end, long number) {
        long rest = number;
        for (int i = end - 1; rest > 0; i--) {
            long tenth = rest / 10;
            digits[i] = (byte) ('0' + rest - 10 * tenth);
            rest = tenth;
        }
    }
}
