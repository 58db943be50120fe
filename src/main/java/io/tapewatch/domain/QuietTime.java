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

    /** How many of these have been published. */
    private long published;

    /** How often the flag has been published again. */
    private int revision;

    /**
     * @param end the event time at which it ends
     * @param seen what met the rule's conditions; kept and changed here
     */
    QuietTime(FlaggedTick flagged, long end, Seen[] seen) {
        this.flagged = flagged;
        this.end = end;
        this.seen = seen;
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
        return suppressed > published;
    }

    /** Puts down that a check met the rule. */
    void suppress(RuleCheck check, Seen[] more) {
        check.keepMostExtreme(seen, more);
        suppressed++;
    }

    /** The flag with what was suppressed by now: usually all; a late tick may still come. */
    Flag publishedAgain(RuleCheck check, Instrument instrument) {
        published = suppressed;
        revision++;
        return check.flag(instrument, flagged, seen, suppressed, revision);
    }

    QuietTime copy() {
        QuietTime copy = new QuietTime(flagged, end, seen.clone());
        copy.suppressed = suppressed;
        copy.published = published;
        copy.revision = revision;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        flagged.writeTo(out);
        out.writeLong(end);
        Seen.write(out, seen);
        Varint.write(out, suppressed);
        Varint.write(out, published);
        Varint.write(out, revision);
    }

    static QuietTime readFrom(DataInput in) throws IOException {
        QuietTime quiet = new QuietTime(FlaggedTick.readFrom(in), in.readLong(), Seen.read(in));
        quiet.suppressed = Varint.read(in);
        quiet.published = Varint.read(in);
        quiet.revision = (int) Varint.read(in);
        return quiet;
    }
}
