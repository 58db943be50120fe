package io.tapewatch.bench;

import java.time.Duration;

/**
 * How far a job has come at a moment.
 *
 * @param records what its sources have read since its tasks started
 * @param cpu for how long its task managers have kept a core busy
 * @param millis when, by this machine's clock
 */
record Sample(long records, Duration cpu, long millis) {

    double secondsSince(Sample earlier) {
        return (millis - earlier.millis) / 1e3;
    }

    double recordsPerSecondSince(Sample earlier) {
        return (records - earlier.records) / secondsSince(earlier);
    }

    /** How many records a second of a core was enough for. */
    double recordsPerCoreSince(Sample earlier) {
        return (records - earlier.records) * 1e9 / cpu.minus(earlier.cpu).toNanos();
    }

    double coresBusySince(Sample earlier) {
        return cpu.minus(earlier.cpu).toMillis() / (double) (millis - earlier.millis);
    }
}
