package io.tapewatch.feed.simulated;

import io.tapewatch.feed.simulated.Randomness.Concern;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** What is left to chance in the quotes of one origin, quote by quote, whether or not they are shown. */
final class QuoteDraws {

    /** How long before its trade a quote is shown at most, in milliseconds. */
    static final int MOST_AHEAD = 400;

    private static final double USUAL_SIZE = 3;

    private final UniformRandomProvider random;
    private final SharedStateContinuousSampler gaussian;
    private final Transit delivery;

    /**
     * What is left to chance in one quote.
     *
     * @param ahead how many milliseconds it is shown before its trade, if nothing is in the way
     * @param bidSize how much is wanted, in mean sizes of trades
     * @param askSize how much is offered, likewise
     * @param delay how many milliseconds late it arrives
     */
    record QuoteDraw(int ahead, double bidSize, double askSize, long delay) {}

    QuoteDraws(SimulationSettings settings, Randomness randomness, Transit.Of of) {
        random = randomness.of(Concern.QUOTES, of.ordinal());
        gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        delivery = new Transit(settings, randomness, of);
    }

    QuoteDraw next() {
        return new QuoteDraw(1 + random.nextInt(MOST_AHEAD), size(), size(), delivery.delay());
    }

    private double size() {
        return USUAL_SIZE * SimulatedSymbol.sizeOfMean(gaussian.sample());
    }
}
