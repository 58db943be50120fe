package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {

    private static final long SEED = 20240808;

    @ParameterizedTest
    @CsvSource({
        "110, 100, 10",
        "90, 100, -10",
        "100, 100, 0",
        "0, 100, -100",
        "-0.0, 100, -100",
        "-100, 100, -200",
        "3, 2, 50",
        "1e12, 1e-12, 1e26",
        "1e-12, 1e12, -100",
        "4, 3, 33.333333333333336",
        "2e300, 1e300, 100"
    })
    void aChangeIsThePriceOverItsBaseLessOneInPerCent(double price, double base, double change) {
        assertThat(Percent.change(price, base)).isEqualTo(change);
    }

    @Test
    void noChangeIsPositiveZero() {
        assertThat(1 / Percent.change(64250.12, 64250.12)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aChangeOfTheLastBitIsNotLost() {
        assertThat(Percent.change(Math.nextUp(1.0), 1.0)).isEqualTo(100 * 0x1p-52);
        assertThat(Percent.change(Math.nextDown(1.0), 1.0)).isEqualTo(-100 * 0x1p-53);
    }

    @Test
    void ofTwoEquallyNearTheEvenOneIsTaken() {
        for (int i = 1; i < 2_000; i += 2) {
            double price = 0x1p49 + i;
            long whole = 25 * ((long) price - 128); // 54 bits, the last one set: no double, halfway between two
            double change = Percent.change(price, 128);

            assertThat(Math.abs((long) (change * 32) - whole)).isEqualTo(1);
            assertThat(Double.doubleToRawLongBits(change) & 1).isZero();
        }
    }

    @Test
    void changesAreTheNearestDouble() {
        Generated generated = new Generated(SEED);
        for (int i = 0; i < Rounds.of(1_000_000); i++) {
            double base = generated.positive();
            double price =
                    switch (generated.below(8)) {
                        case 0 -> base;
                        case 1 -> Math.nextUp(base);
                        case 2 -> Math.nextDown(base);
                        case 3 -> base * (1 + generated.below(2001) * 1e-6 - 1e-3);
                        case 4 -> generated.signed();
                        default -> generated.positive();
                    };
            check(price, base);
        }
    }

    @Test
    void changesOutsideTheRangeOfPricesAreTheNearestDoubleToo() {
        Generated generated = new Generated(SEED);
        for (int i = 0; i < Rounds.of(20_000); i++) {
            int scale = generated.below(1600) - 800;
            check(
                    Math.scalb(generated.signed(), scale + generated.below(100) - 50),
                    Math.scalb(generated.positive(), scale));
        }
        check(Double.MIN_VALUE, 1e-12);
        check(-Double.MIN_VALUE, 1e12);
        check(3 * Double.MIN_VALUE, 7 * Double.MIN_VALUE);
        check(Double.MAX_VALUE, 1e300);
        check(Math.nextUp(Double.MIN_NORMAL), Double.MIN_NORMAL);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, -0.0", "1, -5", "1, NaN", "1, Infinity", "NaN, 1", "Infinity, 1", "-Infinity, 1"})
    void aChangeWithoutAValueIsRefused(double price, double base) {
        assertThatThrownBy(() -> Percent.change(price, base)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aChangeBeyondTheDoublesIsRefused() {
        assertThatThrownBy(() -> Percent.change(1e308, 1e-308)).isInstanceOf(ArithmeticException.class);
    }

    private static void check(double price, double base) {
        double change = Percent.change(price, base);
        if (!Exactly.isNearest(change, Exactly.quotient(exactNumerator(price, base), new BigDecimal(base)))) {
            throw new AssertionError("From %s to %s is not %s, seed %d".formatted(base, price, change, SEED));
        }
    }

    private static BigDecimal exactNumerator(double price, double base) {
        return new BigDecimal(price).subtract(new BigDecimal(base)).multiply(BigDecimal.valueOf(100));
    }
}
