package io.tapewatch.feed;

/**
 * Maps event time to wall time and back, for a replay at a finite speed.
 *
 * <p>Wall time here is nanoseconds of a clock that only goes forward, from any origin.
 */
final class Pace {

    private static final double NANOS_PER_MILLI = 1e6;

    private final double speed;
    private final long firstTime;
    private final int firstNanos;
    private final long startNanos;

    /**
     * @param speed a finite number of times real time
     * @param firstTime the event time of the first price, in epoch milliseconds, which is sent at once
     * @param firstNanos the nanoseconds after that millisecond
     * @param startNanos the wall time at which it is sent
     */
    Pace(Speed speed, long firstTime, int firstNanos, long startNanos) {
        if (!speed.isPaced()) {
            throw new IllegalArgumentException("as fast as it goes has no pace");
        }
        this.speed = speed.times();
        this.firstTime = firstTime;
        this.firstNanos = firstNanos;
        this.startNanos = startNanos;
    }

    /** How many nanoseconds after {@code nowNanos} a price of this event time is due; 0 or less if it is. */
    long nanosUntil(long time, int nanos, long nowNanos) {
        double dueAfterStart = ((time - firstTime) * NANOS_PER_MILLI + (nanos - firstNanos)) / speed;
        return (long) (dueAfterStart - (nowNanos - startNanos));
    }

    /** The event time, in epoch milliseconds, that the replay has reached at this wall time. */
    long eventTimeAt(long nowNanos) {
        return firstTime + (long) ((firstNanos + (nowNanos - startNanos) * speed) / NANOS_PER_MILLI);
    }
}
