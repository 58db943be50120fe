package io.tapewatch.feed.simulated;

import io.tapewatch.feed.simulated.Randomness.Concern;
import org.apache.commons.rng.UniformRandomProvider;

/** What becomes of rows on their way: some are late, and some ticks come twice. */
final class Transit {

    /** Whose rows they are; each has its own chances. Their order is part of what a seed means. */
    enum Of {
        TICKS,
        TICKS_OF_INCIDENTS,
        BAD_RECORDS,
        QUOTES,
        QUOTES_OF_INCIDENTS,
        REFRESHED_QUOTES
    }

    /** What {@link #repeat()} is of a tick that comes once. */
    static final long ONCE = -1;

    private static final int LATEST_REPEAT = 500;

    private final SimulationSettings settings;
    private final UniformRandomProvider delays;
    private final UniformRandomProvider repeats;

    Transit(SimulationSettings settings, Randomness randomness, Of of) {
        this.settings = settings;
        this.delays = randomness.of(Concern.DELAYS, of.ordinal());
        this.repeats = randomness.of(Concern.REPEATS, of.ordinal());
    }

    /** How many milliseconds after its event time the next row arrives. */
    long delay() {
        return settings.disorder() > 0 && delays.nextDouble() < settings.disorder()
                ? 1 + delays.nextLong(settings.maxDelayMillis())
                : 0;
    }

    /** How many milliseconds after its arrival the next tick arrives a second time, or {@link #ONCE}. */
    long repeat() {
        return settings.repeats() > 0 && repeats.nextDouble() < settings.repeats()
                ? repeats.nextInt(LATEST_REPEAT + 1)
                : ONCE;
    }
}
