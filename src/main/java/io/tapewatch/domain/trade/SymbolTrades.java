package io.tapewatch.domain.trade;

import io.tapewatch.domain.EventTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one symbol's trades to tell what a trade counts for. It is asked once of each trade, at the trade's own turn,
 * before windows and rules see it. Empty as long as {@link TradeSettings} ask for nothing.
 */
public final class SymbolTrades {

    /** Its bits say which parts follow. */
    private static final int LAYOUT = 0;

    private static final int WITH_NUMBERS = 2;

    /** Null for none: most feeds do not number their ticks. */
    private @Nullable NumberRuns numbers;

    /** Of a symbol without trades. */
    public SymbolTrades() {}

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return numbers == null || numbers.isEmpty();
    }

    /** A copy that goes its own way from here. */
    public SymbolTrades copy() {
        SymbolTrades copy = new SymbolTrades();
        copy.numbers = numbers == null ? null : numbers.copy();
        return copy;
    }

    /** The numbers of the symbol's ticks. */
    public NumberRuns numbers() {
        if (numbers == null) {
            numbers = new NumberRuns();
        }
        return numbers;
    }

    /** Drops the numbers: the ticks of symbols are not numbered without gaps. */
    public void dropNumbers() {
        numbers = null;
    }

    /** Drops what is not needed any more. */
    public void forget(long watermark) {
        if (numbers != null) {
            numbers.forget(watermark);
        }
    }

    /** The watermark at which something can be dropped, or {@link EventTimes#NEVER}. */
    public long due() {
        return numbers == null ? EventTimes.NEVER : numbers.due();
    }

    /** Writes what is kept; a byte where it is nothing. */
    public void writeTo(DataOutput out) throws IOException {
        if (numbers == null || numbers.isEmpty()) {
            out.writeByte(LAYOUT);
        } else {
            out.writeByte(LAYOUT | WITH_NUMBERS);
            numbers.writeTo(out);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static SymbolTrades readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if ((layout & ~WITH_NUMBERS) != LAYOUT) {
            throw new IOException("layout " + layout + " of a symbol's trades was written by another release");
        }
        SymbolTrades trades = new SymbolTrades();
        trades.numbers = (layout & WITH_NUMBERS) == 0 ? null : NumberRuns.readFrom(in);
        return trades;
    }
}
