package io.tapewatch.domain.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures of exact sums of decimals: each is the double nearest the exact value, of two equally near the even one. */
public final class DecimalFigures {

    /** Room for a sum of products times a count, and for what has as many digits: 366 bits. */
    private static final int WORDS = 7;

    private DecimalFigures() {}

    /** Σx / n of n numbers, one at least. */
    public static double mean(WideDecimal sum, long count) {
        WideDecimal denominator = new WideDecimal(WORDS);
        denominator.set(count, 0);
        return quotient(sum, denominator);
    }

    /** The quotient of two sums, the second above zero. */
    public static double quotient(WideDecimal numerator, WideDecimal denominator) {
        WideDecimal a = raised(numerator, denominator.scale());
        WideDecimal b = raised(denominator, numerator.scale());
        return NearestDouble.quotient(a.words(), a.length(), b.words(), b.length());
    }

    /**
     * The quotient of two sums, the second above zero, as a decimal to tell: rounded half up to 18 digits, and to 18 of
     * them behind the point.
     */
    public static Decimal average(WideDecimal numerator, WideDecimal denominator) {
        BigDecimal rounded = numerator
                .toBigDecimal()
                .divide(denominator.toBigDecimal(), new MathContext(Decimals.MAX_SCALE, RoundingMode.HALF_UP));
        return Decimal.of(
                rounded.scale() > Decimals.MAX_SCALE
                        ? rounded.setScale(Decimals.MAX_SCALE, RoundingMode.HALF_UP)
                                .toPlainString()
                        : rounded.toPlainString());
    }

    /** The sample standard deviation √((n Σx² − (Σx)²) / (n (n − 1))) of n numbers, two at least. */
    public static double deviation(WideDecimal sum, WideDecimal squares, long count) {
        long x = sum.words()[0];
        if (sum.length() > 1 || x == Long.MIN_VALUE) {
            return deviationOfLarge(sum, squares, count);
        }
        WideDecimal spread = new WideDecimal(WORDS);
        spread.set(squares);
        spread.multiply(count, 0);
        spread.addProduct(-x, sum.scale(), x, sum.scale());
        WideDecimal denominator = new WideDecimal(WORDS);
        denominator.set(count, 0);
        denominator.multiply(count - 1, 0);
        denominator.raise(spread.scale());
        return NearestDouble.squareRoot(spread.words(), spread.length(), denominator.words(), denominator.length());
    }

    private static double deviationOfLarge(WideDecimal sum, WideDecimal squares, long count) {
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal x = sum.toBigDecimal();
        BigDecimal spread = n.multiply(squares.toBigDecimal()).subtract(x.multiply(x));
        return ExactDivision.squareRoot(
                spread.unscaledValue(),
                n.multiply(n.subtract(BigDecimal.ONE)).unscaledValue().multiply(BigInteger.TEN.pow(spread.scale())));
    }

    /** A number at a scale that is not less than its own. */
    private static WideDecimal raised(WideDecimal number, int scale) {
        if (number.scale() >= scale) {
            return number;
        }
        WideDecimal raised = new WideDecimal(WORDS);
        raised.set(number);
        raised.raise(scale);
        return raised;
    }
}
