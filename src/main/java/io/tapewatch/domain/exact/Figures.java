package io.tapewatch.domain.exact;

import java.math.BigInteger;

/**
 * Figures of exact sums: each is the double nearest the exact value, of two equally near the even one. The leading bits
 * say which that is but for one time in very many; then all bits are asked.
 */
public final class Figures {

    private static final int SIGNIFICAND_BITS = 53;

    private Figures() {}

    /** Σx / n of n numbers, one at least. */
    public static double mean(ExactSum sum, long count) {
        double mean = DoubleDouble.quotient(sum.leadingUnits(), DoubleDouble.product(count, 1)) * ExactSum.UNIT;
        return Double.isNaN(mean)
                ? ExactDivision.quotient(sum.units(), BigInteger.valueOf(count).shiftLeft(ExactSum.FRACTION_BITS))
                : mean;
    }

    /** The sample standard deviation √((n Σx² − (Σx)²) / (n (n − 1))) of n numbers, two at least. */
    public static double deviation(ExactSum sum, ExactSum squares, long count) {
        double deviation =
                DoubleDouble.squareRoot(squares.leadingSpread(count, sum), DoubleDouble.product(count, count - 1))
                        * ExactSum.UNIT;
        return Double.isNaN(deviation) ? exactDeviation(sum, squares, count) : deviation;
    }

    private static double exactDeviation(ExactSum sum, ExactSum squares, long count) {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger x = sum.units();
        BigInteger squared = squares.units().shiftLeft(ExactSum.FRACTION_BITS); // in units of x · x
        return ExactDivision.squareRoot(
                n.multiply(squared).subtract(x.multiply(x)),
                n.multiply(n.subtract(BigInteger.ONE)).shiftLeft(2 * ExactSum.FRACTION_BITS));
    }

    /** A sum times a factor, which is finite and above zero. */
    public static double times(ExactSum sum, double factor) {
        if (factor == 1) {
            return sum.doubleValue();
        }
        // The factor is its significand, a whole number, times 2 to the power of this.
        int exponent = Math.getExponent(factor) - SIGNIFICAND_BITS + 1;
        BigInteger product = sum.units().multiply(BigInteger.valueOf((long) Math.scalb(factor, -exponent)));
        int shift = exponent - ExactSum.FRACTION_BITS;
        return shift < 0
                ? ExactDivision.quotient(product, BigInteger.ONE.shiftLeft(-shift))
                : ExactDivision.quotient(product.shiftLeft(shift), BigInteger.ONE);
    }

    /** The quotient of two sums, the second above zero. */
    public static double quotient(ExactSum numerator, ExactSum denominator) {
        double quotient = DoubleDouble.quotient(numerator.leadingUnits(), denominator.leadingUnits());
        return Double.isNaN(quotient) ? ExactDivision.quotient(numerator.units(), denominator.units()) : quotient;
    }

    /**
     * The quotient of two sums, each times a whole number above zero.
     *
     * @param numerator not negative
     * @param denominator above zero
     */
    public static double quotient(
            ExactSum numerator, long numeratorTimes, ExactSum denominator, long denominatorTimes) {
        double quotient = DoubleDouble.quotient(
                numerator.leadingTimes(numeratorTimes), denominator.leadingTimes(denominatorTimes));
        return Double.isNaN(quotient)
                ? ExactDivision.quotient(
                        numerator.units().multiply(BigInteger.valueOf(numeratorTimes)),
                        denominator.units().multiply(BigInteger.valueOf(denominatorTimes)))
                : quotient;
    }
}
