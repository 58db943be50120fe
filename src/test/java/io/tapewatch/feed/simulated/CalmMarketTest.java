package io.tapewatch.feed.simulated;

import static io.tapewatch.feed.simulated.SimulatedTape.HOUR;
import static io.tapewatch.feed.simulated.SimulatedTape.MINUTE;
import static io.tapewatch.feed.simulated.SimulatedTape.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.feed.PriceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A week of 40 symbols: what its prices are like, and that nothing happens in it by itself that looks like an incident. */
@Tag("slow")
class CalmMarketTest {

    private static final long SEED = 11;
    private static final String WITH_SEED = "with seed " + SEED;
    private static final long WEEK = 7 * 24 * HOUR;
    private static final double RATE = 1.25;

    private static final Map<String, List<Traded>> TAPE = new HashMap<>();
    private static final Set<String> IDS = new HashSet<>();

    private record Traded(long time, double price, double size) {}

    @BeforeAll
    static void trade() {
        SimulatedTape tape = SimulatedTape.of(SimulationSettings.of(SEED, 40, RATE, START, START + WEEK));
        for (PriceRow tick : tape.ticks()) {
            TAPE.computeIfAbsent(tick.symbol(), symbol -> new ArrayList<>())
                    .add(new Traded(tick.time(), SimulatedTape.price(tick), SimulatedTape.size(tick)));
            IDS.add(tick.id());
        }
    }

    @Test
    void ticksComeAtTheRateAskedForAtRandomTimesEachWithAnIdOfItsOwn() {
        int[] perMinute = new int[(int) (WEEK / MINUTE)];
        int ticks = 0;
        for (List<Traded> trades : TAPE.values()) {
            for (Traded trade : trades) {
                perMinute[(int) ((trade.time - START) / MINUTE)]++;
                ticks++;
            }
        }
        double expected = RATE * WEEK / 1000;
        double mean = expected / perMinute.length;
        double variance = 0;
        for (int count : perMinute) {
            variance += (count - mean) * (count - mean) / perMinute.length;
        }

        assertThat((double) ticks).as(WITH_SEED).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        assertThat(variance / mean)
                .as("dispersion, 1 of a Poisson process, " + WITH_SEED)
                .isCloseTo(1, within(0.06));
        assertThat(IDS).as(WITH_SEED).hasSize(ticks);
    }

    @Test
    void theVolatilityOfADayIsTwoToFourPercent() {
        double squares = 0;
        for (List<Traded> trades : TAPE.values()) {
            double days = WEEK / (24.0 * HOUR);
            double ofSymbol = squares(returns(trades, HOUR)) / days;
            assertThat(Math.sqrt(ofSymbol)).as(WITH_SEED).isBetween(0.012, 0.06);
            squares += ofSymbol / TAPE.size();
        }
        // The root of the mean square of 2 to 4 per cent, evenly spread, is 3.06 per cent.
        assertThat(Math.sqrt(squares)).as(WITH_SEED).isBetween(0.0275, 0.034);
    }

    @Test
    void volatilityClustersAndReturnsDoNotFollowEachOther() {
        double ofReturns = 0;
        double ofMagnitudes = 0;
        for (List<Traded> trades : TAPE.values()) {
            double[] returns = returns(trades, 30 * MINUTE);
            double[] magnitudes = returns.clone();
            for (int i = 0; i < magnitudes.length; i++) {
                magnitudes[i] = Math.abs(magnitudes[i]);
            }
            ofReturns += autocorrelation(returns) / TAPE.size();
            ofMagnitudes += autocorrelation(magnitudes) / TAPE.size();
        }

        assertThat(ofReturns).as(WITH_SEED).isCloseTo(0, within(0.04));
        assertThat(ofMagnitudes).as(WITH_SEED).isBetween(0.12, 0.35);
    }

    @Test
    void noPriceMovesByThreePercentInFiveMinutes() {
        double most = 0;
        for (List<Traded> trades : TAPE.values()) {
            for (int i = 0; i < trades.size(); i++) {
                for (int j = i - 1; j >= 0 && trades.get(i).time - trades.get(j).time <= 5 * MINUTE; j--) {
                    most = Math.max(most, Math.abs(trades.get(i).price / trades.get(j).price - 1));
                }
            }
        }

        assertThat(most).as(WITH_SEED).isBetween(0.005, 0.03);
    }

    @Test
    void noReturnIsTwentyStandardDeviationsOfThoseOfTheHourBefore() {
        double most = 0;
        for (List<Traded> trades : TAPE.values()) {
            for (int i = 1; i < trades.size(); i++) {
                double sum = 0;
                double squares = 0;
                int count = 0;
                for (int j = i - 1; j >= 1 && trades.get(i).time - trades.get(j).time <= HOUR; j--) {
                    double change = trades.get(j).price / trades.get(j - 1).price - 1;
                    sum += change;
                    squares += change * change;
                    count++;
                }
                if (count >= 30) {
                    double deviation = Math.sqrt((squares - sum * sum / count) / (count - 1));
                    double change = trades.get(i).price / trades.get(i - 1).price - 1;
                    most = Math.max(most, Math.abs(change) / deviation);
                }
            }
        }

        assertThat(most).as(WITH_SEED).isBetween(4.0, 20.0);
    }

    @Test
    void noFiveMinutesHaveTwentyTimesTheVolumeOfTheHourBefore() {
        double most = 0;
        for (List<Traded> trades : TAPE.values()) {
            for (int i = 0; i < trades.size(); i++) {
                long now = trades.get(i).time;
                double volume = 0;
                double before = 0;
                int countBefore = 0;
                for (int j = i; j >= 0 && now - trades.get(j).time <= HOUR + 5 * MINUTE; j--) {
                    if (now - trades.get(j).time <= 5 * MINUTE) {
                        volume += trades.get(j).size;
                    } else {
                        before += trades.get(j).size;
                        countBefore++;
                    }
                }
                if (countBefore >= 30) {
                    most = Math.max(most, volume / (before / 12));
                }
            }
        }

        assertThat(most).as(WITH_SEED).isBetween(2.0, 20.0);
    }

    /** Logarithmic returns from the last price of each interval to that of the next. */
    private static double[] returns(List<Traded> trades, long interval) {
        double[] last = new double[(int) (WEEK / interval)];
        for (Traded trade : trades) {
            last[(int) ((trade.time - START) / interval)] = trade.price;
        }
        double[] returns = new double[last.length - 1];
        for (int i = 1; i < last.length; i++) {
            last[i] = last[i] == 0 ? last[i - 1] : last[i];
            returns[i - 1] = Math.log(last[i] / last[i - 1]);
        }
        return returns;
    }

    private static double squares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    private static double autocorrelation(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double together = 0;
        double alone = 0;
        for (int i = 0; i < values.length; i++) {
            alone += (values[i] - mean) * (values[i] - mean);
            together += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
        }
        return together / alone;
    }
}
