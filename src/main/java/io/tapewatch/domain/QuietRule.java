package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How long a rule stays quiet for a symbol.
 *
 * <p>A flag at time t makes its rule quiet for ticks of t ≤ time &lt; t + cooldown. Late flags have such a period of
 * their own beside that of the others: a late tick from long before the last flag is news, but a burst of late ticks is
 * not news each time.
 */
final class QuietRule {

    private static final long NEVER = Long.MIN_VALUE;

    private final String ruleId;
    private final int version;
    private long until;
    private long lateUntil;

    QuietRule(Rule rule) {
        this(rule.id(), rule.version(), NEVER, NEVER);
    }

    private QuietRule(String ruleId, int version, long until, long lateUntil) {
        this.ruleId = ruleId;
        this.version = version;
        this.until = until;
        this.lateUntil = lateUntil;
    }

    boolean isOf(Rule rule) {
        return version == rule.version() && ruleId.equals(rule.id());
    }

    boolean isQuietAt(long time, long cooldown) {
        return time < until && time >= until - cooldown || time < lateUntil && time >= lateUntil - cooldown;
    }

    void flagged(long time, long cooldown, boolean late) {
        if (late) {
            lateUntil = time + cooldown;
        } else {
            until = time + cooldown;
        }
    }

    /** Whether no tick of this time or a later one finds the rule quiet. */
    boolean isOverAt(long time) {
        return time >= until && time >= lateUntil;
    }

    QuietRule copy() {
        return new QuietRule(ruleId, version, until, lateUntil);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(ruleId);
        out.writeInt(version);
        out.writeLong(until);
        out.writeLong(lateUntil);
    }

    static QuietRule readFrom(DataInput in) throws IOException {
        return new QuietRule(in.readUTF(), in.readInt(), in.readLong(), in.readLong());
    }
}
