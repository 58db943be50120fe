package io.tapewatch.domain.trade;

import java.io.Serializable;

/**
 * How long trades are kept, and what for.
 *
 * @param horizon how long after its time a trade can be cancelled or corrected, in milliseconds; 0: never
 * @param repeatWindow how far apart in event time two trades of one id are one trade sent twice, in milliseconds; 0: never
 * @param maxTrades how many trades of a symbol are kept at most; beyond, the oldest are dropped
 */
public record KeepingSettings(long horizon, long repeatWindow, long maxTrades) implements Serializable {

    /** No trade is kept. */
    public static final KeepingSettings NONE = new KeepingSettings(0, 0, 0);

    /** The minutes that trades are kept by, in milliseconds. */
    public static final long MINUTE = 60_000;

    /** Whether trades are kept at all. */
    public boolean keeps() {
        return retention() > 0;
    }

    /** How long trades are kept, in milliseconds. */
    long retention() {
        return Math.max(horizon, repeatWindow);
    }

    /** The start of the first minute that has not been over for longer than {@code span} at a watermark. */
    public static long firstMinute(long watermark, long span) {
        if (watermark == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return watermark < Long.MIN_VALUE + span + MINUTE
                ? Long.MIN_VALUE
                : Math.floorDiv(watermark - span, MINUTE) * MINUTE;
    }
}
