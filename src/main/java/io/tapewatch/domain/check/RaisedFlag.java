package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Withdrawn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag that was published, as it was the last time, for the case that its trade is taken back. It knows no instrument: that is
 * what is known when the flag is published again.
 *
 * @param flag the flag; its message is what happened, without {@link FlagMessage#withdrawn} and {@link FlagMessage#unchecked}
 * @param first how many characters of the message are those of revision 0
 * @param isUnchecked whether its trade was corrected since, and the rule not checked again
 */
record RaisedFlag(Flag flag, int first, boolean isUnchecked) {

    /** A flag as it is published. */
    static RaisedFlag of(Flag published) {
        return new RaisedFlag(bare(published, told(published)), told(published).length(), false);
    }

    /** The same flag, published again at the end of its quiet time. */
    RaisedFlag again(Flag published) {
        return new RaisedFlag(bare(published, told(published)), first, isUnchecked);
    }

    private static Flag bare(Flag flag, String message) {
        return flag.published(message, flag.revision(), flag.withdrawn(), null);
    }

    private static String told(Flag flag) {
        Withdrawn why = flag.withdrawn();
        return why == null
                ? flag.message()
                : flag.message().substring(FlagMessage.withdrawn(why, "").length());
    }

    String id() {
        return flag.id();
    }

    /** Whether it is of the trade at a place on the tape. */
    boolean isOf(long time, int partition, long offset) {
        return flag.time() == time && flag.partition() == partition && flag.offset() == offset;
    }

    /** Whether it is one of a rule that is in force. */
    boolean isOf(Rule rule) {
        return flag.ruleVersion() == rule.version() && flag.ruleId().equals(rule.id());
    }

    /** What the flag says of its trade. */
    FlaggedTick tick() {
        return FlaggedTick.of(flag);
    }

    // Its trade is taken back.

    /** Withdrawn, now that its trade was cancelled. */
    RaisedFlag cancelled() {
        return next(flag, Withdrawn.CANCELLED, isUnchecked);
    }

    /** Withdrawn, now that its trade does not meet the rule any more. It says what the trade said. */
    RaisedFlag withdrawn() {
        return next(flag, Withdrawn.CORRECTED, false);
    }

    /** With the figures of its trade since that was corrected, which still meets the rule. */
    RaisedFlag corrected(Tick trade, List<Evidence> evidence, String message) {
        String later = flag.message().substring(first);
        Flag now = flag.corrected(trade.price(), trade.size(), evidence, message + later);
        return new RaisedFlag(now.published(now.message(), flag.revision() + 1, null, null), message.length(), false);
    }

    /** With the price and the size of its trade since that was corrected. What met the rule stays as it was seen. */
    RaisedFlag correctedUnchecked(Tick trade) {
        return next(
                flag.corrected(trade.price(), trade.size(), flag.evidence(), flag.message()), flag.withdrawn(), true);
    }

    private RaisedFlag next(Flag now, @Nullable Withdrawn why, boolean unchecked) {
        return new RaisedFlag(now.published(now.message(), flag.revision() + 1, why, null), first, unchecked);
    }

    /**
     * The flag as it is published.
     *
     * @param known what is known about the instrument, or null
     */
    Flag published(@Nullable Instrument known) {
        Withdrawn why = flag.withdrawn();
        String message =
                isUnchecked ? FlagMessage.unchecked(flag.message(), flag.price(), flag.size()) : flag.message();
        return flag.published(why == null ? message : FlagMessage.withdrawn(why, message), flag.revision(), why, known);
    }

    // State.

    void writeTo(DataOutput out) throws IOException {
        out.writeUTF(flag.symbol());
        out.writeUTF(flag.ruleId());
        Varint.write(out, flag.ruleVersion());
        out.writeUTF(flag.severity().word());
        out.writeBoolean(flag.shadow());
        tick().writeTo(out);
        Varint.write(out, flag.evidence().size());
        for (Evidence each : flag.evidence()) {
            write(out, each);
        }
        Varint.write(out, flag.mostExtreme().size());
        for (Extreme each : flag.mostExtreme()) {
            write(out, each.evidence());
            out.writeLong(each.time());
        }
        out.writeUTF(flag.message());
        Varint.write(out, flag.suppressed());
        out.writeBoolean(flag.lastTime() != null);
        if (flag.lastTime() != null) {
            out.writeLong(flag.lastTime());
        }
        Varint.write(out, flag.revision());
        write(out, flag.withdrawn());
        Varint.write(out, first);
        out.writeBoolean(isUnchecked);
    }

    static RaisedFlag readFrom(DataInput in) throws IOException {
        String symbol = in.readUTF();
        String ruleId = in.readUTF();
        int version = (int) Varint.read(in);
        Severity severity = severity(in.readUTF());
        boolean isShadow = in.readBoolean();
        FlaggedTick tick = FlaggedTick.readFrom(in);
        List<Evidence> evidence = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            evidence.add(readEvidence(in));
        }
        List<Extreme> mostExtreme = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            mostExtreme.add(new Extreme(readEvidence(in), in.readLong()));
        }
        String message = in.readUTF();
        long suppressed = Varint.read(in);
        Long lastTime = in.readBoolean() ? in.readLong() : null;
        int revision = (int) Varint.read(in);
        Withdrawn withdrawn = readWithdrawn(in);
        Flag flag = new Flag(
                Flag.id(ruleId, version, symbol, tick),
                ruleId,
                version,
                severity,
                symbol,
                tick.time(),
                tick.nanos(),
                Rule.On.TRADE,
                tick.price(),
                tick.size(),
                tick.previousPrice(),
                tick.bid(),
                tick.ask(),
                tick.id(),
                tick.seq() == Tick.NO_SEQ ? null : tick.seq(),
                tick.side(),
                tick.venue(),
                tick.conditions(),
                tick.partition(),
                tick.offset(),
                evidence,
                mostExtreme,
                message,
                suppressed,
                lastTime,
                revision,
                withdrawn,
                tick.isLate(),
                isShadow,
                null);
        return new RaisedFlag(flag, (int) Varint.read(in), in.readBoolean());
    }

    private static Severity severity(String word) throws IOException {
        for (Severity each : Severity.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IOException("A flag with the severity " + word + ", which is not known");
    }

    private static void write(DataOutput out, Evidence evidence) throws IOException {
        out.writeUTF(evidence.metric());
        writeNullable(out, evidence.over());
        writeNullable(out, evidence.baseline());
        out.writeDouble(evidence.value());
        out.writeUTF(evidence.is());
        evidence.limit().writeTo(out);
    }

    private static Evidence readEvidence(DataInput in) throws IOException {
        return new Evidence(
                in.readUTF(), readNullable(in), readNullable(in), in.readDouble(), in.readUTF(), Decimal.readFrom(in));
    }

    /** No duration is empty. */
    private static void writeNullable(DataOutput out, @Nullable String duration) throws IOException {
        out.writeUTF(duration == null ? "" : duration);
    }

    private static @Nullable String readNullable(DataInput in) throws IOException {
        String duration = in.readUTF();
        return duration.isEmpty() ? null : duration;
    }

    /** Writes why a flag does not stand any more, or that it stands. */
    static void write(DataOutput out, @Nullable Withdrawn why) throws IOException {
        out.writeByte(why == null ? 0 : why.ordinal() + 1);
    }

    static @Nullable Withdrawn readWithdrawn(DataInput in) throws IOException {
        int place = in.readUnsignedByte();
        if (place > Withdrawn.values().length) {
            throw new IOException("A flag that is withdrawn for reason " + place + ", which is not known");
        }
        return place == 0 ? null : Withdrawn.values()[place - 1];
    }
}
