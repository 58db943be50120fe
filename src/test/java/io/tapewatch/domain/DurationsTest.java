package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest(name = "{0} is {1} ms, written {2}")
    @CsvSource({
        "500ms, 500, 500ms",
        "1000ms, 1000, 1s",
        "90s, 90000, 90s",
        "60s, 60000, 1m",
        "5m, 300000, 5m",
        "90m, 5400000, 90m",
        "24h, 86400000, 1d",
        "25h, 90000000, 25h",
        "1d, 86400000, 1d",
        "' 5  m ', 300000, 5m",
        "0m, 0, 0s",
        "007s, 7000, 7s",
        "9223372036854775807ms, 9223372036854775807, 9223372036854775807ms"
    })
    void aNumberAndAUnitAreADurationWithOneCanonicalForm(String text, long millis, String canonical) {
        assertThat(Durations.parse(text)).isEqualTo(millis);
        assertThat(Durations.format(millis)).isEqualTo(canonical);
        assertThat(Durations.parse(canonical)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "m", "5x", "5M", "5 min", "1.5h", "-5m", "1h30m", "+5m", "5m5", "٥m", "PT5M"})
    void anythingElseIsRefusedWithWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration: write a whole number and one of ms, s, m, h, d,"
                        + " such as \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808ms", "9223372036854775807s", "99999999999999999999d"})
    void aDurationThatDoesNotFitIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aNegativeDurationHasNoForm() {
        assertThatThrownBy(() -> Durations.format(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
