package io.tapewatch.domain.exact;

/** Ratios of sums and counts, as quotients. Zero is a denominator without a value. */
public final class Ratio {

    private Ratio() {}

    /**
     * The ratio of two sums, each times a whole number that is not below zero: the lengths of their windows, or 100 for per
     * cent.
     */
    public static void ofSums(WideDecimal sum, long times, WideDecimal other, long otherTimes, Quotient into) {
        into.numerator().set(sum);
        into.numerator().multiply(times, 0);
        into.denominator().set(other);
        into.denominator().multiply(otherTimes, 0);
    }

    /** The ratio of two counts, each times a whole number that is not below zero. */
    public static void ofCounts(long count, long times, long other, long otherTimes, Quotient into) {
        into.numerator().set(count, 0);
        into.numerator().multiply(times, 0);
        into.denominator().set(other, 0);
        into.denominator().multiply(otherTimes, 0);
    }

    /** The ratio of a size to the mean of so many others, sizes / count. */
    public static void toMean(long size, int sizeScale, WideDecimal sizes, long count, Quotient into) {
        into.numerator().set(count, 0);
        into.numerator().multiply(size, sizeScale);
        into.denominator().set(sizes);
    }
}
