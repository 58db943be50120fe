package io.tapewatch.domain.check;

import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The value of a metric: a quotient of two exact numbers, or a double that has been rounded on the way.
 *
 * @param numerator or the double
 * @param denominator above zero
 * @param isDouble whether it is compared as a double
 */
record NaiveValue(BigDecimal numerator, BigDecimal denominator, boolean isDouble) {

    /** More digits than can decide between two doubles. */
    private static final MathContext DIGITS = new MathContext(200);

    private static final BigDecimal MOST = BigDecimal.TEN.pow(18);

    static NaiveValue of(BigDecimal number) {
        return number == null ? null : new NaiveValue(number, BigDecimal.ONE, false);
    }

    static NaiveValue of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    static NaiveValue ofDouble(double number) {
        return new NaiveValue(new BigDecimal(number), BigDecimal.ONE, true);
    }

    /** Null without a denominator above zero. */
    static NaiveValue quotient(BigDecimal numerator, BigDecimal denominator) {
        return denominator.signum() <= 0 ? null : new NaiveValue(numerator, denominator, false);
    }

    int compareTo(Decimal limit) {
        BigDecimal exact = new BigDecimal(limit.toString());
        return isDouble
                ? numerator.compareTo(new BigDecimal(exact.doubleValue()))
                : numerator.compareTo(exact.multiply(denominator));
    }

    double nearest() {
        return numerator.divide(denominator, DIGITS).doubleValue();
    }

    /** The value as a limit that is it exactly; nothing if it has too many digits. */
    Optional<Decimal> asLimit() {
        try {
            BigDecimal exact = numerator.divide(denominator).stripTrailingZeros();
            boolean fits = exact.precision() <= 18
                    && exact.scale() <= 18
                    && exact.abs().compareTo(MOST) <= 0;
            return fits ? Optional.of(Decimal.of(exact.toPlainString())) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty(); // it has no end
        }
    }

    /** A limit of 18 digits that is as near as one can be, and the value only where that has no more. */
    Optional<Decimal> asNearLimit() {
        BigDecimal near = numerator.divide(denominator, new MathContext(18));
        boolean fits =
                near.abs().compareTo(MOST) <= 0 && near.abs().movePointRight(18).compareTo(BigDecimal.ONE) >= 0;
        return fits ? Optional.of(Decimal.of(near.toPlainString())) : Optional.empty();
    }
}
