package io.tapewatch.domain.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tick or the quote that raised a flag, as far as the flag says it; of a silence, the symbol's last tick.
 *
 * @param time the event time of the flag, in epoch milliseconds
 * @param nanos the nanoseconds of that time after the millisecond; of a silence 0
 * @param price the tick's price, or null of a quote
 * @param size the tick's size
 * @param previousPrice the price of the tick before
 * @param bid the bid of the quote, or of the tick's quote
 * @param ask its ask
 * @param id the producer's id of the trade
 * @param seq the producer's sequence number, or {@link Tick#NO_SEQ}
 * @param side the aggressor
 * @param venue where it traded
 * @param conditions the sale conditions
 * @param partition the tick's partition
 * @param offset the tick's offset in it
 * @param isLate whether it came behind the watermark
 */
public record FlaggedTick(
        long time,
        int nanos,
        @Nullable Decimal price,
        @Nullable Decimal size,
        @Nullable Decimal previousPrice,
        @Nullable Decimal bid,
        @Nullable Decimal ask,
        @Nullable String id,
        long seq,
        @Nullable Side side,
        @Nullable String venue,
        @Nullable String conditions,
        int partition,
        long offset,
        boolean isLate) {

    /**
     * @param previousPrice the price of the tick before
     * @param quote the tick's quote
     */
    public static FlaggedTick of(Tick tick, @Nullable Decimal previousPrice, @Nullable Quote quote, boolean isLate) {
        return new FlaggedTick(
                tick.time(),
                tick.nanos(),
                tick.price(),
                tick.size(),
                previousPrice,
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                tick.id(),
                tick.seq(),
                tick.side(),
                tick.venue(),
                tick.conditions(),
                tick.origin().partition(),
                tick.origin().offset(),
                isLate);
    }

    /** What a flag says of its trade. */
    public static FlaggedTick of(Flag flag) {
        return new FlaggedTick(
                flag.time(),
                flag.nanos(),
                flag.price(),
                flag.size(),
                flag.previousPrice(),
                flag.bid(),
                flag.ask(),
                flag.tradeId(),
                flag.seq() == null ? Tick.NO_SEQ : flag.seq(),
                flag.side(),
                flag.venue(),
                flag.conditions(),
                flag.partition(),
                flag.offset(),
                flag.late());
    }

    /** The same with the price and the size of the trade since it was corrected. */
    public FlaggedTick corrected(Tick trade) {
        return new FlaggedTick(
                time,
                nanos,
                trade.price(),
                trade.size(),
                previousPrice,
                bid,
                ask,
                id,
                seq,
                side,
                venue,
                conditions,
                partition,
                offset,
                isLate);
    }

    public static FlaggedTick of(Quote quote, boolean isLate) {
        return new FlaggedTick(
                quote.time(),
                quote.nanos(),
                null,
                null,
                null,
                quote.bid(),
                quote.ask(),
                null,
                quote.seq(),
                null,
                null,
                null,
                quote.origin().partition(),
                quote.origin().offset(),
                isLate);
    }

    /**
     * Of a symbol that has been silent since its last tick.
     *
     * @param time when it had been silent for long enough
     * @param lastPrice the price of that tick
     * @param partition its partition
     * @param offset its offset in it
     */
    public static FlaggedTick ofSilence(long time, Decimal lastPrice, int partition, long offset) {
        return new FlaggedTick(
                time,
                0,
                lastPrice,
                null,
                null,
                null,
                null,
                null,
                Tick.NO_SEQ,
                null,
                null,
                null,
                partition,
                offset,
                false);
    }

    /** Writes it as {@link #readFrom} reads it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(time);
        Varint.write(out, nanos);
        Decimal.writeNullable(out, price);
        Decimal.writeNullable(out, size);
        Decimal.writeNullable(out, previousPrice);
        Decimal.writeNullable(out, bid);
        Decimal.writeNullable(out, ask);
        writeText(out, id);
        out.writeLong(seq);
        writeText(out, side == null ? null : side.name());
        writeText(out, venue);
        writeText(out, conditions);
        Varint.write(out, partition);
        Varint.write(out, offset);
        out.writeBoolean(isLate);
    }

    /** Reads what {@link #writeTo} wrote. */
    public static FlaggedTick readFrom(DataInput in) throws IOException {
        return new FlaggedTick(
                in.readLong(),
                (int) Varint.read(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                Decimal.readNullable(in),
                readText(in),
                in.readLong(),
                side(readText(in)),
                readText(in),
                readText(in),
                (int) Varint.read(in),
                Varint.read(in),
                in.readBoolean());
    }

    private static @Nullable Side side(@Nullable String name) {
        return name == null ? null : Side.valueOf(name);
    }

    private static void writeText(DataOutput out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(UTF_8);
        Varint.write(out, text == null ? 0 : bytes.length + 1L);
        out.write(bytes);
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        int length = (int) Varint.read(in) - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
