package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

    private static final long TIME = 1_700_000_000_000L;

    @Test
    void theChangeIsThatOfTheCloseAgainstThePreviousClose() {
        Summary summary = summary("80");

        assertThat(summary.previousClose()).hasToString("80");
        assertThat(summary.changePct()).isEqualTo(25);
    }

    /** Of doubles it would be 5.000000000000004, 4.999999999999993 and 4.000000000000004. */
    @ParameterizedTest
    @CsvSource({"1.1, 1.155, 5", "0.1, 0.105, 5", "0.25, 0.26, 4", "3, 4, 33.333333333333336"})
    void itIsTheDoubleNearestTheChangeOfTheDecimals(String previousClose, String close, double changePct) {
        assertThat(summary(close, previousClose).changePct()).isEqualTo(changePct);
    }

    @Test
    void turnoverIsTimesTheMultiplierToTheLastDigit() {
        Bar bar = new Bar();
        bar.add(Ticks.tick("A").at(TIME).price("0.1").size("3").tick());
        Instrument instrument = new Instrument("A", null, null, null, null, null, Decimal.of("0.000000001"));

        Summary summary = Summary.of(instrument, "1h", TIME, TIME, TIME, bar, null, 0, TIME);

        assertThat(summary.volume()).hasToString("3");
        assertThat(summary.turnover()).isEqualTo(new BigDecimal("0.0000000003"));
    }

    @Test
    void withoutAPreviousCloseThereIsNoChange() {
        assertThat(summary(null).changePct()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-37.63"})
    void aPreviousCloseThatIsNotAboveZeroStaysAndHasNoChange(String previousClose) {
        assertThat(summary(previousClose).previousClose()).hasToString(previousClose);
        assertThat(summary(previousClose).changePct()).isNull();
    }

    @Test
    void itIsAsOfWhatItWasToldAndNotOfItsEnd() {
        assertThat(summary(null).asOf()).isEqualTo(TIME + 60_000);
        assertThat(summary(null).end()).isEqualTo(TIME + 3_600_000);
    }

    private static Summary summary(String previousClose) {
        return summary("100", previousClose);
    }

    private static Summary summary(String close, String previousClose) {
        Decimal before = previousClose == null ? null : Decimal.of(previousClose);
        Bar bar = new Bar();
        bar.add(Ticks.tick("A").at(TIME).price(90).tick());
        bar.add(Ticks.tick("A").at(TIME + 1).price(close).tick());
        return Summary.of("A", "1h+1m", TIME, TIME + 3_600_000, TIME + 60_000, bar, before, 0, TIME + 7_200_000);
    }
}
