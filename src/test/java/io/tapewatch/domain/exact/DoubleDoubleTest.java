package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every figure that is said to be certain is held against the one of {@link BigInteger}s. */
class DoubleDoubleTest {

    private static final long SEED = 19610412;
    private static final int RUNS = Rounds.of(100_000);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private int certain;
    private int uncertain;

    @Test
    void aNumberIsItsLeadingBitsAndRoundsAsAWhole() {
        int cutOff = 0;
        for (int run = 0; run < RUNS; run++) {
            BigInteger number = whole(1 + random.nextInt(760));
            if (random.nextBoolean()) {
                number = number.negate();
            }
            DoubleDouble leading = leading(number);

            BigDecimal sum = new BigDecimal(leading.high()).add(new BigDecimal(leading.low()));
            BigInteger off = sum.toBigIntegerExact().subtract(number).abs();
            assertThat(off.shiftLeft(105)).as(name(number)).isLessThanOrEqualTo(number.abs());
            assertThat(Math.abs(leading.low()))
                    .as(name(number))
                    .isLessThanOrEqualTo(0x1p-52 * Math.abs(leading.high()));
            assertThat(leading.nearest()).as(name(number)).isEqualTo(number.doubleValue());
            cutOff += off.signum();
        }
        assertThat(cutOff).isBetween(1, RUNS - 1);
    }

    @Test
    void theLeastBitBesideHalfwayIsSeen() {
        for (int scale = 1; scale < 600; scale++) {
            BigInteger halfway = BigInteger.TWO.pow(53).add(BigInteger.ONE).shiftLeft(scale);
            double below = Math.scalb(0x1p53, scale);
            double above = Math.scalb(0x1p53 + 2, scale);
            assertThat(leading(halfway).nearest()).isEqualTo(below);
            assertThat(leading(halfway.subtract(BigInteger.ONE)).nearest()).isEqualTo(below);
            assertThat(leading(halfway.add(BigInteger.ONE)).nearest()).isEqualTo(above);
            assertThat(leading(halfway.add(BigInteger.ONE).negate()).nearest()).isEqualTo(-above);
        }
    }

