package io.tapewatch.domain.exact;

import java.math.BigInteger;

/**
 * Decimal numbers as pairs of words, for paths on which no object may be made: units and a scale, which stand for units ·
 * 10<sup>−scale</sup>.
 *
 * <p>A pair is in its form if its scale is 0 to {@link #MAX_SCALE}, its units are within ±{@link #MAX_UNITS}, and no zero
 * ends the digits after the point: 1.5 is (15, 1), never (150, 2), and zero is (0, 0). So equal numbers are equal pairs.
 * {@link DecimalReader} and {@link Decimal} make no others.
 */
public final class Decimals {

    /** The most digits after the point. */
    public static final int MAX_SCALE = 18;

    /** The largest number of units, and the largest number. */
    public static final long MAX_UNITS = PowersOfTen.of(18);

    /** Whole numbers up to this are doubles. */
    private static final long LARGEST_EXACT = 1L << 53;

    private Decimals() {}

    /** Whether the pair is in its form. */
    public static boolean isInForm(long units, int scale) {
        return scale >= 0
                && scale <= MAX_SCALE
                && units >= -MAX_UNITS
                && units <= MAX_UNITS
                && (scale == 0 || units % 10 != 0);
    }

    /** Compares two numbers, exactly. */
    public static int compare(long units, int scale, long otherUnits, int otherScale) {
        if (scale == otherScale) {
            return Long.compare(units, otherUnits);
        }
        return scale < otherScale
                ? compareCoarser(units, PowersOfTen.of(otherScale - scale), otherUnits)
                : -compareCoarser(otherUnits, PowersOfTen.of(scale - otherScale), units);
    }

    /** Compares the coarser of two numbers, in units of the finer one, with that one. */
    private static int compareCoarser(long units, long times, long finer) {
        long high = Math.multiplyHigh(units, times);
        long otherHigh = finer >> 63;
        return high != otherHigh ? Long.compare(high, otherHigh) : Long.compareUnsigned(units * times, finer);
    }

    /** The double nearest the number; of two equally near, the even one. */
    public static double nearest(long units, int scale) {
        long power = PowersOfTen.of(scale);
        if (isDouble(units)) {
            return (double) units / power; // both are doubles, also the power, so this rounds once
        }
        double nearest = DoubleDouble.quotient(DoubleDouble.of(new long[] {units}), new DoubleDouble(power, 0));
        return Double.isNaN(nearest)
                ? ExactDivision.quotient(BigInteger.valueOf(units), BigInteger.valueOf(power))
                : nearest;
    }

    /** A double near the number: off by a share of less than 2⁻⁵¹. */
    public static double estimate(long units, int scale) {
        return (double) units / PowersOfTen.of(scale);
    }

    /** Whether every whole number of that magnitude is a double. */
    static boolean isDouble(long whole) {
        return whole >= -LARGEST_EXACT && whole <= LARGEST_EXACT;
    }

    /** The number in plain digits, without an exponent: {@code 0.3}, {@code 1155}. */
    public static String toString(long units, int scale) {
        StringBuilder text = new StringBuilder(DecimalText.MAX_LENGTH);
        DecimalText.append(text, units, scale);
        return text.toString();
    }
}
