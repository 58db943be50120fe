package io.tapewatch.feed.simulated;

import org.apache.commons.rng.UniformRandomProvider;

/** What a number is drawn from, both ends above zero. */
record Range(double least, double most) {

    /** Any number in it as likely as any other. */
    double uniform(UniformRandomProvider random) {
        return least + (most - least) * random.nextDouble();
    }

    /** As likely within a factor of the least as within the same factor of the most. */
    double logUniform(UniformRandomProvider random) {
        return least * StrictMath.exp(StrictMath.log(most / least) * random.nextDouble());
    }
}
