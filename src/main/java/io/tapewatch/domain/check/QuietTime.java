package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Withdrawn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The time after a flag in which its rule is quiet for the symbol: from the flag's event time up to, and not including,
 * its end. Checks that meet the rule meanwhile are suppressed and counted. At the end the flag is published again with
 * their number and with what was most extreme; what was seen at the flag itself stays as it was.
 */
final class QuietTime {

    private FlaggedTick flagged;
    private final long end;

    /** What was seen at the flag, by condition. */
    private Seen[] seen;

    /** What a suppressed check saw that is more extreme than all before it, by condition; null where nothing is. */
    private final SeenLater[] beyond;

    private long suppressed;

    /** The event time of the last suppressed check, or of the flag. */
    private long lastTime;

    /** How many of these have been published. */
    private long published;

    /** How often the flag has been published again, for whatever reason. */
    private int revision;

    /** Why the flag does not stand any more, or null. */
    private @Nullable Withdrawn withdrawn;

    /**
     * @param end the event time at which it ends
     * @param seen what met the rule's conditions at the flag
     */
    QuietTime(FlaggedTick flagged, long end, Seen[] seen) {
        this(flagged, end, seen, new SeenLater[seen.length], flagged.time());
    }

    private QuietTime(FlaggedTick flagged, long end, Seen[] seen, SeenLater[] beyond, long lastTime) {
        this.flagged = flagged;
        this.end = end;
        this.seen = seen;
        this.beyond = beyond;
        this.lastTime = lastTime;
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

    /** What was most extreme by now, by condition; null for those that were not met. */
    @Nullable
    Seen[] mostExtreme() {
        @Nullable Seen[] most = seen.clone();
        for (int i = 0; i < most.length; i++) {
            most[i] = beyond[i] == null ? seen[i] : beyond[i].seen();
        }
        return most;
    }

    /** Puts down that a check of this event time met the rule. */
    void suppress(RuleCheck check, long time, Seen[] more) {
        suppressed++;
        lastTime = Math.max(lastTime, time);
        check.keepMostExtreme(seen, beyond, more, time, suppressed);
    }

    /** The flag with what was suppressed by now: usually all; a late tick may still come. */
    Flag publishedAgain(RuleCheck check, Instrument instrument) {
        published = suppressed;
        revision++;
        return check.flagAgain(
                instrument, flagged, seen, new Repeats(suppressed, lastTime, beyond), revision, withdrawn);
    }

    /** Whether the flag is one of this trade, which has the same place on the tape after a correction. */
    boolean isOf(FlaggedTick trade) {
        return flagged.time() == trade.time()
                && flagged.partition() == trade.partition()
                && flagged.offset() == trade.offset();
    }

    /**
     * Notes that the flag was published again because its trade was taken back. What was suppressed stays as it was seen.
     *
     * @param trade what the flag says of its trade now
     * @param seenNow what met the conditions of the corrected trade, or null: as it was
     * @param published the revision that was published
     * @param why why the flag does not stand any more, or null
     */
    void takenBack(FlaggedTick trade, Seen @Nullable [] seenNow, int published, @Nullable Withdrawn why) {
        flagged = trade;
        seen = seenNow == null ? seen : seenNow;
        revision = published;
        withdrawn = why;
    }

    QuietTime copy() {
        QuietTime copy = new QuietTime(flagged, end, seen, beyond.clone(), lastTime);
        copy.suppressed = suppressed;
        copy.published = published;
        copy.revision = revision;
        copy.withdrawn = withdrawn;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        flagged.writeTo(out);
        out.writeLong(end);
        Seen.write(out, seen);
        SeenLater.write(out, beyond, flagged.time());
        Varint.write(out, lastTime - flagged.time());
        Varint.write(out, suppressed);
        Varint.write(out, published);
        Varint.write(out, revision);
        RaisedFlag.write(out, withdrawn);
    }

    static QuietTime readFrom(DataInput in) throws IOException {
        FlaggedTick flagged = FlaggedTick.readFrom(in);
        long begin = flagged.time();
        QuietTime quiet = new QuietTime(
                flagged, in.readLong(), Seen.read(in), SeenLater.read(in, begin), begin + Varint.read(in));
        quiet.suppressed = Varint.read(in);
        quiet.published = Varint.read(in);
        quiet.revision = (int) Varint.read(in);
        quiet.withdrawn = RaisedFlag.readWithdrawn(in);
        return quiet;
    }
}
