package io.tapewatch.domain.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tick or the quote that raised a flag, as far as the flag says it; of a silence, the symbol's last tick.
 *
 * @param time the event time of the flag, in epoch milliseconds
 * @param price the tick's price, or NaN of a quote
 * @param size the tick's size, or {@link Tick#NO_SIZE}
 * @param previousPrice the price of the tick before, or NaN
 * @param bid the bid of the quote, or of the tick's quote, or NaN
 * @param ask its ask, or NaN
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
        double price,
        double size,
        double previousPrice,
        double bid,
        double ask,
        @Nullable String id,
        long seq,
        @Nullable Side side,
        @Nullable String venue,
        @Nullable String conditions,
        int partition,
        long offset,
        boolean isLate) {

    private static final double NO_PRICE = Double.NaN;

    /**
     * @param previousPrice the price of the tick before, or NaN
     * @param quote the tick's quote
     */
    public static FlaggedTick of(Tick tick, double previousPrice, @Nullable Quote quote, boolean isLate) {
        return new FlaggedTick(
                tick.time(),
                tick.priceNearest(),
                tick.sizeNearest(),
                previousPrice,
                quote == null ? Double.NaN : Quote.nearest(quote.bid()),
                quote == null ? Double.NaN : Quote.nearest(quote.ask()),
                tick.id(),
                tick.seq(),
                tick.side(),
                tick.venue(),
                tick.conditions(),
                tick.origin().partition(),
                tick.origin().offset(),
                isLate);
    }

    public static FlaggedTick of(Quote quote, boolean isLate) {
        return new FlaggedTick(
                quote.time(),
                NO_PRICE,
                Double.NaN,
                NO_PRICE,
                Quote.nearest(quote.bid()),
                Quote.nearest(quote.ask()),
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
    public static FlaggedTick ofSilence(long time, double lastPrice, int partition, long offset) {
        return new FlaggedTick(
                time,
                lastPrice,
                Double.NaN,
                NO_PRICE,
                Double.NaN,
                Double.NaN,
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
        out.writeDouble(price);
        out.writeDouble(size);
        out.writeDouble(previousPrice);
        out.writeDouble(bid);
        out.writeDouble(ask);
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
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
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
