package io.tapewatch.domain.trade;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a trade stands that was amended.
 *
 * @param time its event time
 * @param name the name it has now
 * @param isCancelled whether it is taken back
 * @param priceUnits the units of its price now
 * @param priceScale the scale of that
 * @param sizeUnits the units of its size now
 * @param sizeScale the scale of that, or {@link Tick#NO_SIZE}
 */
record StandingTrade(
        long time, TradeId name, boolean isCancelled, long priceUnits, int priceScale, long sizeUnits, int sizeScale) {

    /**
     * The record a trade came in: it tells trades of one name apart.
     *
     * @param partition its partition
     * @param offset its offset
     */
    record At(int partition, long offset) {
        static At of(Tick trade) {
            return new At(trade.partition(), trade.origin().offset());
        }
    }

    static StandingTrade of(Tick before, @Nullable Tick after, TradeId name) {
        Tick trade = after == null ? before : after;
        return new StandingTrade(
                trade.time(),
                name,
                after == null,
                trade.priceUnits(),
                trade.priceScale(),
                trade.sizeUnits(),
                trade.sizeScale());
    }

    /** The trade as it stands, or null: it is taken back. */
    @Nullable
    Tick of(Tick sent) {
        return isCancelled ? null : with(sent, priceUnits, priceScale, sizeUnits, sizeScale);
    }

    /** A trade with another price and size. */
    static Tick with(Tick trade, long priceUnits, int priceScale, long sizeUnits, int sizeScale) {
        return new Tick(
                trade.symbol(),
                priceUnits,
                priceScale,
                sizeUnits,
                sizeScale,
                trade.time(),
                trade.nanos(),
                trade.id(),
                trade.seq(),
                trade.side(),
                trade.venue(),
                trade.conditions(),
                trade.origin());
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(time);
        writeName(out, name);
        out.writeBoolean(isCancelled);
        Varint.writeSigned(out, priceUnits);
        out.writeByte(priceScale);
        Varint.write(out, sizeUnits);
        out.writeByte(sizeScale);
    }

    static StandingTrade readFrom(DataInput in) throws IOException {
        return new StandingTrade(
                in.readLong(),
                readName(in),
                in.readBoolean(),
                Varint.readSigned(in),
                in.readByte(),
                Varint.read(in),
                in.readByte());
    }

    static void writeName(DataOutput out, TradeId name) throws IOException {
        out.writeLong(name.high());
        out.writeLong(name.low());
    }

    static TradeId readName(DataInput in) throws IOException {
        return new TradeId(in.readLong(), in.readLong());
    }
}
