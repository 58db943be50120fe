package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {

    @ParameterizedTest
    @CsvSource({
        "1000, 0.1, 100",
        "1000, 1, 1000",
        "1000, 2.5, 2500",
        "15, 0.1, 2",
        "8, 0.1, 1",
        "1, 0.1, 1",
        "30, 0.1, 3"
    })
    void areAShareOfAllAndAtLeastOne(int all, BigDecimal share, int rounds) {
        assertThat(Rounds.share(all, share)).isEqualTo(rounds);
    }

    @Test
    void areNotFewerThanNeeded() {
        assertThat(Rounds.of(10, 10)).isGreaterThanOrEqualTo(10);
        assertThat(Rounds.of(1_000, 1)).isEqualTo(Rounds.of(1_000));
    }

    @Test
    void areATenthUnlessTheShareIsGiven() {
        assertThat(Rounds.share(null)).isEqualTo("0.1");
        assertThat(Rounds.share("")).isEqualTo("0.1");
        assertThat(Rounds.share(" 1 ")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.09", "all", "1/2"})
    void areATenthAtLeast(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rounds.share(given))
                .withMessage(
                        "-Dtapewatch.rounds=%s; expected the share of the rounds to run, 0.1 or more: 0.1 is a tenth,"
                                        .formatted(given)
                                + " 1 is all");
    }
}
