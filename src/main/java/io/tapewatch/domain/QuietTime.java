package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The time after a flag in which its rule is quiet for the symbol: from the flag's event time up to, and not including,
 * its end. What meets the rule meanwhile is put down, for the flag to be published again with it at the end.
 */
final class QuietTime {

    private final FlaggedTick flagged;
    private final long end;

    /** The most extreme of what was seen, by condition. */
    private final Seen[] seen;

    private long suppressed;

    /** Whether the flag will not be published again, come what may. */
    private boolean isOver;

    /** @param seen what met the rule's conditions; kept and changed here */
    QuietTime(FlaggedTick flagged, long cooldown, Seen[] seen) {
        this(flagged, flagged.time() + cooldown, seen, 0, false);
    }

    private QuietTime(FlaggedTick flagged, long end, Seen[] seen, long suppressed, boolean isOver) {
        this.flagged = flagged;
        this.end = end;
        this.seen = seen;
        this.suppressed = suppressed;
        this.isOver = isOver;
    }

    boolean covers(long time) {
        return time >= flagged.time() && time < end;
    }

    /** The event time at which it ends. */
    long end() {
        return end;
    }

    /** Whether there is something to publish at its end. */
    boolean hasNews() {
        return suppressed > 0 && !isOver;
    }

    /** Puts down that a check met the rule. */
    void suppress(RuleCheck check, Seen[] more) {
        if (!isOver) {
            check.keepMostExtreme(seen, more);
            suppressed++;
        }
    }

    /** The flag with what was suppressed; no more is put down from here on. */
    Flag publishedAgain(RuleCheck check, String symbol) {
        isOver = true;
        return check.flag(symbol, flagged, seen, suppressed, 1);
    }

    QuietTime copy() {
        return new QuietTime(flagged, end, seen.clone(), suppressed, isOver);
    }

    void writeTo(DataOutput out) throws IOException {
        flagged.writeTo(out);
        out.writeLong(end);
        Seen.write(out, seen);
        Varint.write(out, suppressed);
        out.writeBoolean(isOver);
    }

    static QuietTime readFrom(DataInput in) throws IOException {
        return new QuietTime(FlaggedTick.readFrom(in), in.readLong(), Seen.read(in), Varint.read(in), in.readBoolean());
    }
}
