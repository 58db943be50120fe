package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LimbsTest {

    private static final long SEED = 19690720;

    @Test
    void productsAreThoseOfBigInteger() {
        SplittableRandom random = new SplittableRandom(SEED);
        int factorsWithTheHighestBit = 0;
        for (int i = 0; i < Rounds.of(50_000); i++) {
            long[] number = number(random, 6);
            number[5] &= Long.MAX_VALUE;
            long factor = word(random) & Long.MAX_VALUE;
            int from = random.nextInt(4);
            long[] product = new long[11];
            Limbs.multiply(number, factor, product, from);

            BigInteger expected = value(number).multiply(BigInteger.valueOf(factor));
            assertThat(value(product))
                    .as("%s times %d, seed %d", value(number), factor, SEED)
                    .isEqualTo(expected.shiftLeft(Long.SIZE * from));
            factorsWithTheHighestBit += number[0] < 0 ? 1 : 0;
        }
        assertThat(factorsWithTheHighestBit).isPositive();
    }

    @Test
    void differencesFromSquaresAreThoseOfBigInteger() {
        SplittableRandom random = new SplittableRandom(SEED);
        int below = 0;
        int above = 0;
        for (int i = 0; i < Rounds.of(50_000); i++) {
            long[] number = number(random, 6);
            long[] difference = number(random, 13);
            difference[12] >>= 2;
            BigInteger expected = value(difference).subtract(value(number).pow(2));
            Limbs.subtractSquare(difference, number);

            assertThat(value(difference))
                    .as("minus the square of %s, seed %d", value(number), SEED)
                    .isEqualTo(expected);
            below += expected.signum() < 0 ? 1 : 0;
            above += expected.signum() > 0 ? 1 : 0;
        }
        assertThat(below).isPositive();
        assertThat(above).isPositive();
    }

    @Test
    void borrowsRunToTheTop() {
        for (long one : new long[] {1, -1}) {
            long[] difference = new long[12];
            Limbs.subtractSquare(difference, new long[] {one, one >> 63, one >> 63});
            assertThat(difference).containsOnly(-1);
        }
    }

    /** A number as a sum has it: some limbs at the bottom zero, some at the top only the sign. */
    private static long[] number(SplittableRandom random, int limbs) {
        long[] number = new long[limbs];
        int from = random.nextInt(limbs);
        int to = from + random.nextInt(limbs - from + 1);
        for (int i = from; i < to; i++) {
            number[i] = word(random);
        }
        Arrays.fill(number, to, limbs, random.nextInt(2) - 1);
        return number;
    }

    /** Any word, often one at which carries begin or end. */
    private static long word(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1L << random.nextInt(64);
            case 3 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextLong();
        };
    }

    static BigInteger value(long[] limbs) {
        ByteBuffer bigEndian = ByteBuffer.allocate(limbs.length * Long.BYTES);
        for (int i = limbs.length - 1; i >= 0; i--) {
            bigEndian.putLong(limbs[i]);
        }
        return new BigInteger(bigEndian.array());
    }
}
