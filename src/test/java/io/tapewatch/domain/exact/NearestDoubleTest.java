package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestDoubleTest {

    private static final long SEED = 19850101;
    private static final int ROUNDS = Rounds.of(100_000);
    private static final long[] EDGES = {
        1, (1L << 53) + 1, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE, Long.MAX_VALUE - 511, Long.MAX_VALUE - 512
    };

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void quotientsOfWordsAreTheNearestDouble() {
        for (int i = 0; i < ROUNDS; i++) {
            long numerator = random.nextBoolean() ? word() : -word();
            long denominator = word();
            double nearest = NearestDouble.quotient(new long[] {numerator}, 1, new long[] {denominator}, 1);
            assertThat(Exactly.isNearest(
                            nearest, Exactly.quotient(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator))))
                    .as("%d / %d is not %s, seed %d", numerator, denominator, nearest, SEED)
                    .isTrue();
        }
    }

    @Test
    void rootsOfQuotientsOfWordsAreTheNearestDouble() {
        for (int i = 0; i < ROUNDS; i++) {
            long numerator = word();
            long denominator = word();
            double nearest = NearestDouble.squareRoot(new long[] {numerator}, 1, new long[] {denominator}, 1);
            assertThat(Exactly.isNearest(
                            nearest,
                            Exactly.squareRoot(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator))))
                    .as("the root of %d / %d is not %s, seed %d", numerator, denominator, nearest, SEED)
                    .isTrue();
        }
    }

    @Test
    void aWordBesideTheNextPowerOfTwoIsNotTakenForIt() {
        // Exactly halfway between two doubles. A little more would be rounded up.
        assertThat(NearestDouble.quotient(new long[] {9_223_372_036_854_775_349L}, 1, new long[] {517}, 1))
                .isEqualTo(17_840_178_020_995_696.0);
    }

    @Test
    void theLowestWordIsANumberToo() {
        assertThat(NearestDouble.quotient(new long[] {Long.MIN_VALUE}, 1, new long[] {3}, 1))
                .isEqualTo(-0x1p63 / 3);
    }

    private long word() {
        return random.nextInt(3) == 0
                ? EDGES[random.nextInt(EDGES.length)]
                : Math.max(1, random.nextLong() >>> (1 + random.nextInt(62)));
    }
}
