package io.tapewatch.domain.exact;

/**
 * A whole number without what stands below its leading 106 bits: the sum of two doubles.
 *
 * <p>The first holds the leading 53 bits, the second the next 53, so it is less than 2 u times the first, u being 2⁻⁵³.
 * If something stands below, the last bit of the second is set (rounding to odd). So both together are off by less than
 * 2 u² times the number; and rounding their sum to a double, one addition, rounds the number itself, as a number
 * halfway between two doubles is never mistaken for one beside it (Boldo and Melquiond, "Emulation of a FMA and
 * correctly rounded sums: proved algorithms using rounding to odd", 2008).
 *
 * <p>Figures computed from such numbers come with a proof that they are the nearest double, or not at all (Ziv's test;
 * Muller and others, "Handbook of Floating-Point Arithmetic"). A caller needs another way for those, which are rare:
 * a value must be halfway between two doubles, or nearer to that than a share of 2⁻⁹⁹.
 *
 * @param high the leading 53 bits
 * @param low what stands below that
 */
record DoubleDouble(double high, double low) {

    /** What stands for a figure that is not certain. */
    static final double UNCERTAIN = Double.NaN;

    /** Whole numbers up to this are doubles. */
    private static final long LARGEST_FACTOR = 1L << 53;

    /**
     * The share of a leading figure within which the sum of it and its correction is sure: 64 u². What the figures below
     * can be off by is less than 40 u².
     */
    private static final double DOUBT = 0x1p-100;

    private static final DoubleDouble ZERO = new DoubleDouble(0, 0);

    /** The number of bits of a limb that a double cannot take. */
    private static final int BELOW = Long.SIZE - 53;

    /**
     * Reads a number of up to 960 bits.
     *
     * @param limbs two's complement, the limb of the lowest bits first
     */
    static DoubleDouble of(long[] limbs) {
        int lowest = Limbs.lowest(limbs);
        if (lowest == limbs.length) {
            return ZERO;
        }
        int highest = Limbs.highest(limbs, lowest);

        // The leading 128 bits of the magnitude, shifted left until the first bit is set.
        long first = Limbs.magnitude(limbs, highest, lowest);
        long second = highest - 1 < lowest ? 0 : Limbs.magnitude(limbs, highest - 1, lowest);
        long third = highest - 2 < lowest ? 0 : Limbs.magnitude(limbs, highest - 2, lowest);
        int shift = Long.numberOfLeadingZeros(first);
        first = first << shift | Limbs.highPart(second, shift);
        second = second << shift | Limbs.highPart(third, shift);

        long next = first << (Long.SIZE - BELOW) | second >>> BELOW;
        int bitsLeftOut = Long.SIZE * (highest - 1) - shift + 2 * BELOW;
        int lowestSetBit = Long.SIZE * lowest + Long.numberOfTrailingZeros(limbs[lowest]);
        long odd = lowestSetBit < bitsLeftOut ? 1 : 0;

        double unit = powerOfTwo(bitsLeftOut) * (Limbs.sign(limbs) | 1);
        return new DoubleDouble((first >>> BELOW) * (unit * 0x1p53), (next >>> BELOW | odd) * unit);
    }

    /** The product of two numbers above zero; above 2⁵³ nothing is certain. */
    static DoubleDouble product(long a, long b) {
        if (Math.max(a, b) > LARGEST_FACTOR) {
            return new DoubleDouble(UNCERTAIN, UNCERTAIN);
        }
        double high = (double) a * b;
        return new DoubleDouble(high, Math.fma((double) a, (double) b, -high));
    }

    /** The double nearest the number; of two equally near, the even one. */
    double nearest() {
        return high + low;
    }

    /** The double nearest numerator / denominator, or {@link #UNCERTAIN}. */
    static double quotient(DoubleDouble numerator, DoubleDouble denominator) {
        if (numerator.high == 0) {
            return 0;
        }
        double quotient = numerator.high / denominator.high;
        return certain(quotient, correction(quotient, numerator, denominator));
    }

    /** The double nearest √(numerator / denominator), or {@link #UNCERTAIN}. */
    static double squareRoot(DoubleDouble numerator, DoubleDouble denominator) {
        if (numerator.high == 0) {
            return 0;
        }
        double square = numerator.high / denominator.high;
        double root = Math.sqrt(square);
        // What the root's own square leaves of the leading quotient is exact, and at most 2 u times that. With the
        // correction, off by 30 u², it is at most 8 u times, so that Newton's step is off by half of (30 + 8) u², by
        // 4 u² for its own division, and by (8 u)² / 8 for the square of the step that it leaves out: less than 32 u².
        double remainder = Math.fma(-root, root, square) + correction(square, numerator, denominator);
        return certain(root, remainder / (2 * root));
    }

    /** What is missing from the leading quotient to the quotient. */
    private static double correction(double quotient, DoubleDouble numerator, DoubleDouble denominator) {
        // The remainder of a division is exact and at most u times the numerator. With the two low parts, 2 u each, it
        // is at most 5 u times. What is rounded here (3 u² for the sum, 5 u² for the difference, 5 u² for the quotient)
        // and left out (10 u² for the low part of the divisor, 2 u² for what each number lacks) is less than 30 u².
        double remainder = Math.fma(-quotient, denominator.high, numerator.high) + numerator.low;
        return Math.fma(-quotient, denominator.low, remainder) / denominator.high;
    }

    /** The sum, if both ends of what it can be round to the same double: the exact value lies between these. */
    private static double certain(double figure, double correction) {
        double doubt = Math.abs(figure) * DOUBT;
        double lower = figure + (correction - doubt);
        double upper = figure + (correction + doubt);
        return lower == upper ? lower : UNCERTAIN;
    }

    private static double powerOfTwo(int exponent) {
        return Double.longBitsToDouble((long) (Double.MAX_EXPONENT + exponent) << 52);
    }
}
