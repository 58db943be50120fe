package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static final long SEED = 14260101;
    private static final int ROUNDS = Rounds.of(500_000);

    private final DecimalTexts texts = new DecimalTexts(SEED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.3",
                "1155",
                "-12.05",
                "0.000000000000000001",
                "-0.000000000000000001",
                "1000000000000000000",
                "-1000000000000000000",
                "64250.12",
                "0.100000000000000001",
                "9.99999999999999999"
            })
    void theTextOfANumberIsPlain(String text) {
        assertThat(Decimal.of(text)).hasToString(text);
    }

    @Test
    void theTextOfAnyNumberIsThatOfBigDecimal() {
        for (int i = 0; i < ROUNDS; i++) {
            Decimal number = texts.decimal();
            String expected = number.toBigDecimal().toPlainString();
            assertThat(number).as(expected).hasToString(expected);
            assertThat(Decimal.of(expected)).as(expected).isEqualTo(number);
        }
    }

    @Test
    void zerosAtTheEndAreWrittenAsTheyAre() {
        assertThat(Decimals.toString(100, 2)).isEqualTo("1.00");
        assertThat(Decimals.toString(0, 3)).isEqualTo("0.000");
        assertThat(Decimals.toString(-1010, 3)).isEqualTo("-1.010");
        assertThat(Decimals.toString(Long.MAX_VALUE, 18)).isEqualTo("9.223372036854775807");
    }

    @Test
    void numbersCompareAsTheirValues() {
        int equal = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Decimal a = texts.decimal();
            Decimal b =
                    switch (texts.below(4)) {
                        case 0 -> a;
                        case 1 ->
                            a.scale() < 18 && a.units() % 10 != 9 && Math.abs(a.units()) < Decimals.MAX_UNITS / 10
                                    ? new Decimal(10 * a.units() + 1, a.scale() + 1)
                                    : a;
                        default -> texts.decimal();
                    };
            int expected = a.toBigDecimal().compareTo(b.toBigDecimal());
            assertThat(a.compareTo(b)).as("%s and %s, seed %d", a, b, SEED).isEqualTo(expected);
            assertThat(b.compareTo(a)).as("%s and %s, seed %d", b, a, SEED).isEqualTo(-expected);
            assertThat(a.equals(b)).isEqualTo(expected == 0);
            equal += expected == 0 ? 1 : 0;
        }
        assertThat(equal).isBetween(ROUNDS / 10, ROUNDS / 2);
    }

    @Test
    void theNearestDoubleIsThatOfBigDecimal() {
        int large = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Decimal number = texts.decimal();
            assertThat(number.nearest())
                    .as("%s, seed %d", number, SEED)
                    .isEqualTo(Double.parseDouble(number.toString()));
            large += Math.abs(number.units()) > 1L << 53 ? 1 : 0;
        }
        assertThat(large).isGreaterThan(ROUNDS / 20);
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 0, 9007199254740992",
        "9007199254740995, 0, 9007199254740996",
        "45035996273704965, 1, 4503599627370496.5",
        "0, 0, 0"
    })
    void ofTwoEquallyNearTheEvenOneIsTaken(long units, int scale, double nearest) {
        assertThat(Decimals.nearest(units, scale)).isEqualTo(nearest);
        assertThat(Decimals.nearest(-units, scale)).isEqualTo(0 - nearest);
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "0, 1", "1, 19", "1, -1", "1000000000000000001, 0", "-1000000000000000001, 0"})
    void aPairThatIsNotInItsFormCannotBeBuilt(long units, int scale) {
        assertThatThrownBy(() -> new Decimal(units, scale)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextThatIsNoNumberSaysWhy() {
        assertThatThrownBy(() -> Decimal.of("1,5")).hasMessage("\"1,5\" is no decimal number");
        assertThatThrownBy(() -> Decimal.of("1e19")).hasMessage("\"1e19\" is beyond 1000000000000000000");
        assertThatThrownBy(() -> Decimal.of("1e-19"))
                .hasMessage("\"1e-19\" is not 0, but would be rounded to 0 at 18 decimals");
    }

    @Test
    void aNumberForTheJdkIsTheSame() {
        assertThat(Decimal.of("1.155").toBigDecimal()).isEqualTo(new BigDecimal("1.155"));
    }
}
