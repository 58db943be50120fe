package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The word that a trade is taken back, or was another: a cancel or a correction. It names the trade by its id, which is unique
 * per symbol and venue, and takes its turn on the tape by the time at which it was said.
 *
 * <p>A corrected trade keeps the time, the position and all else of the original, but for the price and the size.
 *
 * @param symbol the instrument
 * @param kind what becomes of the trade
 * @param venue where it traded, as the trade says it
 * @param id the producer's id of the trade
 * @param newId of a correction, the id that the trade has from then on; null: it keeps its id
 * @param priceUnits of a correction, the units of the new price
 * @param priceScale the scale of that, or {@link #UNCHANGED}
 * @param sizeUnits of a correction, the units of the new size, not negative
 * @param sizeScale the scale of that, or {@link #UNCHANGED}
 * @param time when it was said, in epoch milliseconds
 * @param nanos the nanoseconds of that after the millisecond, 0 to 999,999
 * @param ofTime the event time of the trade in epoch milliseconds, as far as it is told, or {@link Decoded#NO_TIME}; a hint,
 *     which moves no watermark
 * @param seq the producer's sequence number, or {@link Tick#NO_SEQ}
 * @param origin the record it came in
 */
public record Amendment(
        String symbol,
        Kind kind,
        @Nullable String venue,
        String id,
        @Nullable String newId,
        long priceUnits,
        int priceScale,
        long sizeUnits,
        int sizeScale,
        long time,
        int nanos,
        long ofTime,
        long seq,
        Origin origin)
        implements Decoded, TapeRecord, Comparable<Amendment> {

    /** The scale of a price or a size that stays as it is. */
    public static final int UNCHANGED = -1;

    /** What becomes of a trade. */
    public enum Kind {
        /** It is as if it had never been sent. */
        CANCEL,
        /** It is as if it had been sent with another price, another size or both. */
        CORRECT
    }

    /** @throws IllegalArgumentException if a correction changes nothing, or a cancel does */
    public Amendment {
        Objects.requireNonNull(symbol, "symbol");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        boolean changes = priceScale != UNCHANGED || sizeScale != UNCHANGED;
        if (changes == (kind == Kind.CANCEL) || kind == Kind.CANCEL && newId != null) {
            throw new IllegalArgumentException("a " + kind + " with price scale " + priceScale + ", size scale "
                    + sizeScale + " and new id " + newId);
        }
    }

    /** Writes it as {@link #readFrom} reads it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(symbol);
        out.writeBoolean(kind == Kind.CANCEL);
        writeText(out, venue);
        writeText(out, id);
        writeText(out, newId);
        out.writeByte(priceScale);
        Varint.writeSigned(out, priceUnits);
        out.writeByte(sizeScale);
        Varint.writeSigned(out, sizeUnits);
        out.writeLong(time);
        Varint.write(out, nanos);
        out.writeLong(ofTime);
        out.writeLong(seq);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.timestamp());
        out.writeByte(origin.stamp().ordinal());
    }

    /** As bytes: an id can be longer than what {@link DataOutput#writeUTF} takes. */
    private static void writeText(DataOutput out, @Nullable String text) throws IOException {
        if (text == null) {
            Varint.write(out, 0);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(out, bytes.length + 1);
        out.write(bytes);
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        int length = (int) Varint.read(in) - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static Amendment readFrom(DataInput in) throws IOException {
        String symbol = in.readUTF();
        Kind kind = in.readBoolean() ? Kind.CANCEL : Kind.CORRECT;
        String venue = readText(in);
        String id = Objects.requireNonNull(readText(in), "id");
        String newId = readText(in);
        int priceScale = in.readByte();
        long priceUnits = Varint.readSigned(in);
        int sizeScale = in.readByte();
        long sizeUnits = Varint.readSigned(in);
        return new Amendment(
                symbol,
                kind,
                venue,
                id,
                newId,
                priceUnits,
                priceScale,
                sizeUnits,
                sizeScale,
                in.readLong(),
                (int) Varint.read(in),
                in.readLong(),
                in.readLong(),
                new Origin(in.readInt(), in.readLong(), in.readLong(), Origin.Stamp.values()[in.readByte()]));
    }

    @Override
    public int partition() {
        return origin.partition();
    }

    /** Orders amendments as ticks are ordered. */
    @Override
    public int compareTo(Amendment other) {
        return Tick.compareOrder(
                time,
                nanos,
                seq,
                origin.partition(),
                origin.offset(),
                other.time,
                other.nanos,
                other.seq,
                other.origin.partition(),
                other.origin.offset());
    }
}
