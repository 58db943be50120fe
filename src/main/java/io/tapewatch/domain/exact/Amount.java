package io.tapewatch.domain.exact;

/** Amounts of money: of a trade, or of all trades in a window, times the multiplier of the instrument. */
public final class Amount {

    /** Room for a sum of products times a multiplier: 363 bits. */
    private static final int WORDS = 6;

    private Amount() {}

    /** price · size · multiplier of a trade. */
    public static void notional(
            long price, int priceScale, long size, int sizeScale, long multiplier, int multiplierScale, Quotient into) {
        into.set(price, priceScale);
        WideDecimal notional = into.numerator();
        notional.multiply(size, sizeScale);
        notional.multiply(multiplier, multiplierScale);
    }

    /** Σ price · size, times the multiplier. */
    public static void turnover(WideDecimal turnover, long multiplier, int multiplierScale, Quotient into) {
        into.denominator().set(1, 0);
        into.numerator().set(turnover);
        into.numerator().multiply(multiplier, multiplierScale);
    }

    /** The same as a number of its own. */
    public static WideDecimal turnover(WideDecimal turnover, long multiplier, int multiplierScale) {
        WideDecimal times = new WideDecimal(WORDS);
        times.set(turnover);
        times.multiply(multiplier, multiplierScale);
        return times;
    }
}
