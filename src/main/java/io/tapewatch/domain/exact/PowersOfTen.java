package io.tapewatch.domain.exact;

/** The powers of ten that a word holds. */
final class PowersOfTen {

    /** The highest exponent whose power times ten is still a word, with its sign. */
    static final int MOST = 18;

    private static final long[] POWERS = powers();

    private PowersOfTen() {}

    /** 10 to the power of 0 to {@link #MOST}. */
    static long of(int exponent) {
        return POWERS[exponent];
    }

    private static long[] powers() {
        long[] powers = new long[MOST + 1];
        powers[0] = 1;
        for (int i = 1; i <= MOST; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
