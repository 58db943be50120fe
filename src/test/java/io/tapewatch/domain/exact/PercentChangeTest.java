package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The nearest doubles of changes, and of averages, against {@link BigDecimal}s of the same decimals. */
class PercentChangeTest {

    private static final long SEED = 20201104;

    /** More digits than can decide between two doubles. */
    private static final MathContext DIGITS = new MathContext(200);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Quotient scratch = new Quotient();

    @Test
    void aChangeIsTheDoubleNearestTheExactOne() {
        int small = 0;
        for (int round = 0; round < Rounds.of(300_000); round++) {
            int digits = 1 + random.nextInt(18);
            int scale = random.nextInt(19);
            Decimal base = number(1 + random.nextLong(power(digits)), scale);
            Decimal price = random.nextInt(3) == 0
                    ? number(random.nextLong(power(18)) - power(17), random.nextInt(19))
                    : number(base.units() + random.nextLong(-1000, 1000), base.scale());
            BigDecimal exactBase = new BigDecimal(base.toString());
            double expected = new BigDecimal(price.toString())
                    .subtract(exactBase)
                    .multiply(new BigDecimal(100))
                    .divide(exactBase, DIGITS)
                    .doubleValue();
            double ofSmall = PercentChange.nearestOfSmall(price.units(), price.scale(), base.units(), base.scale());
            double nearest = PercentChange.nearest(price.units(), price.scale(), base.units(), base.scale(), scratch);
            assertThat(nearest).as("%s after %s, seed %s", price, base, SEED).isEqualTo(expected);
            if (!Double.isNaN(ofSmall)) {
                assertThat(ofSmall)
                        .as("%s after %s, seed %s", price, base, SEED)
                        .isEqualTo(expected);
                small++;
            }
        }
        assertThat(small).isBetween(Rounds.of(60_000), Rounds.of(270_000));
    }

    @Test
    void aChangeFromZeroOrLessHasNoDouble() {
        assertThat(PercentChange.nearestOfSmall(5, 0, 0, 0)).isNaN();
        assertThat(PercentChange.nearestOfSmall(5, 0, -1, 0)).isNaN();
    }

    @Test
    void anAverageIsToldInEighteenDigits() {
        WideDecimal turnover = WideDecimal.sumOfProducts();
        WideDecimal volume = WideDecimal.sum();
        turnover.addProduct(1, 1, 3, 0);
        turnover.addProduct(2, 1, 3, 0);
        volume.add(6, 0);
        assertThat(DecimalFigures.average(turnover, volume)).isEqualTo(Decimal.of("0.15"));
        volume.add(1, 0);
        assertThat(DecimalFigures.average(turnover, volume)).isEqualTo(Decimal.of("0.128571428571428571"));
        turnover.set(1, 18);
        assertThat(DecimalFigures.average(turnover, volume)).isEqualTo(Decimal.ZERO);
        turnover.set(Decimals.MAX_UNITS, 0);
        volume.set(1, 0);
        assertThat(DecimalFigures.average(turnover, volume)).isEqualTo(Decimal.of("1000000000000000000"));
    }

    private static Decimal number(long units, int scale) {
        return Decimal.of(BigDecimal.valueOf(units, scale).toPlainString());
    }

    private static long power(int digits) {
        return BigDecimal.TEN.pow(digits).longValueExact();
    }
}
