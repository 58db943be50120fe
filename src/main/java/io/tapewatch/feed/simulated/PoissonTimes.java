package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** The times of a Poisson process, in whole epoch milliseconds: at random, so many a second. */
final class PoissonTimes {

    /** What is as good as never, and far from where sums overflow. */
    private static final double NEVER = 1e18;

    private final long start;
    private final double millisBetween;
    private final ZigguratSampler.Exponential gap;
    private double clock;

    /**
     * @param start the first time is after it
     * @param rate how many there are a second
     */
    PoissonTimes(long start, double rate, UniformRandomProvider random) {
        this.start = start;
        this.millisBetween = 1000 / rate;
        this.gap = ZigguratSampler.Exponential.of(random);
        advance();
    }

    /** The next time. */
    long next() {
        return start + 1 + (long) clock;
    }

    /** Goes on to the one after. */
    void advance() {
        clock = Math.min(clock + gap.sample() * millisBetween, NEVER);
    }
}
