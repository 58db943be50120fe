package io.tapewatch.domain.exact;

import java.math.BigInteger;

/**
 * The double nearest an exact value; of two equally near, the even one.
 *
 * <p>Each figure is computed to 56 bits or more, rounded down, and its last bit is set when something was cut off. A
 * double keeps 53 bits, the next one is a half, and the last is below that: the conversion, which rounds to nearest
 * even, rounds as if it saw the exact value.
 *
 * <p>Results are 0 or of a magnitude that a normal double holds: everything computed from the tape is. Subnormal results
 * would be rounded twice, so they are refused.
 */
final class ExactDivision {

    /** The bits of a quotient, give or take one, and of a root; see {@link #floorOfRoot} for why not more. */
    private static final int PRECISION = 56;

    private ExactDivision() {}

    /**
     * The double nearest numerator / denominator.
     *
     * @param denominator above zero
     * @throws ArithmeticException if the result is not zero and below the normal doubles, or above all of them
     */
    static double quotient(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() <= 0) {
            throw new ArithmeticException("The denominator must be above zero: " + denominator);
        }
        if (numerator.signum() == 0) {
            return 0.0;
        }
        BigInteger magnitude = numerator.abs();
        int scale = PRECISION - magnitude.bitLength() + denominator.bitLength();
        BigInteger[] floor = scaledQuotient(magnitude, denominator, scale);
        double result = rounded(floor[0].longValueExact(), floor[1].signum() != 0, -scale);
        return numerator.signum() < 0 ? -result : result;
    }

    /**
     * The double nearest the square root of numerator / denominator.
     *
     * @param numerator not negative
     * @param denominator above zero
     * @throws ArithmeticException if the result is not zero and below the normal doubles, or above all of them
     */
    static double squareRoot(BigInteger numerator, BigInteger denominator) {
        if (numerator.signum() < 0 || denominator.signum() <= 0) {
            throw new ArithmeticException("No square root of " + numerator + " / " + denominator);
        }
        if (numerator.signum() == 0) {
            return 0.0;
        }
        int scale = Math.floorDiv(2 * PRECISION - numerator.bitLength() + denominator.bitLength(), 2);
        BigInteger[] floor = scaledQuotient(numerator, denominator, 2 * scale);
        long root = floorOfRoot(floor[0]);
        long remainder = floor[0].longValue() - root * root; // below 2 · root + 1, so the low 64 bits are all of it
        return rounded(root, remainder != 0 || floor[1].signum() != 0, -scale);
    }

    /** The square root, rounded down, of a number of up to 113 bits. */
    private static long floorOfRoot(BigInteger square) {
        // The root as a double is off by less than its last place, which is 2⁴ at most. So what its own square leaves
        // of the number is below 2⁶³ in magnitude, and the low 64 bits are all of it.
        long root = (long) Math.sqrt(square.doubleValue());
        long remainder = square.longValue() - root * root;
        root += Math.floorDiv(remainder, 2 * root); // Newton's step, too far by one at most
        return square.longValue() - root * root < 0 ? root - 1 : root;
    }

    /** numerator · 2^scale / denominator, rounded down, and what remains. */
    private static BigInteger[] scaledQuotient(BigInteger numerator, BigInteger denominator, int scale) {
        return scale >= 0
                ? numerator.shiftLeft(scale).divideAndRemainder(denominator)
                : numerator.divideAndRemainder(denominator.shiftLeft(-scale));
    }

    /** The double nearest floor · 2^exponent, or a little more when something was cut off. */
    private static double rounded(long floor, boolean cutOff, int exponent) {
        double result = Math.scalb((double) (cutOff ? floor | 1 : floor), exponent);
        if (result < Double.MIN_NORMAL || Double.isInfinite(result)) {
            throw new ArithmeticException("Not a normal double: " + floor + " times 2 to the power of " + exponent);
        }
        return result;
    }
}
