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

    private static final int LAYOUT = 0;

    /** With the first prints of days. */
    private static final int LAYOUT_OF_FIRSTS = 1;

    /** Null for none: most jobs have no use for them. */
    private @Nullable FirstPrints firsts;

    /** Of a symbol without trades. */
    public SymbolTrades() {}

    private SymbolTrades(FirstPrints firsts) {
        this.firsts = firsts;
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return firsts == null || firsts.isEmpty();
    }

    /** A copy that goes its own way from here. */
    public SymbolTrades copy() {
        return firsts == null ? new SymbolTrades() : new SymbolTrades(firsts.copy());
    }

    // The first print of a day.

    /**
     * The first prints of the days of the table's time zone. They are kept here, with those that are taken from now on.
     */
    public FirstsOfDays firsts(ConditionLookup conditions) {
        if (firsts == null) {
            firsts = new FirstPrints();
        }
        return firsts.in(conditions.days());
    }

    /** Drops the first prints of days: there is no table of conditions any more. */
    public void dropFirsts() {
        firsts = null;
    }

    // What is over.

    /**
     * Drops what no window can need any more.
     *
     * @param keepFor how long after an event time a window that holds it may change, in milliseconds
     */
    public void forget(long watermark, long keepFor) {
        if (firsts != null) {
            firsts.forget(watermark, keepFor);
        }
    }

    /** The watermark at which something can be dropped, or {@link EventTimes#NEVER}. */
    public long due(long keepFor) {
        return firsts == null ? EventTimes.NEVER : firsts.due(keepFor);
    }

    /** Writes what is kept; a byte where it is nothing. */
    public void writeTo(DataOutput out) throws IOException {
        if (firsts == null || firsts.isEmpty()) {
            out.writeByte(LAYOUT);
        } else {
            out.writeByte(LAYOUT_OF_FIRSTS);
            firsts.writeTo(out);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static SymbolTrades readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        return switch (layout) {
            case LAYOUT -> new SymbolTrades();
            case LAYOUT_OF_FIRSTS -> new SymbolTrades(FirstPrints.readFrom(in));
            default ->
                throw new IOException("layout " + layout + " of a symbol's trades was written by another release");
        };
    }
}
