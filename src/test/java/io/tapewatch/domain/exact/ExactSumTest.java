package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {

    private static final long SEED = 19871019;
    private static final BigDecimal UNIT = BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(192)));

    /** One unit is the difference of these two. */
    private static final double SMALLEST = 0x1p-140;

    private static final double SMALLEST_AND_A_UNIT = Math.nextUp(SMALLEST);

    @Test
    void sumsOfNumbersAndProductsOfAllMagnitudesAreExact() throws IOException {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(500); run++) {
            ExactSum sum = new ExactSum();
            BigDecimal expected = BigDecimal.ZERO;
            for (int i = generated.below(60); i >= 0; i--) {
                double a = generated.signed();
                double b = generated.signed();
                if (generated.oneIn(2)) {
                    sum.add(a);
                    expected = expected.add(new BigDecimal(a));
                } else {
                    sum.addProduct(a, b);
                    expected = expected.add(new BigDecimal(a).multiply(new BigDecimal(b)));
                }
                check(sum, expected);
            }
        }
    }

    @Test
    void sumsOfSumsAreExact() throws IOException {
        Generated generated = new Generated(SEED);
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int run = 0; run < Rounds.of(5_000); run++) {
            double a = generated.signed();
            double b = generated.signed();
            ExactSum product = new ExactSum();
            product.addProduct(a, b);

            sum.add(product);
            expected = expected.add(new BigDecimal(a).multiply(new BigDecimal(b)));
            check(sum, expected);
        }
    }

    @Test
    void aProductIsInRangeByTheBitsThatItHas() throws IOException {
        ExactSum sum = new ExactSum();
        sum.addProduct(-0x1.8p-90, 0x1p-60);
        check(sum, new BigDecimal(-0x1.8p-150));
        sum.addProduct(0x1.8p-96, 0x1.cp-92);
        check(sum, new BigDecimal(-0x1.8p-150).add(new BigDecimal(0x1.5p-187)));
        assertThatThrownBy(() -> sum.addProduct(0x1.8p-96, 0x1.0000000000001p-90))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out of the range");
    }

    @Test
    void aSumThatCancelsOutIsZeroAgain() {
        Generated generated = new Generated(SEED);
        for (int run = 0; run < Rounds.of(2_000); run++) {
            ExactSum sum = new ExactSum();
            double a = generated.positive();
            double b = generated.positive();
            double c = generated.positive();
            sum.add(a);
            sum.addProduct(b, -c);
            assertThat(sum).as("%s - %s * %s, seed %d", a, b, c, SEED).isNotEqualTo(new ExactSum());
            sum.addProduct(c, b);
            sum.add(-a);

            assertThat(sum.isZero()).as("%s, %s, %s, seed %d", a, b, c, SEED).isTrue();
            assertThat(sum).isEqualTo(new ExactSum()).hasSameHashCodeAs(new ExactSum());
        }
    }

    @Test
    void borrowsAndCarriesRunThroughAllLimbs() throws IOException {
        ExactSum sum = new ExactSum();
        sum.add(SMALLEST);
        sum.add(-SMALLEST_AND_A_UNIT); // every bit is set
        assertThat(sum.units()).isEqualTo(BigInteger.ONE.negate());
        check(sum, UNIT.negate());

        sum.add(SMALLEST_AND_A_UNIT); // the carry clears them all
        assertThat(sum.units()).isEqualTo(BigInteger.ONE.shiftLeft(52));
        sum.add(-SMALLEST);
        assertThat(sum.isZero()).isTrue();
    }

    @Test
    void borrowsAndCarriesRunThroughAllLimbsForProducts() throws IOException {
        ExactSum sum = new ExactSum();
        sum.addProduct(1e-12, -1e-12);
        BigDecimal negative = new BigDecimal(1e-12).pow(2).negate();
        check(sum, negative);
        for (int i = 0; i < 100; i++) {
            sum.addProduct(1e12, 1e12);
            check(sum, negative.add(new BigDecimal(1e12).pow(2)));
            sum.addProduct(-1e12, 1e12);
            check(sum, negative);
        }
        sum.addProduct(-1e-12, -1e-12);
        assertThat(sum.isZero()).isTrue();
    }

    @Test
    void noBitIsLostBetweenTheLargestAndTheSmallest() throws IOException {
        ExactSum sum = new ExactSum();
        sum.addProduct(1e12, 1e12);
        sum.addProduct(1e-12, 1e-12);
        sum.add(1e-12);
        check(sum, new BigDecimal(1e12).pow(2).add(new BigDecimal(1e-12).pow(2)).add(new BigDecimal(1e-12)));
        sum.addProduct(-1e12, 1e12);
        sum.add(-1e-12);

        assertThat(sum.doubleValue()).isEqualTo(1e-24);
    }

    @Test
    void twoToThe63rdOfTheLargestNumbersFit() throws IOException {
        for (double largest : new double[] {1e12, Math.nextDown(0x1p63)}) {
            ExactSum sum = new ExactSum();
            ExactSum negative = new ExactSum();
            sum.addProduct(largest, largest);
            negative.addProduct(largest, -largest);
            for (int doubling = 0; doubling < 63; doubling++) {
                sum.add(sum);
                negative.add(negative);
            }
            BigDecimal expected = new BigDecimal(largest).pow(2).multiply(new BigDecimal(BigInteger.TWO.pow(63)));
            check(sum, expected);
            check(negative, expected.negate());
        }
    }

    @Test
    void ofTwoDoublesEquallyNearTheEvenOneIsTaken() {
        ExactSum sum = new ExactSum();
        sum.add(0x1p53);
        sum.add(1);
        assertThat(sum.doubleValue()).isEqualTo(0x1p53);
        sum.add(2);
        assertThat(sum.doubleValue()).isEqualTo(0x1p53 + 4);
        sum.add(-2);
        sum.addProduct(1e-12, 1e-12);
        assertThat(sum.doubleValue()).isEqualTo(0x1p53 + 2);
    }

    @Test
    void zerosAddNothing() {
        ExactSum sum = new ExactSum();
        sum.add(0.0);
        sum.add(-0.0);
        sum.addProduct(0.0, 1e12);
        sum.addProduct(-0.0, 1e-12);
        sum.addProduct(1e12, -0.0);
        sum.addProduct(0x1p1000, 0.0);
        assertThat(sum.isZero()).isTrue();
        assertThat(sum.units()).isZero();
        assertThat(1 / sum.doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                0x1p128,
                -0x1p128,
                0x0.fffffffffffff8p-140
            })
    void whatItCannotHoldIsRefusedAndAddsNothing(double number) {
        ExactSum sum = new ExactSum();
        assertThatThrownBy(() -> sum.add(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Double.toString(number));
        double other = Math.abs(number) < 1 ? 0x1p-52 : 1;
        assertThatThrownBy(() -> sum.addProduct(number, other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sum.addProduct(other, number)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sum.isZero()).isTrue();
    }

    @Test
    void notANumberTimesZeroIsRefused() {
        assertThatThrownBy(() -> new ExactSum().addProduct(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExactSum().addProduct(Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEndsOfItsRangeAreHeld() throws IOException {
        for (double end : new double[] {SMALLEST, SMALLEST_AND_A_UNIT, Math.nextDown(0x1p128)}) {
            ExactSum sum = new ExactSum();
            sum.add(end);
            check(sum, new BigDecimal(end));
        }
        ExactSum product = new ExactSum();
        product.addProduct(Math.nextUp(0x1p-44), Math.nextUp(0x1p-44));
        check(product, new BigDecimal(Math.nextUp(0x1p-44)).pow(2));
    }

    @Test
    void onlyBytesThatSaySomethingAreWritten() throws IOException {
        ExactSum sum = new ExactSum();
        assertThat(written(sum)).hasSize(1);
        sum.add(1);
        assertThat(written(sum)).containsExactly(1, 24, 1);
        sum.add(126);
        assertThat(written(sum)).containsExactly(1, 24, 127);
        sum.add(1);
        assertThat(written(sum)).containsExactly(2, 24, (byte) 128, 0);
        sum.add(-256);
        assertThat(written(sum)).containsExactly(1, 24, (byte) 128);
        sum.add(-1);
        assertThat(written(sum)).containsExactly(2, 24, 127, (byte) 255);
    }

    @Test
    void bytesThatAreNoSumAreRefused() {
        byte[] tooMany = {2, 47, 1, 1};
        assertThatThrownBy(() -> read(tooMany)).isInstanceOf(IOException.class);
    }

    /** Holds all that a sum says about itself against the value it should have. */
    private static void check(ExactSum sum, BigDecimal expected) throws IOException {
        String name = expected + ", seed " + SEED;
        assertThat(new BigDecimal(sum.units()).multiply(UNIT)).as(name).isEqualByComparingTo(expected);
        assertThat(sum.doubleValue()).as(name).isEqualTo(expected.doubleValue());
        assertThat(sum.isZero()).as(name).isEqualTo(expected.signum() == 0);
        assertThat(read(written(sum))).as(name).isEqualTo(sum);
    }

    private static byte[] written(ExactSum sum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sum.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static ExactSum read(byte[] bytes) throws IOException {
        ExactSum sum = new ExactSum();
        sum.add(-12345.678); // is replaced
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        sum.readFrom(in);
        assertThat(in.available()).isZero();
        return sum;
    }
}
