package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {

    /** Said once more, by another. */
    private static final Pattern ORACLE =
            Pattern.compile("[\\p{L}\\p{Nd}._=^:/+&@#$!~'()|-][\\p{L}\\p{Nd}\\p{M} ._=^:/+&@#$!~'()|-]{0,63}(?<! )");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BTC-USD",
                "BRK.B",
                "BRK/B",
                "BRK B",
                "SPY   240119C00480000",
                "币安人生USDT",
                "หุ้น",
                "BTC/USDT:USDT",
                "L'OREAL",
                "BABA (ADR)",
                "BTC|USDT",
                "~TEST",
                "S&P 500",
                "_ES",
                "-",
                "7"
            })
    void symbolsOfTheWorldAreTaken(String symbol) {
        assertThat(Symbols.problem(symbol)).isNull();
        SymbolPattern.requireValid(symbol);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GOOG\"",
                "TATA*",
                "BF\\B",
                "GC=F,SI=F",
                "{MSFT}",
                "AAPL;",
                "A%20B",
                "€uro",
                " A",
                "A\u200bB",
                "A\u3164",
                "A\u034f",
                "A\ufe0f"
            })
    void othersAreNot(String symbol) {
        assertThat(Symbols.problem(symbol)).isNotNull();
    }

    @Test
    void charactersAreCountedAsAPersonCountsThem() {
        assertThat(Symbols.problem("𠮷".repeat(64))).isNull();
        assertThat(Symbols.problem("𠮷".repeat(65))).isEqualTo("symbol has 65 characters; expected 1 to 64");
        assertThat(Symbols.problem("𠮷,")).startsWith("symbol has ',' at position 2;");
    }

    @Test
    void spacesAtTheEndAreNoneOfTheSymbol() {
        assertThat(Symbols.trimmed("BRK.A  ")).isEqualTo("BRK.A");
        assertThat(Symbols.trimmed(" BRK B")).isEqualTo(" BRK B");
        assertThat(Symbols.trimmed("   ")).isEmpty();
    }

    @Test
    void anyTextIsASymbolWhereARegularExpressionSaysSo() {
        long seed = 20;
        Random random = new Random(seed);
        int symbols = 0;
        for (int i = 0; i < Rounds.of(300_000); i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(70) < 3 ? 60 + random.nextInt(8) : random.nextInt(4);
                    length > 0;
                    length--) {
                text.appendCodePoint(random.nextInt(1 << 7 + random.nextInt(11)));
            }
            String symbol = Symbols.trimmed(text.toString());
            boolean expected = ORACLE.matcher(symbol).matches()
                    && symbol.codePoints().noneMatch(c -> Printable.isHidden(c) || Printable.isShaping(c));
            assertThat(Symbols.problem(symbol) == null)
                    .as("'%s' of seed %s", symbol, seed)
                    .isEqualTo(expected);
            symbols += expected ? 1 : 0;
        }
        assertThat(symbols).isBetween(Rounds.of(30_000), Rounds.of(270_000));
    }
}
