package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Withdrawn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one rule remembers of one symbol: since when its condition has been held, when the symbol will have been silent
 * for too long, and whether it is quiet.
 *
 * <p>Late flags have a quiet time of their own beside that of the others: a late tick from long before the last flag is
 * news, but a burst of late ticks is not news each time.
 */
final class RuleState {

    private static final long NOT_HELD = Long.MIN_VALUE;

    private final String ruleId;
    private final int version;
    private final long change;
    private final boolean onQuotes;
    private long heldSince = NOT_HELD;
    private long heldInStretch;
    private long silentAt = EventTimes.NEVER;
    private @Nullable QuietTime quiet;
    private @Nullable QuietTime quietForLate;

    RuleState(RuleCheck check) {
        this(check.rule().id(), check.rule().version(), check.change(), check.isOnQuotes());
    }

    private RuleState(String ruleId, int version, long change, boolean onQuotes) {
        this.ruleId = ruleId;
        this.version = version;
        this.change = change;
        this.onQuotes = onQuotes;
    }

    /** Whether the rule is evaluated at quotes, and not at ticks. */
    boolean isOnQuotes() {
        return onQuotes;
    }

    boolean isOf(RuleCheck check) {
        return change == check.change()
                && version == check.rule().version()
                && ruleId.equals(check.rule().id());
    }

    /** Whether the rule's id is before that of another. */
    boolean isBefore(RuleCheck check) {
        return ruleId.compareTo(check.rule().id()) < 0;
    }

    // The condition that must have been held.

    /** Whether the condition, which holds now, has been held for as long as the rule says. */
    boolean isHeld(RuleCheck check, long time) {
        long stretch = check.stretchAt(time);
        if (heldSince == NOT_HELD || heldInStretch != stretch) {
            heldSince = time;
            heldInStretch = stretch;
        }
        return time - heldSince >= check.rule().heldFor();
    }

    /** Has the condition held no longer, and the symbol's silence not counted until its next tick. */
    void startOver() {
        heldSince = NOT_HELD;
        silentAt = EventTimes.NEVER;
    }

    // Silence.

    /** Counts the symbol's silence from a tick of this time. */
    void tickedAt(RuleCheck check, long time) {
        silentAt = check.silentAt(time);
    }

    // Being quiet.

    /** The quiet time that covers this event time. */
    @Nullable
    QuietTime quietAt(long time) {
        return quiet != null && quiet.covers(time)
                ? quiet
                : quietForLate != null && quietForLate.covers(time) ? quietForLate : null;
    }

    /** Begins to be quiet after a flag. What an earlier one has to say is published before it is forgotten. */
    void beQuiet(RuleCheck check, Instrument instrument, FlaggedTick flagged, Seen[] seen, Consumer<Flag> flags) {
        QuietTime begun = new QuietTime(flagged, flagged.time() + check.rule().cooldown(), seen);
        if (flagged.isLate()) {
            publishAgain(quietForLate, check, instrument, flags);
            quietForLate = begun;
        } else {
            publishAgain(quiet, check, instrument, flags);
            quiet = begun;
        }
    }

    private static void publishAgain(
            @Nullable QuietTime quiet, RuleCheck check, Instrument instrument, Consumer<Flag> flags) {
        if (quiet != null && quiet.hasNews()) {
            flags.accept(quiet.publishedAgain(check, instrument));
        }
    }

    /** Notes what was published of a flag when its trade was taken back; see {@link QuietTime#takenBack}. */
    void takenBack(FlaggedTick trade, Seen @Nullable [] seen, int revision, @Nullable Withdrawn why) {
        if (quiet != null && quiet.isOf(trade)) {
            quiet.takenBack(trade, seen, revision, why);
        }
        if (quietForLate != null && quietForLate.isOf(trade)) {
            quietForLate.takenBack(trade, seen, revision, why);
        }
    }

    // What event time brings about.

    /** The watermark at which something does, or the greatest there is. */
    long due() {
        return Math.min(silentAt, Math.min(dueAtEnd(quiet), dueAtEnd(quietForLate)));
    }

    /** When no tick before the end can come any more. */
    private static long dueAtEnd(@Nullable QuietTime quiet) {
        return quiet != null && quiet.hasNews() ? quiet.end() - 1 : EventTimes.NEVER;
    }

    /** When the symbol will have been silent for too long, or the greatest there is. */
    long silentAt() {
        return silentAt;
    }

    /** Notes that the silence was raised: it is once, until the next tick. */
    void silenceIsRaised() {
        silentAt = EventTimes.NEVER;
    }

    /** Publishes flags again whose quiet time no tick after {@code time} can be in. */
    void endQuietTimes(long time, RuleCheck check, Instrument instrument, Consumer<Flag> flags) {
        if (dueAtEnd(quiet) <= time) {
            publishAgain(quiet, check, instrument, flags);
        }
        if (dueAtEnd(quietForLate) <= time) {
            publishAgain(quietForLate, check, instrument, flags);
        }
    }

    /** Forgets quiet times that no tick of this time or a later one is in. Whether anything is left. */
    boolean forget(long time) {
        quiet = quiet == null || !quiet.hasNews() && time >= quiet.end() ? null : quiet;
        quietForLate =
                quietForLate == null || !quietForLate.hasNews() && time >= quietForLate.end() ? null : quietForLate;
        return !isEmpty();
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return heldSince == NOT_HELD && silentAt == EventTimes.NEVER && quiet == null && quietForLate == null;
    }

    RuleState copy() {
        RuleState copy = new RuleState(ruleId, version, change, onQuotes);
        copy.heldSince = heldSince;
        copy.heldInStretch = heldInStretch;
        copy.silentAt = silentAt;
        copy.quiet = quiet == null ? null : quiet.copy();
        copy.quietForLate = quietForLate == null ? null : quietForLate.copy();
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(ruleId);
        out.writeInt(version);
        Varint.write(out, change);
        out.writeBoolean(onQuotes);
        out.writeLong(heldSince);
        out.writeLong(heldInStretch);
        out.writeLong(silentAt);
        writeQuiet(out, quiet);
        writeQuiet(out, quietForLate);
    }

    private static void writeQuiet(DataOutput out, @Nullable QuietTime quiet) throws IOException {
        out.writeBoolean(quiet != null);
        if (quiet != null) {
            quiet.writeTo(out);
        }
    }

    static RuleState readFrom(DataInput in) throws IOException {
        RuleState state = new RuleState(in.readUTF(), in.readInt(), Varint.read(in), in.readBoolean());
        state.heldSince = in.readLong();
        state.heldInStretch = in.readLong();
        state.silentAt = in.readLong();
        state.quiet = in.readBoolean() ? QuietTime.readFrom(in) : null;
        state.quietForLate = in.readBoolean() ? QuietTime.readFrom(in) : null;
        return state;
    }
}
