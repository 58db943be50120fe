package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** An incident as it happens to an instrument: how far it moves the price, and the ticks it brings of its own. */
final class RunningIncident {

    private static final double FIVE_MINUTES = 5 * 60 * 1000;
    private static final double HOUR = 60 * 60 * 1000;
    private static final double SIZE_SPREAD = 0.4;
    private static final long NEVER = Long.MAX_VALUE;

    private final IncidentShape shape;
    private final SimulatedSymbol symbol;
    private final int symbolNumber;
    private final UniformRandomProvider random;
    private final SharedStateContinuousSampler gaussian;
    private final double leastTicksPerSecond;
    private final double sizeOfMean;
    private final Incident incident;

    private double sinceStart;
    private long nextTick;
    private boolean begun;

    /**
     * @param plan what happens and when
     * @param symbol to which instrument, whose number is the plan's
     * @param random its chances
     */
    RunningIncident(PlannedIncident plan, SimulatedSymbol symbol, UniformRandomProvider random) {
        this.shape = plan.shape();
        this.symbol = symbol;
        this.symbolNumber = plan.symbol();
        this.random = random;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        this.incident =
                new Incident(shape.kind(), symbol.name(), plan.start(), plan.end(), shape.size(), shape.clear());
        this.leastTicksPerSecond = symbol.ticksPerMilli()
                * 1000
                * switch (shape.kind()) {
                    case VOLUME_BURST -> 2;
                    case PUMP_AND_DUMP -> 1;
                    default -> 0;
                };
        this.sizeOfMean = ownVolume() / shape.course().ticks(leastTicksPerSecond);
        this.nextTick = isSilence() ? NEVER : plan.start();
    }

    /** How much its own ticks trade together, in mean sizes. */
    private double ownVolume() {
        double usual = symbol.ticksPerMilli();
        return switch (shape.kind()) {
            // What is meant to move the price alone trades no more than is usual in five minutes.
            case SPIKE, FLASH_CRASH ->
                Math.min(usual * FIVE_MINUTES, shape.course().ticks(leastTicksPerSecond));
            case PUMP_AND_DUMP -> (shape.volume() - 1) * usual * HOUR;
            case VOLUME_BURST -> usual * (shape.size() * FIVE_MINUTES - shape.millis());
            case SILENCE -> 0;
            case OFF_QUOTE_PRINT -> 1;
            case FAT_FINGER -> shape.volume();
        };
    }

    /** What and when it is; of an off-quote print, what is aimed at. */
    Incident incident() {
        return incident;
    }

    int symbolNumber() {
        return symbolNumber;
    }

    boolean isSilence() {
        return shape.kind() == IncidentKind.SILENCE;
    }

    /** How far the price is moved at a time in epoch milliseconds, as a fraction. */
    double moveAt(long time) {
        return time < incident.start() || time > incident.end()
                ? 0
                : shape.course().moveAt(time - incident.start());
    }

    /** When its next tick is, in epoch milliseconds; {@link Long#MAX_VALUE} when there is none. */
    long nextTick() {
        return nextTick;
    }

    /** Whether this is asked for the first time. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Goes on to the tick after. */
    void advance() {
        if (shape.isOneTick()) {
            nextTick = NEVER;
            return;
        }
        double perSecond = shape.course().ticksPerSecondAt((long) sinceStart, leastTicksPerSecond);
        sinceStart += (0.5 + random.nextDouble()) * 1000 / perSecond;
        long since = (long) sinceStart;
        nextTick = shape.course().ticksPerSecondAt(since, leastTicksPerSecond) > 0 ? incident.start() + since : NEVER;
    }

    boolean drawBuys() {
        return random.nextBoolean();
    }

    /** The size of its next tick, in steps. */
    long drawSize() {
        double deviations = gaussian.sample();
        return symbol.size(
                shape.kind() == IncidentKind.FAT_FINGER
                        ? sizeOfMean
                        : sizeOfMean * StrictMath.exp(SIZE_SPREAD * deviations - SIZE_SPREAD * SIZE_SPREAD / 2));
    }

    /** The price of its tick at this time, in steps. */
    long price(boolean buys, long time) {
        return switch (shape.kind()) {
            case FAT_FINGER -> Math.max(1, (long) StrictMath.rint(symbol.mid(time) * (1 + shape.size() / 100)));
            case OFF_QUOTE_PRINT -> {
                long steps = Math.max(1, (long) StrictMath.rint(shape.size() / 1e4 * shownMid()));
                yield buys || symbol.bid() <= steps ? symbol.ask() + steps : symbol.bid() - steps;
            }
            default -> buys ? symbol.ask() : symbol.bid();
        };
    }

    /** What is to be told of it, whose first tick has this price in steps: an off-quote print has the size it came to. */
    Incident told(long price) {
        if (shape.kind() != IncidentKind.OFF_QUOTE_PRINT) {
            return incident;
        }
        double bps = Math.max(price - symbol.ask(), symbol.bid() - price) / shownMid() * 1e4;
        return new Incident(
                incident.kind(),
                incident.symbol(),
                incident.start(),
                incident.end(),
                StrictMath.rint(bps * 100) / 100,
                incident.clear());
    }

    private double shownMid() {
        return (symbol.bid() + symbol.ask()) / 2.0;
    }
}
