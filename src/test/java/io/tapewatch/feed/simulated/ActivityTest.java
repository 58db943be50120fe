package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.feed.FeedRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityTest {

    private static final long SEED = 2022;
    private static final int EXCHANGE = 5504;

    @ParameterizedTest
    @CsvSource({"1, 0.024", "10, 0.157", "100, 0.580", "5504, 1"})
    void theLawHasTheSharesOfTheExchangeItWasFittedTo(int top, double share) {
        Activity activity = new Activity(EXCHANGE);

        double sum = 0;
        for (int symbol = 0; symbol < top; symbol++) {
            sum += activity.share(symbol);
        }

        assertThat(sum).isCloseTo(share, within(0.0005));
    }

    @Test
    void aMillionTicksHaveTheSharesOfTheLaw() {
        int ticks = 1_000_000;
        Simulation simulation =
                new Simulation(SimulationSettings.of(SEED, EXCHANGE, 50_000, START, Long.MAX_VALUE), incident -> {});
        Map<String, Integer> counts = new HashMap<>();
        for (FeedRow row : SimulatedTape.first(ticks, simulation)) {
            counts.merge(row.symbol(), 1, Integer::sum);
        }

        List<String> symbols = simulation.symbols();
        Activity law = new Activity(EXCHANGE);
        int counted = 0;
        double share = 0;
        for (int top = 1; top <= EXCHANGE; top++) {
            counted += counts.getOrDefault(symbols.get(top - 1), 0);
            share += law.share(top - 1);
            double deviation = Math.sqrt(ticks * share * Math.max(0, 1 - share));
            assertThat((double) counted)
                    .as("ticks of the top %d with seed %d", top, SEED)
                    .isCloseTo(ticks * share, within(4.5 * deviation + 1));
        }
    }
}
