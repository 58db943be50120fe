package io.tapewatch.domain.exact;

import java.math.BigDecimal;
import java.util.function.ToIntFunction;

/** The definition of the double nearest an exact value, checked on {@link BigDecimal}s, which are exact. */
public final class Exactly {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private Exactly() {}

    /**
     * Whether no double is nearer to a value than the candidate, and if another is as near, the candidate is even.
     *
     * @param valueComparedTo compares the value, which need not be a decimal itself, with the decimal it is given
     */
    public static boolean isNearest(double candidate, ToIntFunction<BigDecimal> valueComparedTo) {
        BigDecimal below = halfway(candidate, Math.nextDown(candidate));
        BigDecimal above = halfway(candidate, Math.nextUp(candidate));
        int toBelow = valueComparedTo.applyAsInt(below);
        int toAbove = valueComparedTo.applyAsInt(above);
        boolean even = (Double.doubleToRawLongBits(candidate) & 1) == 0;
        return even ? toBelow >= 0 && toAbove <= 0 : toBelow > 0 && toAbove < 0;
    }

    /** Compares numerator / denominator, the latter above zero. */
    public static ToIntFunction<BigDecimal> quotient(BigDecimal numerator, BigDecimal denominator) {
        return value -> numerator.compareTo(value.multiply(denominator));
    }

    /** Compares the square root of numerator / denominator, neither below zero. */
    public static ToIntFunction<BigDecimal> squareRoot(BigDecimal numerator, BigDecimal denominator) {
        return value -> value.signum() < 0
                ? 1
                : numerator.compareTo(value.multiply(value).multiply(denominator));
    }

    private static BigDecimal halfway(double a, double b) {
        return new BigDecimal(a).add(new BigDecimal(b)).multiply(HALF);
    }
}
