package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.exact.RuleFigures.Figure;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The figures of rules, their comparison with a limit and their nearest double, against {@link BigDecimal}s of the same
 * decimals.
 */
class QuotientTest {

    private static final long SEED = 15570101;
    private static final int ROUNDS = Rounds.of(60_000);
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final Quotient quotient = new Quotient();
    private final RuleFigures figures = new RuleFigures(SEED, quotient);

    @ParameterizedTest
    @CsvSource({
        "1.1, 1.155, 5, 0",
        "0.1, 0.105, 5, 0",
        "100, 105, 5, 0",
        "0.25, 0.26, 4, 0",
        "1.1, 1.15500000000000001, 5, 1",
        "1.1, 1.15499999999999999, 5, -1",
        "1.1, 1.155, 5.00000000000000001, -1",
        "1.1, 1.155, 4.99999999999999999, 1",
        "3, 4, 33.333333333333333, 1",
        "3, 4, 33.333333333333334, -1",
        "0.000000000000000001, 1000000000000000000, 1000000000000000000, 1",
        "1000000000000000000, 0.000000000000000001, -100, 1",
        "1000000000000000000, -0.000000000000000001, -100, -1",
        "7, 7, 0, 0",
        "2, -2, -200, 0"
    })
    void aChangeIsComparedWithItsLimitExactly(String base, String price, String limit, int expected) {
        change(Decimal.of(price), Decimal.of(base));
        assertThat(quotient.compareTo(Limit.of(Decimal.of(limit)))).isEqualTo(expected);
    }

    @Test
    void theNearestDoubleOfAChangeIsWhatAPersonExpects() {
        change(Decimal.of("1.155"), Decimal.of("1.1"));
        assertThat(quotient.nearest()).isEqualTo(5);
        change(Decimal.of("4"), Decimal.of("3"));
        assertThat(quotient.nearest()).isEqualTo(33.333333333333336);
        change(Decimal.of("7"), Decimal.of("7"));
        assertThat(1 / quotient.nearest()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource
    void everyFigureMeetsItsLimitAsItsExactValueDoes(Figure figure) {
        int[] compared = new int[3];
        int valued = 0;
        int unsure = 0;
        for (int round = 0; round < ROUNDS; round++) {
            figures.next(figure);
            BigDecimal numerator = figures.numerator();
            BigDecimal denominator = figures.denominator();
            Decimal limit = figures.limit();
            Supplier<String> name = () -> figure + ": " + figures + ", seed " + SEED;
            assertThat(quotient.hasValue()).as(name).isEqualTo(denominator.signum() > 0);
            if (!quotient.hasValue()) {
                continue;
            }
            valued++;
            int expected = numerator.compareTo(limit.toBigDecimal().multiply(denominator));
            if (quotient.estimate() < Limit.of(limit).surelyBelow(0)) {
                assertThat(expected).as(name).isEqualTo(-1);
            } else if (quotient.estimate() > Limit.of(limit).surelyAbove(0)) {
                assertThat(expected).as(name).isEqualTo(1);
            } else {
                unsure++;
            }
            assertThat(quotient.compareTo(Limit.of(limit))).as(name).isEqualTo(expected);
            compared[expected + 1]++;
            if (round % 4 == 0) {
                checkNearest(numerator, denominator, name);
                assertThat(quotient.compareTo(Limit.of(limit))).as(name).isEqualTo(expected);
            }
        }
        assertThat(valued).isGreaterThan(ROUNDS / 3);
        assertThat(unsure).as("estimates that do not tell").isBetween(1, valued * 9 / 10);
        assertThat(Arrays.stream(compared).min().orElseThrow())
                .as("below, at and above the limit: %s", Arrays.toString(compared))
                .isGreaterThan(valued / 10);
    }

    private void checkNearest(BigDecimal numerator, BigDecimal denominator, Supplier<String> name) {
        double nearest = quotient.nearest();
        assertThat(Exactly.isNearest(nearest, Exactly.quotient(numerator, denominator)))
                .as(() -> name.get() + " is not " + nearest)
                .isTrue();
    }

    private void change(Decimal price, Decimal base) {
        PercentChange.of(price.units(), price.scale(), base.units(), base.scale(), quotient);
    }

    @Test
    void whatHasNoDenominatorAboveZeroHasNoValue() {
        assertThat(new Quotient().hasValue()).isFalse();
        change(Decimal.ONE, Decimal.ZERO);
        assertThat(quotient.hasValue()).isFalse();
        change(Decimal.ONE, Decimal.of("-1"));
        assertThat(quotient.hasValue()).isFalse();
        PercentChange.fromAverage(1, 0, WideDecimal.sumOfProducts(), WideDecimal.sum(), quotient);
        assertThat(quotient.hasValue()).isFalse();
        MidShare.spread(-1, 0, 1, 0, quotient);
        assertThat(quotient.hasValue()).isFalse();

        assertThatThrownBy(quotient::nearest).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> quotient.compareTo(Limit.of(Decimal.ONE))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aQuotientThatIsChangedIsAnotherOne() {
        quotient.set(5, 0);
        assertThat(quotient.compareTo(Limit.of(Decimal.ONE))).isOne();
        quotient.numerator().set(1, 1);
        assertThat(quotient.compareTo(Limit.of(Decimal.ONE))).isEqualTo(-1);
        quotient.denominator().set(1, 1);
        assertThat(quotient.compareTo(Limit.of(Decimal.ONE))).isZero();
    }

    @Test
    void theLargestFigureFits() {
        Decimal large = Decimal.of("1000000000000000000");
        Decimal small = Decimal.of("0.000000000000000001");
        WideDecimal volume = WideDecimal.sum();
        WideDecimal turnover = WideDecimal.sumOfProducts();
        volume.add(large.units(), 0);
        turnover.addProduct(large.units(), 0, large.units(), 0);
        for (int i = 0; i < 63; i++) {
            volume.add(volume);
            turnover.add(turnover);
        }
        volume.add(small.units(), small.scale());
        turnover.addProduct(small.units(), small.scale(), small.units(), small.scale());
        for (Decimal price : new Decimal[] {large, small, DecimalTexts.negative(large)}) {
            for (Decimal of : new Decimal[] {
                large, small, DecimalTexts.negative(large), Decimal.of("-100"), Decimal.of("-99.9999999999999999")
            }) {
                PercentChange.fromAverage(price.units(), price.scale(), turnover, volume, quotient);
                BigDecimal numerator = price.toBigDecimal()
                        .multiply(volume.toBigDecimal())
                        .subtract(turnover.toBigDecimal())
                        .multiply(HUNDRED);
                BigDecimal denominator = turnover.toBigDecimal();
                assertThat(quotient.compareTo(Limit.of(of)))
                        .isEqualTo(numerator.compareTo(of.toBigDecimal().multiply(denominator)));
                checkNearest(numerator, denominator, () -> "the largest");
            }
        }
    }
}
