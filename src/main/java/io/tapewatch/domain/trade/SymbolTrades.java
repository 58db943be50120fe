package io.tapewatch.domain.trade;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is kept of one symbol's trades to tell what a trade counts for. It is asked once of each trade, at the trade's own turn,
 * before windows and rules see it. Empty as long as {@link TradeSettings} ask for nothing.
 */
public final class SymbolTrades {

    private static final int LAYOUT = 1;

    private final AmendableTrades amendable;

    /** Of a symbol without trades. */
    public SymbolTrades() {
        this(new AmendableTrades());
    }

    private SymbolTrades(AmendableTrades amendable) {
        this.amendable = amendable;
    }

    /** Those that can be taken back or known again. */
    public AmendableTrades amendable() {
        return amendable;
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return amendable.isEmpty();
    }

    /** A copy that goes its own way from here. */
    public SymbolTrades copy() {
        return new SymbolTrades(amendable.copy());
    }

    /** Writes what is kept; two bytes where it is nothing. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        amendable.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote. */
    public static SymbolTrades readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a symbol's trades was written by another release");
        }
        return new SymbolTrades(AmendableTrades.readFrom(in));
    }
}