    @Test
    void aQuotientThatIsCertainIsTheNearestDouble() {
        for (int run = 0; run < RUNS; run++) {
            BigInteger numerator = whole(1 + random.nextInt(380));
            if (random.nextBoolean()) {
                numerator = numerator.negate();
            }
            checkQuotient(numerator, whole(1 + random.nextInt(380)).max(BigInteger.ONE));
        }
        assertThat(certain).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void aRootThatIsCertainIsTheNearestDouble() {
        for (int run = 0; run < RUNS; run++) {
            long n = 2 + (random.nextLong() >>> 11 + random.nextInt(52));
            checkRoot(whole(1 + random.nextInt(760)), n - 1, n);
        }
        assertThat(certain).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void nextToHalfwayAQuotientIsCertainOnlyWhereItIsRight() {
        for (int run = 0; run < RUNS; run++) {
            BigInteger denominator = whole(1 + random.nextInt(180)).max(BigInteger.ONE);
            BigInteger halfway = halfway().multiply(denominator).shiftLeft(130);
            checkQuotient(halfway.add(distance(halfway)), denominator);
        }
        assertThat(certain).isGreaterThan(RUNS / 10);
        assertThat(uncertain).isGreaterThan(RUNS / 10);
    }

    @Test
    void nextToHalfwayARootIsCertainOnlyWhereItIsRight() {
        for (int run = 0; run < RUNS; run++) {
            long n = 2 + (random.nextLong() >>> 11 + random.nextInt(52));
            BigInteger denominator = BigInteger.valueOf(n).multiply(BigInteger.valueOf(n - 1));
            BigInteger halfway = halfway().pow(2).multiply(denominator).shiftLeft(200);
            checkRoot(halfway.add(distance(halfway)), n, n - 1);
        }
        assertThat(certain).isGreaterThan(RUNS / 10);
        assertThat(uncertain).isGreaterThan(RUNS / 10);
    }

    @Test
    void whatIsADoubleIsCertain() {
        for (int run = 0; run < RUNS; run++) {
            long n = 2 + (random.nextLong() >>> 11 + random.nextInt(52));
            BigInteger number = BigInteger.valueOf(random.nextLong() >>> 11);
            checkQuotient(number.multiply(BigInteger.valueOf(n)), BigInteger.valueOf(n));
            BigInteger denominator = BigInteger.valueOf(n).multiply(BigInteger.valueOf(n - 1));
            checkRoot(number.pow(2).multiply(denominator), n, n - 1);
        }
        assertThat(uncertain).isZero();
    }

    @Test
    void aCountAbove53BitsIsNotCertain() {
        DoubleDouble one = leading(BigInteger.ONE);
        assertThat(DoubleDouble.quotient(one, DoubleDouble.product(1L << 53, 1)))
                .isEqualTo(0x1p-53);
        assertThat(DoubleDouble.quotient(one, DoubleDouble.product((1L << 53) + 1, 1)))
                .isNaN();
        assertThat(DoubleDouble.squareRoot(one, DoubleDouble.product(1, (1L << 53) + 1)))
                .isNaN();
    }

    @Test
    void theRootOfANegativeNumberIsNotCertain() {
        assertThat(DoubleDouble.squareRoot(leading(BigInteger.ONE.negate()), DoubleDouble.product(2, 1)))
                .isNaN();
    }

    @Test
    void zeroIsPositiveZero() {
        DoubleDouble zero = leading(BigInteger.ZERO);
        assertThat(1 / zero.nearest()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(1 / DoubleDouble.quotient(zero, DoubleDouble.product(7, 1))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(1 / DoubleDouble.squareRoot(zero, DoubleDouble.product(7, 6)))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    private void checkQuotient(BigInteger numerator, BigInteger denominator) {
        double quotient = DoubleDouble.quotient(leading(numerator), leading(denominator));
        check(quotient, ExactDivision.quotient(numerator, denominator), numerator, denominator);
    }

    private void checkRoot(BigInteger numerator, long a, long b) {
        BigInteger denominator = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        double root = DoubleDouble.squareRoot(leading(numerator), DoubleDouble.product(a, b));
        check(root, ExactDivision.squareRoot(numerator, denominator), numerator, denominator);
    }

    private void check(double figure, double expected, BigInteger numerator, BigInteger denominator) {
        if (Double.isNaN(figure)) {
            uncertain++;
            return;
        }
        certain++;
        if (Double.doubleToRawLongBits(figure) != Double.doubleToRawLongBits(expected)) {
            throw new AssertionError(
                    "%s, not %s, of %s / %s, seed %d".formatted(figure, expected, numerator, denominator, SEED));
        }
    }

    /** Halfway between two doubles. */
    private BigInteger halfway() {
        return BigInteger.valueOf(1L << 53 | random.nextLong() >>> 11 | 1);
    }

    /** A share of a number, a little above or below what is in doubt, or nothing. */
    private BigInteger distance(BigInteger number) {
        BigInteger distance =
                switch (random.nextInt(6)) {
                    case 0 -> BigInteger.ZERO;
                    case 1 -> BigInteger.ONE;
                    default -> number.shiftRight(92 + random.nextInt(20));
                };
        return random.nextBoolean() ? distance : distance.negate();
    }

    /** A whole number of up to so many bits, sometimes with only a few of them set. */
    private BigInteger whole(int bits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < bits; i += 63) {
            number = number.shiftLeft(63).add(BigInteger.valueOf(random.nextLong() >>> 1));
        }
        int low = Math.max(0, bits - 10);
        number = number.shiftRight(number.bitLength() - Math.min(bits, number.bitLength()));
        return random.nextInt(4) == 0 ? number.shiftRight(low).shiftLeft(low) : number;
    }

    private static DoubleDouble leading(BigInteger number) {
        long[] limbs = new long[15];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = number.shiftRight(Long.SIZE * i).longValue();
        }
        return DoubleDouble.of(limbs);
    }

    private static String name(BigInteger number) {
        return number + ", seed " + SEED;
    }
}
