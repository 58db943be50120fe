package io.tapewatch.domain;

/** Event times that stand for something else, in epoch milliseconds as all are. */
public final class EventTimes {

    /** After all times: of what is never due, and of the watermark at the end of input. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Before all times: of what has not happened yet. */
    public static final long BEGINNING = Long.MIN_VALUE;

    /**
     * How long a tick or quote is the one before, in milliseconds: 32 days. No rule has a longer cooldown, and no rule of
     * silence waits longer.
     */
    public static final long MAX_GAP = 32L * 24 * 60 * 60 * 1000;

    private EventTimes() {}

    /** A time so much later, in milliseconds; {@link #NEVER} at the latest, and {@link #BEGINNING} stays what it is. */
    public static long plus(long time, long duration) {
        return time == BEGINNING || time == NEVER ? time : time > NEVER - duration ? NEVER : time + duration;
    }
}
