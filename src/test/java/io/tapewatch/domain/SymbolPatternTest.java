package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolPatternTest {

    @ParameterizedTest(name = "{0} {2} {1}")
    @CsvSource({
        "BTC-USD, BTC-USD, takes",
        "BTC-USD, btc-usd, leaves",
        "BTC-USD, BTC-USDT, leaves",
        "*, ^GSPC, takes",
        "BTC*, BTC, takes",
        "BTC*, BTC-USD, takes",
        "BTC*, WBTC, leaves",
        "*-USD, BTC-USD, takes",
        "*-USD, BTC-USD-USD, takes",
        "*-USD, BTC-USDT, leaves",
        "B*-*D, BTC-USD, takes",
        "B*-*D, BD, leaves",
        "A**C, ABC, takes",
        "*.L, VODxL, leaves",
        "*.L, VOD.L, takes"
    })
    void aPatternTakesWholeSymbols(String pattern, String symbol, String takes) {
        assertThat(new SymbolPattern(List.of("NEVER", pattern)).matches(symbol)).isEqualTo(takes.equals("takes"));
    }

    @Test
    void starsMeanWhatTheyMeanInARegularExpression() {
        long seed = 7;
        Random random = new Random(seed);
        int matches = 0;
        for (int i = 0; i < Rounds.of(100_000); i++) {
            String pattern = letters(random, "AB*");
            String symbol = letters(random, "AB");
            boolean expected = Pattern.matches(pattern.replace("*", "[AB]*"), symbol);
            assertThat(new SymbolPattern(List.of(pattern)).matches(symbol))
                    .as("%s and %s of seed %s", pattern, symbol, seed)
                    .isEqualTo(expected);
            matches += expected ? 1 : 0;
        }
        assertThat(matches).isBetween(Rounds.of(5_000), Rounds.of(95_000));
    }

    private static String letters(Random random, String alphabet) {
        StringBuilder letters = new StringBuilder();
        for (int length = 1 + random.nextInt(7); length > 0; length--) {
            letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return letters.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " BTC", "BTC ", "BTC* ", "\u0301A", "BTC,ETH", "BTC?", "BTC\n", "€"})
    void whatNoSymbolCanFitIsRefused(String symbol) {
        assertThatThrownBy(() -> SymbolPattern.requireValid(symbol)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMost64Characters() {
        SymbolPattern.requireValid("A".repeat(64));
        assertThatThrownBy(() -> SymbolPattern.requireValid("A".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
