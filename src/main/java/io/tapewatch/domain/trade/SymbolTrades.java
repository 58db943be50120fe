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

    private static final int WITH_FIRSTS = 1;
    private static final int WITH_NUMBERS = 2;
    private static final int WITH_AMENDABLE = 4;

    private final AmendableTrades amendable;

    /** Null for none: most jobs have no use for them. */
    private @Nullable FirstPrints firsts;

    /** Null for none: most feeds do not number their ticks. */
    private @Nullable NumberRuns numbers;

    /** Of a symbol without trades. */
    public SymbolTrades() {
        this(new AmendableTrades());
    }

    private SymbolTrades(AmendableTrades amendable) {
        this.amendable = amendable;
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return (firsts == null || firsts.isEmpty()) && (numbers == null || numbers.isEmpty()) && amendable.isEmpty();
    }

    /** A copy that goes its own way from here. */
    public SymbolTrades copy() {
        SymbolTrades copy = new SymbolTrades(amendable.copy());
        copy.firsts = firsts == null ? null : firsts.copy();
        copy.numbers = numbers == null ? null : numbers.copy();
        return copy;
    }

    /** Those that can be taken back or known again. */
    public AmendableTrades amendable() {
        return amendable;
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

    // The numbers of a feed.

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

    // What is over.

    /**
     * Drops the first prints that no window can need any more, and numbers that are long past.
     *
     * @param keepFor how long after an event time a window that holds it may change, in milliseconds
     */
    public void forget(long watermark, long keepFor) {
        if (firsts != null) {
            firsts.forget(watermark, keepFor);
        }
        if (numbers != null) {
            numbers.forget(watermark);
        }
    }

    /** The watermark at which something can be dropped, or {@link EventTimes#NEVER}. */
    public long due(long keepFor) {
        return Math.min(
                firsts == null ? EventTimes.NEVER : firsts.due(keepFor),
                numbers == null ? EventTimes.NEVER : numbers.due());
    }

    /** Writes what is kept; a byte where it is nothing. */
    public void writeTo(DataOutput out) throws IOException {
        FirstPrints days = firsts == null || firsts.isEmpty() ? null : firsts;
        NumberRuns runs = numbers == null || numbers.isEmpty() ? null : numbers;
        out.writeByte(LAYOUT
                | (days == null ? 0 : WITH_FIRSTS)
                | (runs == null ? 0 : WITH_NUMBERS)
                | (amendable.isEmpty() ? 0 : WITH_AMENDABLE));
        if (days != null) {
            days.writeTo(out);
        }
        if (runs != null) {
            runs.writeTo(out);
        }
        if (!amendable.isEmpty()) {
            amendable.writeTo(out);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public static SymbolTrades readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if ((layout & ~(WITH_FIRSTS | WITH_NUMBERS | WITH_AMENDABLE)) != LAYOUT) {
            throw new IOException("layout " + layout + " of a symbol's trades was written by another release");
        }
        FirstPrints days = (layout & WITH_FIRSTS) == 0 ? null : FirstPrints.readFrom(in);
        NumberRuns runs = (layout & WITH_NUMBERS) == 0 ? null : NumberRuns.readFrom(in);
        SymbolTrades trades =
                (layout & WITH_AMENDABLE) == 0 ? new SymbolTrades() : new SymbolTrades(AmendableTrades.readFrom(in));
        trades.firsts = days;
        trades.numbers = runs;
        return trades;
    }
}
