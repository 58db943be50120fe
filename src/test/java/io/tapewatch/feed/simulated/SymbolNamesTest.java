package io.tapewatch.feed.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Symbols;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolNamesTest {

    @Test
    void tenThousandNamesAreDifferentAndTaken() {
        List<String> names = names(7, 10_000);

        assertThat(names).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(names).allSatisfy(name -> {
            assertThat(name).matches("([B-DF-HJ-NPR-TV-Z][AEIOU]){2}\\.SIM(-USD)?");
            assertThat(Symbols.problem(name)).isNull();
        });
        assertThat(names.stream().map(name -> name.substring(0, 4)).distinct()).hasSize(10_000);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "5, 2", "500, 125"})
    void theBusiestQuarterRoundedUpAreCoins(int symbols, int coins) {
        List<String> names = names(7, symbols);

        assertThat(names.subList(0, coins)).allMatch(name -> name.endsWith(".SIM-USD"));
        assertThat(names.subList(coins, symbols)).allMatch(name -> name.endsWith(".SIM"));
    }

    @Test
    void anotherSeedNamesThemOtherwise() {
        assertThat(names(8, 100)).isNotEqualTo(names(7, 100));
    }

    private static List<String> names(long seed, int symbols) {
        return SymbolNames.of(symbols, new Randomness(seed).of(Randomness.Concern.NAMES));
    }
}
