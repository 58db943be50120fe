package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedSymbolsTest {

    private static final long SEED = 20261201;

    @Test
    void theSameCharactersAreTheSameString() {
        String symbol = of("BTC-USD");
        assertThat(symbol).isEqualTo("BTC-USD");
        assertThat(of("BTC-USD")).isSameAs(symbol);
    }

    @Test
    void symbolsOfOneHashAreToldApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        for (int i = 0; i < 3; i++) {
            assertThat(of("Aa")).isEqualTo("Aa");
            assertThat(of("BB")).isEqualTo("BB");
        }
    }

    @Test
    void anySymbolIsWhatItsCharactersSay() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] characters = new byte[1 + random.nextInt(random.nextBoolean() ? 2 : 64)];
            random.nextBytes(characters);
            assertThat(SharedSymbols.of(characters))
                    .as("seed %d", SEED)
                    .isEqualTo(new String(characters, StandardCharsets.ISO_8859_1));
        }
    }

    private static String of(String symbol) {
        return SharedSymbols.of(symbol.getBytes(StandardCharsets.ISO_8859_1));
    }
}
