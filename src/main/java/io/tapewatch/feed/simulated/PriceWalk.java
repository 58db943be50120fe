package io.tapewatch.feed.simulated;

import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;

/**
 * A geometric Brownian motion without drift whose volatility clusters: its logarithm is an Ornstein-Uhlenbeck process. Both
 * are looked at from one time to a later one; over such a step the volatility is what it was at its beginning.
 */
final class PriceWalk {

    private static final double DAY = 24 * 60 * 60 * 1000;
    private static final double HALF_LIFE = 3 * 60 * 60 * 1000;
    private static final double REVERSION = StrictMath.log(2) / HALF_LIFE;

    /** The standard deviation of the logarithm of the volatility, over a long time. */
    private static final double SPREAD = 0.5;

    /** How far that logarithm counts at most: a calm market has no hours of ten times the usual volatility. */
    private static final double MOST = 2 * SPREAD;

    private final double volatility;
    private final SharedStateContinuousSampler gaussian;
    private long time;
    private double logPrice;
    private double price;
    private double excitement;

    /**
     * @param price where it begins
     * @param time when, in epoch milliseconds
     * @param volatility of a day, as a fraction: the root mean square over a long time
     * @param gaussian where its chances come from
     */
    PriceWalk(double price, long time, double volatility, SharedStateContinuousSampler gaussian) {
        this.volatility = volatility;
        this.gaussian = gaussian;
        this.time = time;
        this.price = price;
        this.logPrice = StrictMath.log(price);
        this.excitement = SPREAD * gaussian.sample();
    }

    /** Where it is. */
    double price() {
        return price;
    }

    /** Goes on to a time that is not before the last, in epoch milliseconds. */
    void advanceTo(long to) {
        double step = gaussian.sample();
        double mood = gaussian.sample();
        if (to == time) {
            return;
        }
        double elapsed = to - time;
        double deviation = volatility
                * StrictMath.exp(Math.min(excitement, MOST) - SPREAD * SPREAD)
                * StrictMath.sqrt(elapsed / DAY);
        logPrice += deviation * step - deviation * deviation / 2;
        double kept = StrictMath.exp(-REVERSION * elapsed);
        excitement = kept * excitement + SPREAD * StrictMath.sqrt(1 - kept * kept) * mood;
        price = StrictMath.exp(logPrice);
        time = to;
    }
}
