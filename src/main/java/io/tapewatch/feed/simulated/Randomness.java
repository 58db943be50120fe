package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Where the chances of a market come from: a stream of random numbers for each concern, so that what one concern draws
 * changes nothing for the others.
 */
final class Randomness {

    /** What chances are needed for. Their order is part of what a seed means. */
    enum Concern {
        NAMES,
        PROFILES,
        ACTIVITY,
        PRICES,
        TRADES,
        DELAYS,
        REPEATS,
        BAD_RECORDS,
        QUOTES,
        REFRESHMENTS,
        PLANS,
        CHOICES,
        INCIDENTS
    }

    private final long seed;

    Randomness(long seed) {
        this.seed = seed;
    }

    /** The stream of a concern, from its beginning. */
    UniformRandomProvider of(Concern concern) {
        return of(concern, 0);
    }

    /** One of the streams of a concern, from its beginning. */
    UniformRandomProvider of(Concern concern, long number) {
        return RandomSource.XO_SHI_RO_256_PP.create(mix(mix(mix(seed) + concern.ordinal() + 1) + number));
    }

    /** A step of SplitMix64 (Steele, Lea and Flood 2014): numbers that are close together get far apart. */
    private static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
