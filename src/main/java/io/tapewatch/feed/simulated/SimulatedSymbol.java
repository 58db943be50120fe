package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.jspecify.annotations.Nullable;

/** An instrument: what it is like, and its quote as of its last trade. Prices and sizes are whole numbers of least steps. */
final class SimulatedSymbol {

    private static final Range STARTING_PRICE = new Range(2, 500);
    private static final Range DAY_VOLATILITY = new Range(0.02, 0.04);
    private static final Range HALF_SPREAD = new Range(1e-4, 5e-4);
    private static final Range MEAN_SHARES = new Range(100, 600);
    private static final Range MEAN_COINS = new Range(0.5, 5);
    private static final double SIZE_SPREAD = 0.8;

    private final String name;
    private final double ticksPerMilli;
    private final int pricePlaces;
    private final double priceStep;
    private final double startingPrice;
    private final double halfSpread;
    private final int sizePlaces;
    private final double meanSize;
    private final PriceWalk walk;

    private long bid;
    private long ask;
    private long lastTrade;
    private long silentFrom = Long.MAX_VALUE;
    private long silentUntil = Long.MIN_VALUE;
    private @Nullable RunningIncident incident;

    /**
     * @param ticksPerMilli how often it trades
     * @param start when it begins, in epoch milliseconds
     * @param profile where the chances come from that it is like this
     * @param gaussian where those of its price come from
     */
    SimulatedSymbol(
            String name,
            boolean coin,
            double ticksPerMilli,
            long start,
            UniformRandomProvider profile,
            SharedStateContinuousSampler gaussian) {
        this.name = name;
        this.ticksPerMilli = ticksPerMilli;
        this.startingPrice = STARTING_PRICE.logUniform(profile);
        this.pricePlaces = startingPrice < 10 ? 4 : 2;
        this.priceStep = startingPrice < 10 ? 1e-4 : 1e-2;
        this.halfSpread = HALF_SPREAD.uniform(profile);
        this.sizePlaces = coin ? 3 : 0;
        this.meanSize = coin ? 1000 * MEAN_COINS.logUniform(profile) : MEAN_SHARES.logUniform(profile);
        this.walk = new PriceWalk(startingPrice, start, DAY_VOLATILITY.uniform(profile), gaussian);
        this.lastTrade = start;
    }

    String name() {
        return name;
    }

    /** Whether it is a coin, which trades around the clock. */
    boolean isCoin() {
        return sizePlaces > 0;
    }

    /** How often it usually trades, in ticks a millisecond. */
    double ticksPerMilli() {
        return ticksPerMilli;
    }

    /** How large the least step of its price is, in basis points of the price at its beginning. */
    double stepBps() {
        return priceStep / startingPrice * 1e4;
    }

    /** Lets its price move on to this time, in epoch milliseconds. */
    void advanceTo(long time) {
        walk.advanceTo(time);
    }

    /**
     * Quotes it for a trade at this time, in epoch milliseconds; of two trades in one millisecond the second has the quote
     * of the first.
     *
     * @return the time from which on that quote may be shown, or {@code time} if it is that of the trade before
     */
    long quoteForTradeAt(long time) {
        long before = lastTrade;
        if (time > before) {
            double mid = mid(time);
            long spread = Math.max(1, (long) StrictMath.rint(2 * halfSpread * mid));
            bid = Math.max(1, (long) StrictMath.rint(mid - spread / 2.0));
            ask = bid + spread;
            lastTrade = time;
        }
        return Math.max(before, silentUntil);
    }

    /** The middle of the market at this time without regard to the grid, in steps. */
    double mid(long time) {
        return walk.price() * (1 + (incident == null ? 0 : incident.moveAt(time))) / priceStep;
    }

    /** The best bid, in steps, above zero. */
    long bid() {
        return bid;
    }

    /** The best ask, in steps, above the bid. */
    long ask() {
        return ask;
    }

    /** A size, in steps, at least one. */
    long size(double ofMean) {
        return Math.max(1, (long) StrictMath.rint(meanSize * ofMean));
    }

    /** How many times its mean a usual size is that is so many standard deviations from the middle. */
    static double sizeOfMean(double deviations) {
        return StrictMath.exp(SIZE_SPREAD * deviations - SIZE_SPREAD * SIZE_SPREAD / 2);
    }

    String priceText(long steps) {
        return Decimals.text(steps, pricePlaces);
    }

    String sizeText(long steps) {
        return Decimals.text(steps, sizePlaces);
    }

    /** An incident begins; at most one runs at a time. */
    void begin(RunningIncident begun) {
        if (begun.isSilence()) {
            silentFrom = begun.incident().start();
            // A trade in the millisecond after could not have a quote before it.
            silentUntil = begun.incident().end() + 1;
        } else {
            incident = begun;
        }
    }

    /** Whether nothing is traded or quoted at this time, in epoch milliseconds. */
    boolean isSilentAt(long time) {
        return time >= silentFrom && time <= silentUntil;
    }
}
