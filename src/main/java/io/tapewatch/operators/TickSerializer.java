package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes ticks, on the path that every tick takes from the source to the tape and into the state of held ticks.
 *
 * <p>The first two bytes say which optional fields follow; a later layout sets {@link #LATER_LAYOUT}.
 */
public final class TickSerializer extends RecordSerializer<Tick> {

    public static final TickSerializer INSTANCE = new TickSerializer();
    public static final TypeInformation<Tick> TYPE = new SerializedType<>(Tick.class, INSTANCE);

    private static final int HAS_SIZE = 1;
    private static final int HAS_ID = 1 << 1;
    private static final int HAS_SEQ = 1 << 2;
    private static final int IS_BUY = 1 << 3;
    private static final int IS_SELL = 1 << 4;
    private static final int HAS_VENUE = 1 << 5;
    private static final int HAS_CONDITIONS = 1 << 6;
    private static final int STAMPED_BY_BROKER = 1 << 7;
    private static final int NOT_STAMPED = 1 << 8;
    private static final int HAS_NANOS = 1 << 9;

    /** The symbol is written as two bytes a character; else each of its characters fits into one. */
    private static final int HAS_WIDE_SYMBOL = 1 << 10;

    /** Of what is no tick; see {@link TapeRecordSerializer}. */
    static final int IS_OTHER = 1 << 14;

    private static final int LATER_LAYOUT = 1 << 15;

    @Override
    public void serialize(Tick tick, DataOutputView target) throws IOException {
        Origin origin = tick.origin();
        int fields = (tick.hasSize() ? HAS_SIZE : 0)
                | (tick.id() != null ? HAS_ID : 0)
                | (tick.hasSeq() ? HAS_SEQ : 0)
                | (tick.side() == Side.BUY ? IS_BUY : 0)
                | (tick.side() == Side.SELL ? IS_SELL : 0)
                | (tick.venue() != null ? HAS_VENUE : 0)
                | (tick.conditions() != null ? HAS_CONDITIONS : 0)
                | (origin.stamp() == Origin.Stamp.LOG_APPEND_TIME ? STAMPED_BY_BROKER : 0)
                | (origin.stamp() == Origin.Stamp.NONE ? NOT_STAMPED : 0)
                | (tick.nanos() != 0 ? HAS_NANOS : 0)
                | (isWide(tick.symbol()) ? HAS_WIDE_SYMBOL : 0);
        target.writeShort(fields);
        writeSymbol(tick.symbol(), (fields & HAS_WIDE_SYMBOL) != 0, target);
        target.writeByte(tick.priceScale());
        target.writeLong(tick.priceUnits());
        target.writeLong(tick.time());
        target.writeInt(origin.partition());
        target.writeLong(origin.offset());
        target.writeLong(origin.timestamp());
        if ((fields & HAS_SIZE) != 0) {
            target.writeByte(tick.sizeScale());
            target.writeLong(tick.sizeUnits());
        }
        if ((fields & HAS_NANOS) != 0) {
            target.writeInt(tick.nanos());
        }
        if ((fields & HAS_ID) != 0) {
            StringValue.writeString(tick.id(), target);
        }
        if ((fields & HAS_SEQ) != 0) {
            target.writeLong(tick.seq());
        }
        if ((fields & HAS_VENUE) != 0) {
            StringValue.writeString(tick.venue(), target);
        }
        if ((fields & HAS_CONDITIONS) != 0) {
            StringValue.writeString(tick.conditions(), target);
        }
    }

    private static boolean isWide(String symbol) {
        for (int i = 0; i < symbol.length(); i++) {
            if (symbol.charAt(i) > 0xff) {
                return true;
            }
        }
        return false;
    }

    /** A symbol is at most 64 characters. (Flink's writeBytes(String) advances twice as far as it writes.) */
    private static void writeSymbol(String symbol, boolean isWide, DataOutputView target) throws IOException {
        target.writeByte(symbol.length());
        for (int i = 0; i < symbol.length(); i++) {
            if (isWide) {
                target.writeChar(symbol.charAt(i));
            } else {
                target.writeByte(symbol.charAt(i));
            }
        }
    }

    private static String readSymbol(boolean isWide, DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readUnsignedByte() * (isWide ? Character.BYTES : 1)];
        source.readFully(bytes);
        return isWide ? new String(bytes, StandardCharsets.UTF_16BE) : SharedSymbols.of(bytes);
    }

    @Override
    public Tick deserialize(DataInputView source) throws IOException {
        return deserialize(source.readUnsignedShort(), source);
    }

    /** Reads what follows the first two bytes. */
    Tick deserialize(int fields, DataInputView source) throws IOException {
        if ((fields & (LATER_LAYOUT | IS_OTHER)) != 0) {
            throw new IOException("this tick was written by a later release of Tapewatch");
        }
        String symbol = readSymbol((fields & HAS_WIDE_SYMBOL) != 0, source);
        int priceScale = source.readByte();
        long price = source.readLong();
        long time = source.readLong();
        int partition = source.readInt();
        long offset = source.readLong();
        long timestamp = source.readLong();
        int sizeScale = (fields & HAS_SIZE) != 0 ? source.readByte() : Tick.NO_SIZE;
        long size = (fields & HAS_SIZE) != 0 ? source.readLong() : 0;
        int nanos = (fields & HAS_NANOS) != 0 ? source.readInt() : 0;
        String id = (fields & HAS_ID) != 0 ? StringValue.readString(source) : null;
        long seq = (fields & HAS_SEQ) != 0 ? source.readLong() : Tick.NO_SEQ;
        String venue = (fields & HAS_VENUE) != 0 ? StringValue.readString(source) : null;
        String conditions = (fields & HAS_CONDITIONS) != 0 ? StringValue.readString(source) : null;
        Side side = (fields & IS_BUY) != 0 ? Side.BUY : (fields & IS_SELL) != 0 ? Side.SELL : null;
        Origin.Stamp stamp = (fields & STAMPED_BY_BROKER) != 0
                ? Origin.Stamp.LOG_APPEND_TIME
                : (fields & NOT_STAMPED) != 0 ? Origin.Stamp.NONE : Origin.Stamp.CREATE_TIME;
        return new Tick(
                symbol,
                price,
                priceScale,
                size,
                sizeScale,
                time,
                nanos,
                id,
                seq,
                side,
                venue,
                conditions,
                new Origin(partition, offset, timestamp, stamp));
    }

    @Override
    public TypeSerializerSnapshot<Tick> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tick> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
