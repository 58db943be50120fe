package io.tapewatch.local;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the job has counted, seen over time: when it last counted something, and whether a person knows. */
final class Progress {

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONG_REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<Counts> counters;
    private Counts latest;
    private Counts told;
    private long latestNanos;

    /** @param nanos what time it is, on a clock that only goes forward */
    Progress(Supplier<Counts> counters, long nanos) {
        this.counters = counters;
        this.latest = counters.get();
        this.told = latest;
        this.latestNanos = nanos;
    }

    /** Looks at the counters. */
    void look(long nanos) {
        Counts counts = counters.get();
        if (!counts.equals(latest)) {
            latest = counts;
            latestNanos = nanos;
        }
    }

    /** When something was counted last, as far as anybody looked. */
    long latestNanos() {
        return latestNanos;
    }

    /** Whether nothing more happens: all that came in is somewhere, or waits for a time that does not come. */
    boolean isAtRest(long nanos) {
        return nanos - latestNanos >= (latest.balance() ? REST_NANOS : LONG_REST_NANOS);
    }

    /** Whether anything was counted since a person was told. */
    boolean isNews() {
        return !latest.equals(told);
    }

    /** A person was told. */
    void told() {
        told = latest;
    }
}
