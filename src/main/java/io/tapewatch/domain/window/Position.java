package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/** Where a tick stands on the tape: all that its order depends on, and nothing else of it. */
final class Position {

    private long time;
    private int nanos;
    private long seq = Tick.NO_SEQ;
    private int partition;
    private long offset;

    long time() {
        return time;
    }

    boolean isBefore(Position other) {
        return compareTo(other.time, other.nanos, other.seq, other.partition, other.offset) < 0;
    }

    boolean isBefore(Tick tick) {
        return compareTo(tick) < 0;
    }

    boolean isAfter(Tick tick) {
        return compareTo(tick) > 0;
    }

    boolean isAt(Tick tick) {
        return compareTo(tick) == 0;
    }

    /** Whether the tick that stands here is the first of its day. */
    boolean isFirst(FirstsOfDays firsts) {
        return firsts.isFirst(time, nanos, seq, partition, offset);
    }

    void set(Tick tick) {
        set(
                tick.time(),
                tick.nanos(),
                tick.seq(),
                tick.origin().partition(),
                tick.origin().offset());
    }

    void set(Position other) {
        set(other.time, other.nanos, other.seq, other.partition, other.offset);
    }

    /**
     * Writes this position as what it differs in from an earlier one.
     *
     * @param from a position that is not after this one; a new one is as good as none
     */
    void writeTo(DataOutput out, Position from) throws IOException {
        out.writeBoolean(seq != Tick.NO_SEQ);
        Varint.writeSigned(out, time - from.time);
        Varint.write(out, nanos);
        if (seq != Tick.NO_SEQ) {
            Varint.writeSigned(out, seq - from.seqOrZero());
        }
        Varint.writeSigned(out, partition - from.partition);
        Varint.writeSigned(out, offset - from.offset);
    }

    /** Replaces this position by one that {@link #writeTo} wrote as what it differs in from {@code from}. */
    void readFrom(DataInput in, Position from) throws IOException {
        boolean hasSeq = in.readBoolean();
        time = from.time + Varint.readSigned(in);
        nanos = (int) Varint.read(in);
        seq = hasSeq ? from.seqOrZero() + Varint.readSigned(in) : Tick.NO_SEQ;
        partition = from.partition + (int) Varint.readSigned(in);
        offset = from.offset + Varint.readSigned(in);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position
                && compareTo(position.time, position.nanos, position.seq, position.partition, position.offset) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(time, nanos, seq, partition, offset);
    }

    private int compareTo(Tick tick) {
        return compareTo(
                tick.time(),
                tick.nanos(),
                tick.seq(),
                tick.origin().partition(),
                tick.origin().offset());
    }

    private int compareTo(long time2, int nanos2, long seq2, int partition2, long offset2) {
        return Tick.compareOrder(time, nanos, seq, partition, offset, time2, nanos2, seq2, partition2, offset2);
    }

    private void set(long time, int nanos, long seq, int partition, long offset) {
        this.time = time;
        this.nanos = nanos;
        this.seq = seq;
        this.partition = partition;
        this.offset = offset;
    }

    private long seqOrZero() {
        return seq == Tick.NO_SEQ ? 0 : seq;
    }
}
