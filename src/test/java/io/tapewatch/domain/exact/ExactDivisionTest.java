package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactDivisionTest {

    private static final long SEED = 20131125;

    @Test
    void quotientsOfAllMagnitudesAreTheNearestDouble() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < Rounds.of(50_000); i++) {
            BigInteger numerator = whole(random, 1 + random.nextInt(600));
            if (random.nextBoolean()) {
                numerator = numerator.negate();
            }
            BigInteger denominator = whole(random, 1 + random.nextInt(600)).max(BigInteger.ONE);

            assertThat(Exactly.isNearest(
                            ExactDivision.quotient(numerator, denominator),
                            Exactly.quotient(new BigDecimal(numerator), new BigDecimal(denominator))))
                    .as("%s / %s, seed %d", numerator, denominator, SEED)
                    .isTrue();
        }
    }

    @Test
    void squareRootsOfAllMagnitudesAreTheNearestDouble() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < Rounds.of(50_000); i++) {
            BigInteger numerator = whole(random, 1 + random.nextInt(900));
            BigInteger denominator = whole(random, 1 + random.nextInt(900)).max(BigInteger.ONE);

            assertThat(Exactly.isNearest(
                            ExactDivision.squareRoot(numerator, denominator),
                            Exactly.squareRoot(new BigDecimal(numerator), new BigDecimal(denominator))))
                    .as("root of %s / %s, seed %d", numerator, denominator, SEED)
                    .isTrue();
        }
    }

    @Test
    void ofTwoEquallyNearTheEvenOneIsTaken() {
        // 2⁵³ is the first whole number whose successor is no double.
        BigInteger limit = BigInteger.TWO.pow(53);
        for (int i = 0; i < 1000; i++) {
            BigInteger tie = limit.add(BigInteger.valueOf(2 * i + 1));
            double even = Math.scalb(1.0, 53) + 2 * i + (i % 2 == 0 ? 0 : 2);

            BigInteger three = BigInteger.valueOf(3);
            assertThat(ExactDivision.quotient(tie.multiply(three), three)).isEqualTo(even);
            assertThat(ExactDivision.quotient(tie.multiply(three).negate(), three))
                    .isEqualTo(-even);
            assertThat(ExactDivision.squareRoot(tie.multiply(tie).multiply(three), three))
                    .isEqualTo(even);
        }
    }

    @Test
    void theLeastBitBesideATieDecides() {
        BigInteger tie = BigInteger.TWO.pow(53).add(BigInteger.ONE);
        BigInteger huge = BigInteger.TWO.pow(500);
        double below = 0x1p53;
        double above = 0x1p53 + 2;

        assertThat(ExactDivision.quotient(tie.multiply(huge), huge)).isEqualTo(below);
        assertThat(ExactDivision.quotient(tie.multiply(huge).add(BigInteger.ONE), huge))
                .isEqualTo(above);
        BigInteger square = tie.multiply(tie).multiply(huge);
        assertThat(ExactDivision.squareRoot(square, huge)).isEqualTo(below);
        assertThat(ExactDivision.squareRoot(square.add(BigInteger.ONE), huge)).isEqualTo(above);
    }

    @Test
    void zeroIsZero() {
        assertThat(ExactDivision.quotient(BigInteger.ZERO, BigInteger.TEN)).isEqualTo(0.0);
        assertThat(ExactDivision.squareRoot(BigInteger.ZERO, BigInteger.TEN)).isEqualTo(0.0);
    }

    @Test
    void whatHasNoValueOrNoNormalDoubleIsRefused() {
        BigInteger one = BigInteger.ONE;
        BigInteger huge = one.shiftLeft(1023);
        assertThat(ExactDivision.quotient(huge, one)).isEqualTo(0x1p1023);
        assertThat(ExactDivision.quotient(one, huge.shiftRight(1))).isEqualTo(Double.MIN_NORMAL);

        assertThatThrownBy(() -> ExactDivision.quotient(huge.shiftLeft(1), one))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ExactDivision.quotient(one, huge)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ExactDivision.quotient(one, BigInteger.ZERO)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ExactDivision.quotient(one, one.negate())).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ExactDivision.squareRoot(one.negate(), one)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ExactDivision.squareRoot(one, BigInteger.ZERO))
                .isInstanceOf(ArithmeticException.class);
    }

    /** A whole number of up to so many bits, sometimes with only a few of them set. */
    private static BigInteger whole(SplittableRandom random, int bits) {
        byte[] bytes = new byte[(bits + 7) / 8];
        random.nextBytes(bytes);
        BigInteger number = new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
        return random.nextInt(4) == 0
                ? number.shiftRight(bits - Math.min(bits, 10)).shiftLeft(bits - Math.min(bits, 10))
                : number;
    }
}
