package io.tapewatch.domain.exact;

import java.math.BigInteger;

/**
 * Figures of exact sums of doubles: each is the double nearest the exact value, of two equally near the even one. The leading
 * bits say which that is but for one time in very many; then all bits are asked.
 */
public final class Figures {

    private Figures() {}

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
}
