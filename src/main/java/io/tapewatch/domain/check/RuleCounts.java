package io.tapewatch.domain.check;

/** What a rule has done since the task began, so that one that sees nothing stands out. */
public final class RuleCounts {

    /** What {@link #lastTick} is for a rule that has seen none. */
    public static final long NO_TICK = 0;

    private long checked;
    private long flagged;
    private long suppressed;
    private long lastTick = NO_TICK;

    void countCheck(long time) {
        checked++;
        lastTick = Math.max(lastTick, time);
    }

    void countFlag() {
        flagged++;
    }

    void countSuppressed() {
        suppressed++;
    }

    /** How many ticks the rule looked at. */
    public long checked() {
        return checked;
    }

    /** How many flags it raised. */
    public long flagged() {
        return flagged;
    }

    /** How many checks met it while it was quiet. */
    public long suppressed() {
        return suppressed;
    }

    /** The latest event time of a tick that it looked at, in epoch milliseconds, or {@link #NO_TICK}. */
    public long lastTick() {
        return lastTick;
    }
}
