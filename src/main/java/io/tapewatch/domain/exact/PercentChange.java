package io.tapewatch.domain.exact;

import java.util.Arrays;

/** Changes in per cent, (price / base − 1) · 100, as quotients. A base that is not above zero is a denominator
 * without a value. */
public final class PercentChange {

    /** Whole numbers up to this: the hundredfold difference of any two of them is a double. */
    private static final long SMALL = (1L << 53) / 200;

    /** The largest numbers that are small still when they are raised by so many digits. */
    private static final long[] SMALL_BEFORE_RAISED = smallBeforeRaised();

    private PercentChange() {}

    /** The change from a base to a price. */
    public static void of(long price, int priceScale, long base, int baseScale, Quotient into) {
        WideDecimal change = into.numerator();
        change.set(price, priceScale);
        change.subtract(base, baseScale);
        change.multiply(100, 0);
        into.denominator().set(base, baseScale);
    }

    /**
     * The double nearest the change from a base above zero to a price; of two equally near, the even one.
     *
     * @param scratch loses its value
     */
    public static double nearest(long price, int priceScale, long base, int baseScale, Quotient scratch) {
        double nearest = nearestOfSmall(price, priceScale, base, baseScale);
        if (!Double.isNaN(nearest)) {
            return nearest;
        }
        of(price, priceScale, base, baseScale, scratch);
        return scratch.nearest();
    }

    /** The same for numbers of 13 digits or fewer, when both are written at the same scale; NaN for others, and for no value. */
    public static double nearestOfSmall(long price, int priceScale, long base, int baseScale) {
        int finer = Math.max(priceScale, baseScale);
        int digits = finer - priceScale;
        int digitsOfBase = finer - baseScale;
        if (base <= 0
                || base > SMALL_BEFORE_RAISED[digitsOfBase]
                || price > SMALL_BEFORE_RAISED[digits]
                || price < -SMALL_BEFORE_RAISED[digits]) {
            return Double.NaN;
        }
        long raisedBase = base * PowersOfTen.of(digitsOfBase);
        long change = 100 * (price * PowersOfTen.of(digits) - raisedBase);
        return (double) change / raisedBase; // both are doubles, so this rounds once
    }

    private static long[] smallBeforeRaised() {
        long[] small = new long[PowersOfTen.MOST + 1];
        Arrays.setAll(small, digits -> SMALL / PowersOfTen.of(digits));
        return small;
    }

    /**
     * The change from a volume-weighted average, turnover / volume, to a price.
     *
     * @param volume not below zero
     */
    public static void fromAverage(
            long price, int priceScale, WideDecimal turnover, WideDecimal volume, Quotient into) {
        // price / (turnover / volume) − 1 is (price · volume − turnover) / turnover.
        WideDecimal change = into.numerator();
        change.set(volume);
        change.multiply(price, priceScale);
        change.subtract(turnover);
        change.multiply(100, 0);
        into.denominator().set(turnover);
    }
}
