package io.tapewatch.domain.exact;

import java.util.Arrays;

/**
 * The double nearest a figure of whole numbers; of two equally near, the even one. Small numbers are doubles, and one
 * division finds it. Else the leading bits say which it is but for one time in very many; then all bits are asked.
 */
final class NearestDouble {

    /** The double nearest a whole number up to this is a word. */
    private static final long LARGEST_SPLIT = 1L << 62;

    private NearestDouble() {}

    /**
     * The double nearest numerator / denominator.
     *
     * @param denominator above zero
     */
    static double quotient(long[] numerator, int length, long[] denominator, int otherLength) {
        if (length == 1 && otherLength == 1 && Decimals.isDouble(numerator[0]) && Decimals.isDouble(denominator[0])) {
            return (double) numerator[0] / denominator[0];
        }
        double nearest = DoubleDouble.quotient(leading(numerator, length), leading(denominator, otherLength));
        return Double.isNaN(nearest)
                ? ExactDivision.quotient(
                        WideInts.toBigInteger(numerator, length), WideInts.toBigInteger(denominator, otherLength))
                : nearest;
    }

    /**
     * The double nearest the square root of numerator / denominator.
     *
     * @param numerator not below zero
     * @param denominator above zero
     */
    static double squareRoot(long[] numerator, int length, long[] denominator, int otherLength) {
        double nearest = DoubleDouble.squareRoot(leading(numerator, length), leading(denominator, otherLength));
        return Double.isNaN(nearest)
                ? ExactDivision.squareRoot(
                        WideInts.toBigInteger(numerator, length), WideInts.toBigInteger(denominator, otherLength))
                : nearest;
    }

    private static DoubleDouble leading(long[] number, int length) {
        long lowest = number[0];
        if (length == 1 && Math.abs(lowest) <= LARGEST_SPLIT && lowest != Long.MIN_VALUE) {
            double high = lowest;
            return new DoubleDouble(high, lowest - (long) high); // both are exact
        }
        return DoubleDouble.of(Arrays.copyOf(number, length));
    }
}
