package io.tapewatch.domain.exact;

/**
 * A quotient of two exact numbers, for the figures of rules: it is compared with a limit exactly, and is the nearest
 * double only where somebody reads it. One is used for one figure after the other, and allocates nothing until then.
 *
 * <p>A figure is written into {@link #numerator} and {@link #denominator}. Without a denominator above zero it has no
 * value. {@link PercentChange}, {@link MidShare}, {@link Ratio} and {@link Amount} write some.
 *
 * <p>A comparison first divides two doubles. If their quotient is so far from the limit that all that was rounded cannot
 * matter, it tells. Else the numerator is compared with the product of the limit and the denominator, digit by digit.
 */
public final class Quotient {

    /**
     * Room for 512 bits. The largest numerator is a turnover times a multiplier: at most 10³⁶ · 2⁶³ · 10¹⁸, kept at 45 decimals,
     * which is 393 bits. Where a comparison needs all digits, the numerator is near a limit of at most 10¹⁸ times the
     * denominator. That is at most 10¹⁸ · 10³⁶ · 2⁶³ at the 36 decimals of a turnover and the 18 of the limit: 422 bits.
     */
    private static final int WORDS = 8;

    /**
     * The share by which an estimate and the double of a limit are off together, at most: 2⁻⁵¹ each for the numerator and
     * the denominator, and 2⁻⁵³ for each of the limit, the division and three powers of ten.
     */
    static final double DOUBT = 0x1p-48;

    /** The highest power of ten that is a double. */
    private static final int MOST_DIGITS = 22;

    private static final double[] POWERS = powers();

    private final WideDecimal numerator = new WideDecimal(WORDS);
    private final WideDecimal denominator = new WideDecimal(WORDS);
    private final WideDecimal limitTimesDenominator = new WideDecimal(WORDS);

    /** Or NaN when it is not known. */
    private double estimate = Double.NaN;

    /** The numerator, to be changed before the next comparison. */
    public WideDecimal numerator() {
        estimate = Double.NaN;
        return numerator;
    }

    /** The denominator, likewise. */
    public WideDecimal denominator() {
        estimate = Double.NaN;
        return denominator;
    }

    /** Makes it one without a value. */
    public void clear() {
        numerator().clear();
        denominator().clear();
    }

    /** Makes it a number. */
    public void set(long units, int scale) {
        numerator().set(units, scale);
        denominator().set(1, 0);
    }

    /** Whether it has a value. */
    public boolean hasValue() {
        return denominator.sign() > 0;
    }

    /** Compares the exact value with a limit: 1 if it is above, 0 if it is the limit, −1 if it is below. */
    public int compareTo(Limit limit) {
        requireValue();
        double near = estimate();
        double distance = near - limit.nearest();
        if (Math.abs(distance) > DOUBT * (Math.abs(near) + Math.abs(limit.nearest()))) {
            return distance > 0 ? 1 : -1;
        }
        return compareExactly(limit.units(), limit.scale());
    }

    private int compareExactly(long units, int scale) {
        limitTimesDenominator.set(denominator);
        limitTimesDenominator.multiply(units, scale);
        // Of a quotient that is kept at a larger scale the value is the same.
        numerator.raise(limitTimesDenominator.scale());
        limitTimesDenominator.raise(numerator.scale());
        return WideInts.compare(
                numerator.words(), numerator.length(), limitTimesDenominator.words(), limitTimesDenominator.length());
    }

    /**
     * A double near the value, or NaN if there is none: off by a share of less than 2⁻⁴⁸. {@link Limit#surelyBelow} and
     * {@link Limit#surelyAbove} are what it can be compared with.
     */
    public double estimate() {
        if (Double.isNaN(estimate) && hasValue()) {
            estimate = divided();
        }
        return estimate;
    }

    private double divided() {
        double quotient = WideInts.estimate(numerator.words(), numerator.length())
                / WideInts.estimate(denominator.words(), denominator.length());
        int digits = denominator.scale() - numerator.scale();
        for (; digits > 0; digits -= Math.min(digits, MOST_DIGITS)) {
            quotient *= POWERS[Math.min(digits, MOST_DIGITS)];
        }
        for (; digits < 0; digits += Math.min(-digits, MOST_DIGITS)) {
            quotient /= POWERS[Math.min(-digits, MOST_DIGITS)];
        }
        return quotient;
    }

    /** The double nearest the exact value; of two equally near, the even one. */
    public double nearest() {
        requireValue();
        align();
        return NearestDouble.quotient(numerator.words(), numerator.length(), denominator.words(), denominator.length());
    }

    private void align() {
        numerator.raise(denominator.scale());
        denominator.raise(numerator.scale());
    }

    private void requireValue() {
        if (!hasValue()) {
            throw new IllegalStateException("A quotient by " + denominator + " has no value");
        }
    }

    private static double[] powers() {
        double[] powers = new double[MOST_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i <= MOST_DIGITS; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
