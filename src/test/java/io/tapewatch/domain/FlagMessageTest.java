package io.tapewatch.domain;

import static io.tapewatch.domain.Rules.condition;
import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagMessageTest {

    // What was seen: value, price that it is counted from, price of the tick.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    price > 1100               | 1200 NaN 1200        | BTC-USD traded at 1200 (limit 1100)
                    price <= 0.00001           | 0.0000099 NaN 0.0000099 | BTC-USD traded at 0.0000099 (limit 0.00001)
                    price < 0                  | -37.63 NaN -37.63    | BTC-USD traded at -37.63 (limit 0)
                    size >= 200                | 250.5 NaN 811.02     | BTC-USD traded a size of 250.5 at 811.02 (limit 200)
                    notional > 1000000         | 1250000.5 NaN 50     | BTC-USD traded a notional of 1250000.5 at 50 (limit 1000000)
                    changePct over 5m > 5      | 6.1206 811.02 860.66 | BTC-USD rose 6.1 % in 5m (limit 5 %), 811.02 → 860.66
                    changePct over 3600s < -5  | -10 100 90           | BTC-USD fell 10 % in 1h (limit -5 %), 100 → 90
                    changePct over 5m > 5      | 5.04 100 105.04      | BTC-USD rose 5.04 % in 5m (limit 5 %), 100 → 105.04
                    changePct over 5m > 5      | 5.00004 100 105.00004 | BTC-USD rose 5.00004 % in 5m (limit 5 %), 100 → 105.00004
                    changePct over 5m >= 5     | 5 100 105            | BTC-USD rose 5 % in 5m (limit 5 %), 100 → 105
                    changePct over 1m >= 0     | 0 100 100            | BTC-USD was unchanged in 1m (limit 0 %), 100 → 100
                    changePct over 1m > 0      | 0.004 100 100.004    | BTC-USD rose 0.004 % in 1m (limit 0 %), 100 → 100.004
                    changePct over 1m > 0      | 0.012345 100 100.0123 | BTC-USD rose 0.012 % in 1m (limit 0 %), 100 → 100.0123
                    tickChangePct >= 12.5      | 20 100 120           | BTC-USD rose 20 % since the tick before (limit 12.5 %), 100 → 120
                    tickChangePct >= 12.5      | 1199900 1 12000      | BTC-USD rose 1199900 % since the tick before (limit 12.5 %), 1 → 12000
                    gapSeconds > 600           | 630.25 NaN 100       | BTC-USD ticked after 630.3 s without a tick (limit 600), at 100
                    rangePct over 5m > 5       | 7.23 90 96           | BTC-USD ranged over 7.2 % in 5m (limit 5 %), at 96
                    fromHighPct over 1h < -5   | -5.57 100 94.43      | BTC-USD is 5.6 % below its high of 1h (limit -5 %), 100 → 94.43
                    fromLowPct over 1h > 5     | 5.57 100 105.57      | BTC-USD is 5.6 % above its low of 1h (limit 5 %), 100 → 105.57
                    count over 10s >= 500      | 512 NaN 100          | BTC-USD ticked 512 times in 10s (limit 500), at 100
                    volume over 5m > 800       | 812.5 NaN 100        | BTC-USD traded a volume of 812.5 in 5m (limit 800), at 100
                    turnover over 5m > 800     | 812.5 NaN 100        | BTC-USD turned over 812.5 in 5m (limit 800), at 100
                    vwapDeviationPct over 1h > 5 | 5.21 100 105.21    | BTC-USD traded 5.2 % above its VWAP of 1h (limit 5 %), 100 → 105.21
                    vwapDeviationPct over 1h > 2 | 3.01 1033.6213242953506 1064.77 | BTC-USD traded 3 % above its VWAP of 1h (limit 2 %), 1033.6213 → 1064.77
                    vwapDeviationPct over 1h < -5 | -5.21 100 94.79   | BTC-USD traded 5.2 % below its VWAP of 1h (limit -5 %), 100 → 94.79
                    returnZScore over 1h > 8   | 8.21 NaN 100         | BTC-USD rose by 8.2 standard deviations of its returns in 1h (limit 8), at 100
                    returnZScore over 1h < -8  | -8.21 NaN 100        | BTC-USD fell by 8.2 standard deviations of its returns in 1h (limit -8), at 100
                    sizeRatio over 1h > 50     | 52.1 NaN 100         | BTC-USD traded 52.1 times its mean size of 1h (limit 50), at 100
                    volumeRatio over 5m baseline 1h > 3 | 3.41 NaN 100 | BTC-USD traded 3.4 times its usual volume in 5m (limit 3), at 100
                    countRatio over 5m baseline 1h > 3 | 3.41 NaN 100 | BTC-USD ticked 3.4 times as often as usual in 5m (limit 3), at 100
                    dayChangePct > 10          | 10.11 100 110.11     | BTC-USD rose 10.1 % since the previous close (limit 10 %), 100 → 110.11
                    silenceSeconds >= 600      | 600 811.02 811.02    | BTC-USD has not ticked for 600 s (limit 600), last at 811.02 at 2013-11-25T00:00:00Z
                    """)
    void aMessageIsASentence(String condition, String seen, String message) {
        assertThat(message("BTC-USD", part(condition, seen))).isEqualTo(message);
    }

    @Test
    void furtherConditionsFollowInTheirWords() {
        FlagMessage.Part rise = part("changePct over 5m > 5", "6.1206 811.02 860.66");
        assertThat(message(
                        "BTC-USD",
                        rise,
                        part("volumeRatio over 5m baseline 1h > 3", "3.41 NaN 860.66"),
                        part("countRatio over 5m baseline 1h > 2", "2.5 NaN 860.66"),
                        part("fromLowPct over 1h > 6", "7 804 860.66")))
                .isEqualTo("BTC-USD rose 6.1 % in 5m (limit 5 %), 811.02 → 860.66, on 3.4 times its usual volume, with"
                        + " 2.5 times as many ticks as usual, is 7 % above its low of 1h");
        assertThat(message("X")).isEqualTo("X traded at 860.66, where no condition has a value");
    }

    private static FlagMessage.Part part(String condition, String seen) {
        double[] numbers =
                Arrays.stream(seen.split(" ")).mapToDouble(Double::parseDouble).toArray();
        Condition read = condition(condition);
        return new FlagMessage.Part(read, read.is(), new Seen(numbers[0], numbers[1], numbers[2]));
    }

    private static String message(String symbol, FlagMessage.Part... parts) {
        Tick tick = tick(symbol).price(860.66).at(1_385_337_600_000L + 600_000).tick();
        return FlagMessage.of(symbol, FlaggedTick.of(tick, Double.NaN, null, false), List.of(parts));
    }

    @Test
    void aMessageIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(message("X", part("changePct over 5m > 1.5", "23.46 1000 1234.5")))
                    .isEqualTo("X rose 23.5 % in 5m (limit 1.5 %), 1000 → 1234.5");
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
