package io.tapewatch.domain.exact;

/** Changes in per cent, (price / base − 1) · 100, as quotients. A base that is not above zero is a denominator
 * without a value. */
public final class PercentChange {

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
