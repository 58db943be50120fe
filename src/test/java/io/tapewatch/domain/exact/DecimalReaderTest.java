package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.exact.DecimalReader.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalReaderTest {

    private static final long SEED = 15850101;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000000000");

    private final DecimalReader reader = new DecimalReader();

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0, 0, 0",
        "0.000, 0, 0",
        "-0.0e5, 0, 0",
        "0e1000000000, 0, 0",
        "0e-99999999999999999999, 0, 0",
        "1.155, 1155, 3",
        "1155, 1155, 0",
        "1.10, 11, 1",
        "-64250.12, -6425012, 2",
        "100, 100, 0",
        "1e2, 100, 0",
        "1E+2, 100, 0",
        "1.5e1, 15, 0",
        "1.5e-1, 15, 2",
        "12500e-3, 125, 1",
        "1e-18, 1, 18",
        "1000000000000000000, 1000000000000000000, 0",
        "-1000000000000000000, -1000000000000000000, 0",
        "1e18, 1000000000000000000, 0",
        "0.1e19, 1000000000000000000, 0",
        "1000000000000000000.000, 1000000000000000000, 0",
        "1.00000000000000000000000000000000, 1, 0",
        "00000000000000000000000000000001.5, 15, 1",
        "0.123456789012345678, 123456789012345678, 18",
        "100000000000000000000e-20, 1, 0",
        "+5, 5, 0",
        ".5, 5, 1",
        "5., 5, 0",
        "007, 7, 0"
    })
    void aNumberIsTheOneThatIsWritten(String text, long units, int scale) {
        assertThat(reader.read(text)).isEqualTo(Outcome.READ);
        assertThat(reader.units()).isEqualTo(units);
        assertThat(reader.scale()).isEqualTo(scale);
        assertThat(reader.isRounded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0.1234567890123456785, 0.123456789012345678",
        "0.1234567890123456775, 0.123456789012345678",
        "0.1234567890123456785000001, 0.123456789012345679",
        "0.12345678901234567849999, 0.123456789012345678",
        "123456789012345678.5, 123456789012345678",
        "123456789012345677.5, 123456789012345678",
        "123456789012345678.500000000000000000000000001, 123456789012345679",
        "123456789012345678.05, 123456789012345678",
        "12345678.12345678905, 12345678.123456789",
        "999999999999999999.5, 1000000000000000000",
        "0.9999999999999999995, 1",
        "9.999999999999999995e-1, 1",
        "1.0000000000000000001, 1",
        "5.1e-19, 0.000000000000000001",
        "15e-19, 0.000000000000000002",
        "25e-19, 0.000000000000000002",
        "250000000000000000001e-38, 0.000000000000000003",
        "-25e-19, -0.000000000000000002"
    })
    void moreDigitsAreRoundedOnceHalfToEvenAndThatIsTold(String text, String rounded) {
        assertThat(reader.read(text)).isEqualTo(Outcome.READ);
        assertThat(Decimals.toString(reader.units(), reader.scale())).isEqualTo(rounded);
        assertThat(reader.isRounded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000000001",
                "-1000000000000000001",
                "1000000000000000000.0000000000000000000001",
                "1e19",
                "1.0000000000000000001e18",
                "1e1000000000",
                "-1e1000000000",
                "1e99999999999999999999999999",
                "123456789012345678901234567890"
            })
    void aNumberBeyondTheRangeIsTooLarge(String text) {
        assertThat(reader.read(text)).isEqualTo(Outcome.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e-19", "5e-19", "-1e-19", "0.0000000000000000004", "1e-1000000000", "1e-99999999999999999999"})
    void aNumberThatWouldBecomeZeroIsTooSmall(String text) {
        assertThat(reader.read(text)).isEqualTo(Outcome.TOO_SMALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                ".e5",
                "1e",
                "1e+",
                "1e-",
                "--1",
                "+-1",
                "1.2.3",
                "1e5.0",
                "1e5e5",
                " 1",
                "1 ",
                "1d",
                "1f",
                "0x10",
                "NaN",
                "Infinity",
                "1,5",
                "1_000",
                "١",
                "\u0131",
                "1\u0000",
                "true"
            })
    void whatIsNoNumberIsToldSo(String text) {
        assertThat(reader.read(text)).isEqualTo(Outcome.NOT_A_NUMBER);
    }

    @Test
    void anyTextBecomesTheNumberThatBigDecimalMakesOfIt() {
        DecimalTexts texts = new DecimalTexts(SEED);
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        int rounded = 0;
        int rounds = Rounds.of(300_000);
        for (int i = 0; i < rounds; i++) {
            String text = texts.text();
            Outcome outcome = reader.read(text);
            check(text, outcome);
            checkPart(text, outcome);
            outcomes.merge(outcome, 1, Integer::sum);
            rounded += outcome == Outcome.READ && reader.isRounded() ? 1 : 0;
        }
        assertThat(outcomes).containsOnlyKeys(Outcome.READ, Outcome.TOO_LARGE, Outcome.TOO_SMALL);
        assertThat(outcomes.values()).allMatch(count -> count > rounds / 100);
        assertThat(rounded).isBetween(rounds / 20, rounds / 2);
    }

    private void check(String text, Outcome outcome) {
        Supplier<String> name = () -> text + ", seed " + SEED;
        BigDecimal exact = new BigDecimal(text);
        if (exact.abs().compareTo(LARGEST) > 0) {
            assertThat(outcome).as(name).isEqualTo(Outcome.TOO_LARGE);
            return;
        }
        int digitsBeforeThePoint = exact.precision() - exact.scale();
        int decimals = Math.max(0, Math.min(18, 18 - digitsBeforeThePoint));
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0 && exact.signum() != 0) {
            assertThat(outcome).as(name).isEqualTo(Outcome.TOO_SMALL);
            return;
        }
        assertThat(outcome).as(name).isEqualTo(Outcome.READ);
        assertThat(new Decimal(reader.units(), reader.scale())).as(name).isEqualTo(DecimalTexts.decimal(rounded));
        assertThat(reader.isRounded()).as(name).isEqualTo(rounded.compareTo(exact) != 0);
    }

    /** Holds that a part of some bytes is read as the same text is, whatever stands around it. */
    private void checkPart(String text, Outcome outcome) {
        DecimalReader other = new DecimalReader();
        char[] around = ("12" + text + "34").toCharArray();
        assertThat(other.read(around, 2, text.length())).as(text).isEqualTo(outcome);
        if (outcome == Outcome.READ) {
            assertThat(other.units()).as(text).isEqualTo(reader.units());
            assertThat(other.scale()).as(text).isEqualTo(reader.scale());
        }
    }

    @Test
    void aLongTextIsReadInOneGo() {
        assertThat(reader.read("0." + "0".repeat(1_000_000) + "15e1000000")).isEqualTo(Outcome.READ);
        assertThat(Decimals.toString(reader.units(), reader.scale())).isEqualTo("0.15");
        assertThat(reader.read("15" + "0".repeat(1_000_000) + "e-1000002")).isEqualTo(Outcome.READ);
        assertThat(Decimals.toString(reader.units(), reader.scale())).isEqualTo("0.15");
        assertThat(reader.isRounded()).isFalse();
        assertThat(reader.read("0.5" + "0".repeat(1_000_000) + "1")).isEqualTo(Outcome.READ);
        assertThat(reader.isRounded()).isTrue();
    }
}
