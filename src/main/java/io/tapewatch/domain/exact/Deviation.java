package io.tapewatch.domain.exact;

import java.math.BigInteger;

/**
 * The standard deviation of doubles, as the double nearest the exact value; of two equally near the even one. The leading bits
 * say which that is but for one time in very many; then all bits are asked. {@link DecimalFigures} has the figures of decimals.
 */
public final class Deviation {

    private Deviation() {}

    /** The sample standard deviation √((n Σx² − (Σx)²) / (n (n − 1))) of n numbers, two at least. */
    public static double of(ExactSum sum, ExactSum squares, long count) {
        double deviation =
                DoubleDouble.squareRoot(squares.leadingSpread(count, sum), DoubleDouble.product(count, count - 1))
                        * ExactSum.UNIT;
        return Double.isNaN(deviation) ? exactly(sum, squares, count) : deviation;
    }

    private static double exactly(ExactSum sum, ExactSum squares, long count) {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger x = sum.units();
        BigInteger squared = squares.units().shiftLeft(ExactSum.FRACTION_BITS); // in units of x · x
        return ExactDivision.squareRoot(
                n.multiply(squared).subtract(x.multiply(x)),
                n.multiply(n.subtract(BigInteger.ONE)).shiftLeft(2 * ExactSum.FRACTION_BITS));
    }
}
