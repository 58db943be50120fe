package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSpecTest {

    @ParameterizedTest
    @CsvSource({
        "1m, 1m, 60000",
        "60s, 1m, 60000",
        "60000ms, 1m, 60000",
        "' 90 s ', 90s, 90000",
        "1500ms, 1500ms, 1500",
        "24h, 1d, 86400000",
        "1ms, 1ms, 1",
        "366d, 366d, 31622400000",
    })
    void aWindowIsNamedByItsCanonicalForm(String text, String name, long length) {
        assertThat(WindowSpec.parse(text).name()).isEqualTo(name);
        assertThat(WindowSpec.parse(text).length()).isEqualTo(length);
    }

    @Test
    void aListKeepsItsOrder() {
        assertThat(WindowSpec.parseList("1h, 60s,7s"))
                .extracting(WindowSpec::name)
                .containsExactly("1h", "1m", "7s");
    }

    @Test
    void aWindowIsListedOnceHoweverItIsSpelled() {
        assertThatThrownBy(() -> WindowSpec.parseList("1m,7s,60s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window '60s' is listed twice: it is 1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1m,", ",1m", "1m,,1h"})
    void aListHasNoEmptyParts(String list) {
        assertThatThrownBy(() -> WindowSpec.parseList(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window '': ")
                .hasMessageEndingWith("write a whole number and one of ms, s, m, h, d, such as \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "m", "1x", "1M", "1.5m", "-1m", "1m1s", "one minute"})
    void whatIsNoDurationIsNoWindow(String text) {
        assertThatThrownBy(() -> WindowSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window '" + text + "': \"" + text
                        + "\" is not a duration: write a whole number and one of ms, s, m, h, d, such as \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "367d"})
    void aWindowHasALengthThatMakesSense(String text) {
        assertThatThrownBy(() -> WindowSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("window '" + text + "': a window of ")
                .hasMessageEndingWith("; expected 1ms to 366d");
    }

    @Test
    void thereAreAtMost32() {
        assertThat(WindowSpec.parseList(seconds(32))).hasSize(32);
        assertThatThrownBy(() -> WindowSpec.parseList(seconds(33)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("33 windows; at most 32");
    }

    private static String seconds(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(each -> each + "s").collect(Collectors.joining(","));
    }
}
