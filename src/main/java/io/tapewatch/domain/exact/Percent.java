package io.tapewatch.domain.exact;

import java.math.BigDecimal;

/** Changes in per cent. */
public final class Percent {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Within these nothing below overflows, and no remainder falls below the normal doubles. */
    private static final double SMALLEST = 0x1p-200;

    private static final double LARGEST = 0x1p200;

    /** The share of the leading quotient within which the sum of both is sure: 64 u², with u = 2⁻⁵³. */
    private static final double DOUBT = 0x1p-100;

    private Percent() {}

    /**
     * The change from a base to a price in per cent, (price / base − 1) · 100: the double nearest the exact value for
     * these two doubles, of two equally near the even one.
     *
     * @param price any finite number
     * @param base finite and above zero
     * @throws IllegalArgumentException if the base is not above zero or one of them is not finite
     * @throws ArithmeticException if the change is beyond the range of a double
     */
    public static double change(double price, double base) {
        if (!(base >= SMALLEST && base <= LARGEST && Math.abs(price) <= LARGEST)) {
            return exactChange(price, base);
        }
        // 100 · (price − base), as a leading part and what it leaves out. The difference is exact in two parts (Knuth's
        // TwoSum), and so is a hundred times the first of them; each rest is at most u times the leading part.
        double difference = price - base;
        double subtracted = price - difference;
        double differenceRest = (price - (difference + subtracted)) + (subtracted - base);
        double numerator = 100 * difference;
        double productRest = Math.fma(100, difference, -numerator);

        // The quotient, as a leading part and the quotient of all that it leaves out. The remainder of a division is
        // exact; with the two rests it is at most 3 u times the numerator. What is rounded on the way (one product,
        // two sums, one quotient, and below one more sum) is off by less than 16 u² times the leading part.
        double quotient = numerator / base;
        double remainder = Math.fma(-quotient, base, numerator);
        double correction = (remainder + productRest + 100 * differenceRest) / base;

        // The exact value lies between these two, so if both round to the same double, it does (Ziv's test).
        double doubt = Math.abs(quotient) * DOUBT;
        double lower = quotient + (correction - doubt);
        double upper = quotient + (correction + doubt);
        return lower == upper ? lower : exactChange(price, base);
    }

    private static double exactChange(double price, double base) {
        if (!(base > 0 && base <= Double.MAX_VALUE && Math.abs(price) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "A change needs a finite price and a finite base above zero, not " + price + " and " + base);
        }
        BigDecimal numerator =
                new BigDecimal(price).subtract(new BigDecimal(base)).multiply(HUNDRED);
        BigDecimal denominator = new BigDecimal(base);
        int scale = Math.max(numerator.scale(), denominator.scale());
        return ExactDivision.quotient(
                numerator.setScale(scale).unscaledValue(),
                denominator.setScale(scale).unscaledValue());
    }
}
