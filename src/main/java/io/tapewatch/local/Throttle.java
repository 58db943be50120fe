package io.tapewatch.local;

import java.util.concurrent.TimeUnit;

/** Lets through so many a second, and counts those it does not. */
final class Throttle {

    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int passed;
    private long withheld;

    Throttle(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether one more may pass at this time, in nanoseconds of a clock that only goes forward. */
    boolean passes(long nanos) {
        long now = Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        if (now != second) {
            second = now;
            passed = 0;
        }
        if (passed < perSecond) {
            passed++;
            return true;
        }
        withheld++;
        return false;
    }

    /** How many did not pass since the last call. */
    long takeWithheld() {
        long count = withheld;
        withheld = 0;
        return count;
    }
}
