package io.tapewatch.domain.trade;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A block of kept trades that is being written: trades of one minute and one symbol, each as what it differs in from the one
 * before it. A trade takes 25 to 40 bytes, 16 of them for its name.
 *
 * <p>It keeps what a bar asks of a trade, and no more: the venue, the side and the conditions of a trade are not in it.
 */
final class TradeBlock {

    /** The bytes from which on a block is full. */
    static final int FULL = 16 * 1024;

    private static final int LAYOUT = 1;

    private static final int HAS_SIZE = 1;
    private static final int HAS_SEQ = 1 << 1;
    private static final int HAS_ID = 1 << 2;
    private static final int HAS_NANOS = 1 << 3;
    private static final int IS_LIMITED = 1 << 4;
    private static final int HAS_OTHER_SCALES = 1 << 5;
    private static final int HAS_OTHER_PARTITION = 1 << 6;

    private final long minute;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final Before before = new Before();

    /** What the next trade is compared with. */
    private static final class Before {
        private long time;
        private long seq;
        private int partition;
        private long offset;
        private long price;
        private int priceScale;
        private int sizeScale;
    }

    /** Takes trades, each with what it counts for and its name. */
    interface Reader {
        void take(@Nullable TradeId id, Tick trade, Eligibility eligibility);
    }

    /** @param minute the start of the minute, in epoch milliseconds */
    TradeBlock(long minute) {
        this.minute = minute;
        before.time = minute;
        bytes.write(LAYOUT);
    }

    long minute() {
        return minute;
    }

    boolean isFull() {
        return bytes.size() >= FULL;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    void add(@Nullable TradeId id, Tick trade, Eligibility eligibility) {
        try {
            write(id, trade, eligibility);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private void write(@Nullable TradeId id, Tick trade, Eligibility eligibility) throws IOException {
        boolean hasOtherScales =
                trade.priceScale() != before.priceScale || trade.hasSize() && trade.sizeScale() != before.sizeScale;
        int fields = (trade.hasSize() ? HAS_SIZE : 0)
                | (trade.hasSeq() ? HAS_SEQ : 0)
                | (id != null ? HAS_ID : 0)
                | (trade.nanos() != 0 ? HAS_NANOS : 0)
                | (!eligibility.equals(Eligibility.ALL) ? IS_LIMITED : 0)
                | (hasOtherScales ? HAS_OTHER_SCALES : 0)
                | (trade.partition() != before.partition ? HAS_OTHER_PARTITION : 0);
        out.writeByte(fields);
        if (id != null) {
            out.writeLong(id.high());
            out.writeLong(id.low());
        }
        Varint.writeSigned(out, trade.time() - before.time);
        before.time = trade.time();
        if (trade.nanos() != 0) {
            Varint.write(out, trade.nanos());
        }
        if (trade.hasSeq()) {
            Varint.writeSigned(out, trade.seq() - before.seq);
            before.seq = trade.seq();
        }
        if (trade.partition() != before.partition) {
            Varint.write(out, trade.partition());
            before.partition = trade.partition();
        }
        Varint.writeSigned(out, trade.origin().offset() - before.offset);
        before.offset = trade.origin().offset();
        if (hasOtherScales) {
            out.writeByte(trade.priceScale());
            out.writeByte(trade.hasSize() ? trade.sizeScale() : before.sizeScale);
            before.priceScale = trade.priceScale();
            before.sizeScale = trade.hasSize() ? trade.sizeScale() : before.sizeScale;
        }
        Varint.writeSigned(out, trade.priceUnits() - before.price);
        before.price = trade.priceUnits();
        if (trade.hasSize()) {
            Varint.write(out, trade.sizeUnits());
        }
        if (!eligibility.equals(Eligibility.ALL)) {
            out.writeByte((eligibility.highLow() ? 1 : 0)
                    | (eligibility.volume() ? 2 : 0)
                    | (eligibility.pricesInMinutes() ? 4 : 0)
                    | eligibility.last().ordinal() << 3);
        }
    }

    /**
     * Reads the trades of a block, in the order that they were written in.
     *
     * @param block what {@link #bytes} was
     * @throws IllegalStateException if the block is not one that this version reads
     */
    static void read(byte[] block, long minute, String symbol, Reader reader) {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(block);
            DataInputStream in = new DataInputStream(bytes);
            int layout = in.readUnsignedByte();
            if (layout != LAYOUT) {
                throw new IllegalStateException("layout " + layout + " of kept trades was written by another release");
            }
            Before before = new Before();
            before.time = minute;
            while (bytes.available() > 0) {
                readTrade(in, before, symbol, reader);
            }
        } catch (IOException e) {
            throw new IllegalStateException("kept trades of " + symbol + " cannot be read", e);
        }
    }

    private static void readTrade(DataInput in, Before before, String symbol, Reader reader) throws IOException {
        int fields = in.readUnsignedByte();
        TradeId id = (fields & HAS_ID) != 0 ? new TradeId(in.readLong(), in.readLong()) : null;
        before.time += Varint.readSigned(in);
        int nanos = (fields & HAS_NANOS) != 0 ? (int) Varint.read(in) : 0;
        boolean hasSeq = (fields & HAS_SEQ) != 0;
        if (hasSeq) {
            before.seq += Varint.readSigned(in);
        }
        if ((fields & HAS_OTHER_PARTITION) != 0) {
            before.partition = (int) Varint.read(in);
        }
        before.offset += Varint.readSigned(in);
        if ((fields & HAS_OTHER_SCALES) != 0) {
            before.priceScale = in.readByte();
            before.sizeScale = in.readByte();
        }
        before.price += Varint.readSigned(in);
        boolean hasSize = (fields & HAS_SIZE) != 0;
        long size = hasSize ? Varint.read(in) : 0;
        Eligibility eligibility = Eligibility.ALL;
        if ((fields & IS_LIMITED) != 0) {
            int allowed = in.readUnsignedByte();
            eligibility = new Eligibility(
                    (allowed & 1) != 0,
                    Eligibility.Last.values()[allowed >> 3],
                    (allowed & 2) != 0,
                    (allowed & 4) != 0);
        }
        Tick trade = new Tick(
                symbol,
                before.price,
                before.priceScale,
                size,
                hasSize ? before.sizeScale : Tick.NO_SIZE,
                before.time,
                nanos,
                null,
                hasSeq ? before.seq : Tick.NO_SEQ,
                null,
                null,
                null,
                new Origin(before.partition, before.offset, Origin.NO_TIMESTAMP, Origin.Stamp.NONE));
        reader.take(id, trade, eligibility);
    }

    /** The number of a block in state: the minute, and which part of its trades it has. */
    static long number(long minute, int part) {
        return Math.floorDiv(minute, KeepingSettings.MINUTE) << 24 | part;
    }

    /** The start of the minute that a time is in. */
    static long minuteOf(long time) {
        return time == Decoded.NO_TIME ? time : Math.floorDiv(time, KeepingSettings.MINUTE) * KeepingSettings.MINUTE;
    }
}
