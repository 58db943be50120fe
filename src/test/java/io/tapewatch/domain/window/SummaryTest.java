package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Ticks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryTest {

    private static final long TIME = 1_700_000_000_000L;

    @Test
    void theChangeIsThatOfTheCloseAgainstThePreviousClose() {
        Summary summary = summary(80.0);

        assertThat(summary.previousClose()).isEqualTo(80);
        assertThat(summary.changePct()).isEqualTo(25);
    }

    @Test
    void withoutAPreviousCloseThereIsNoChange() {
        assertThat(summary(null).changePct()).isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, -37.63})
    void aPreviousCloseThatIsNotAboveZeroStaysAndHasNoChange(double previousClose) {
        assertThat(summary(previousClose).previousClose()).isEqualTo(previousClose);
        assertThat(summary(previousClose).changePct()).isNull();
    }

    @Test
    void itIsAsOfWhatItWasToldAndNotOfItsEnd() {
        assertThat(summary(null).asOf()).isEqualTo(TIME + 60_000);
        assertThat(summary(null).end()).isEqualTo(TIME + 3_600_000);
    }

    private static Summary summary(Double previousClose) {
        Bar bar = new Bar();
        bar.add(Ticks.tick("A").at(TIME).price(90).tick());
        bar.add(Ticks.tick("A").at(TIME + 1).price(100).tick());
        return Summary.of("A", "1h+1m", TIME, TIME + 3_600_000, TIME + 60_000, bar, previousClose, 0, TIME + 7_200_000);
    }
}
