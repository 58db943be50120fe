package io.tapewatch.domain;

import static io.tapewatch.domain.Rules.condition;
import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagMessageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    price > 1100               | 1200      | NaN    | 0      | BTC-USD traded at 1200 (limit > 1100)
                    price <= 0.00001           | 0.0000099 | NaN    | 0      | BTC-USD traded at 0.0000099 (limit <= 0.00001)
                    price < 0                  | -37.63    | NaN    | 0      | BTC-USD traded at -37.63 (limit < 0)
                    size >= 200                | 811.02    | NaN    | 250.5  | BTC-USD traded a size of 250.5 at 811.02 (limit >= 200)
                    size < 1                   | 811.02    | NaN    | 0      | BTC-USD traded a size of 0 at 811.02 (limit < 1)
                    changePct over 5m > 5      | 860.66    | 811.02 | 6.1206 | BTC-USD rose 6.12 % in 5m (limit > 5 %), 811.02 → 860.66
                    changePct over 3600s < -5  | 90        | 100    | -10    | BTC-USD fell 10 % in 1h (limit < -5 %), 100 → 90
                    changePct over 5m < 5      | 101.005   | 100    | 1.005  | BTC-USD rose 1 % in 5m (limit < 5 %), 100 → 101.005
                    changePct over 1m >= 0     | 100       | 100    | 0      | BTC-USD was unchanged in 1m (limit >= 0 %), 100 → 100
                    changePct over 1m > 0      | 100.004   | 100    | 0.004  | BTC-USD rose under 0.01 % in 1m (limit > 0 %), 100 → 100.004
                    changePct over 1m < 0      | 99.995    | 100    | -0.005 | BTC-USD fell 0.01 % in 1m (limit < 0 %), 100 → 99.995
                    tickChangePct >= 12.5      | 120       | 100    | 20     | BTC-USD rose 20 % since the tick before (limit >= 12.5 %), 100 → 120
                    tickChangePct >= 12.5      | 12000     | 1      | 1.2e6  | BTC-USD rose 1200000 % since the tick before (limit >= 12.5 %), 1 → 12000
                    """)
    void aMessageIsASentence(String condition, double price, double base, double value, String message) {
        Tick tick = tick("BTC-USD").price(price).size(value).tick();
        assertThat(FlagMessage.of(tick, condition(condition), value, base)).isEqualTo(message);
    }

    @Test
    void aMessageIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            Tick tick = tick("X").price(1234.5).tick();
            assertThat(FlagMessage.of(tick, condition("changePct over 5m > 1.5"), 23.45, 1000))
                    .isEqualTo("X rose 23.45 % in 5m (limit > 1.5 %), 1000 → 1234.5");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aNumberIsTheShortestThatReadsBack() {
        long seed = 11;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            double value = (random.nextInt(2_000_000) - 1_000_000)
                    / Math.pow(10, random.nextInt(10))
                    * (random.nextBoolean() ? 1 : random.nextDouble());
            String plain = FlagMessage.plain(value);
            assertThat(Double.parseDouble(plain)).as("seed %s", seed).isEqualTo(value == 0 ? 0 : value);
            String shortest = new BigDecimal(NumberOutput.toString(value, true))
                    .stripTrailingZeros()
                    .toPlainString();
            assertThat(plain).as("%s of seed %s", value, seed).hasSameSizeAs(shortest);
        }
        assertThat(FlagMessage.plain(2.0e-3)).isEqualTo("0.002");
        assertThat(FlagMessage.plain(2.2e-12)).isEqualTo("0.0000000000022");
    }
}
