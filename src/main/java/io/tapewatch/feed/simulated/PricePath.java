package io.tapewatch.feed.simulated;

import java.util.List;

/** How an incident goes: one phase after the other. */
final class PricePath {

    /** Of how many time constants a price that wears off does so: 0.7 % of the move are left. */
    private static final double TIME_CONSTANTS = 5;

    private final List<Phase> phases;
    private final long millis;

    private PricePath(List<Phase> phases) {
        this.phases = phases;
        this.millis = phases.stream().mapToLong(Phase::millis).sum();
    }

    static PricePath of(Phase... phases) {
        return new PricePath(List.of(phases));
    }

    /**
     * One phase.
     *
     * @param millis how long it is
     * @param from how far the price is from where it would be when it begins, as a fraction of that
     * @param to likewise when it is over
     * @param wearsOff whether it gets there exponentially, or else in a straight line
     * @param ticksPerSecond how many ticks it brings of its own
     */
    record Phase(long millis, double from, double to, boolean wearsOff, double ticksPerSecond) {

        static Phase straight(double millis, double from, double to, double ticksPerSecond) {
            return new Phase((long) millis, from, to, false, ticksPerSecond);
        }

        static Phase wearingOff(double millis, double from) {
            return new Phase((long) millis, from, 0, true, 0);
        }

        private double moveAt(long since) {
            double done = (double) since / millis;
            return wearsOff ? from * StrictMath.exp(-TIME_CONSTANTS * done) : from + (to - from) * done;
        }
    }

    long millis() {
        return millis;
    }

    /** How far the price is moved so many milliseconds after the beginning, as a fraction. */
    double moveAt(long since) {
        long phaseSince = since;
        for (Phase phase : phases) {
            if (phaseSince < phase.millis) {
                return phase.moveAt(phaseSince);
            }
            phaseSince -= phase.millis;
        }
        return 0;
    }

    /**
     * How many ticks a second it brings so many milliseconds after the beginning.
     *
     * @param least how many at least in a phase that brings any
     */
    double ticksPerSecondAt(long since, double least) {
        long phaseSince = since;
        for (Phase phase : phases) {
            if (phaseSince < phase.millis) {
                return atLeast(least, phase);
            }
            phaseSince -= phase.millis;
        }
        return 0;
    }

    /** How many ticks it brings in all, about. */
    double ticks(double leastPerSecond) {
        double ticks = 0;
        for (Phase phase : phases) {
            ticks += phase.millis / 1000.0 * atLeast(leastPerSecond, phase);
        }
        return ticks;
    }

    private static double atLeast(double least, Phase phase) {
        return phase.ticksPerSecond == 0 ? 0 : Math.max(least, phase.ticksPerSecond);
    }
}
