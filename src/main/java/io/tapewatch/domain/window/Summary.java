package io.tapewatch.domain.window;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.PercentChange;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.trade.FirstsOfDays;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one symbol in one window, as known at one revision.
 *
 * <p>A reader keeps, for each symbol, window, start and {@code asOf}, the highest revision.
 *
 * @param symbol the instrument
 * @param window the window's specification in its canonical form, such as {@code 1m}
 * @param start the first millisecond of the window, in epoch milliseconds
 * @param end the first millisecond after it
 * @param asOf the moment the figures describe: the window's end; of a cumulating window the end of the step; of a sliding
 *     one the time of its last tick
 * @param count the number of ticks that set a price: without sale conditions, of all. 0 without ineligible ticks says that
 *     all ticks were taken back
 * @param sizedCount the number of ticks that carried a size that counts
 * @param ineligible the number of ticks that set no price here, as their sale conditions say
 * @param missing how many of the feed's numbers are missing, as far as known
 * @param open the price of the first tick that can be an open, or null without one
 * @param high the highest price, or null where the count is 0
 * @param low the lowest price, likewise
 * @param close the price of the last tick that can be a close, or null without one
 * @param firstTime the event time of the open
 * @param lastTime the event time of the close
 * @param highTime the earliest event time at which the price was the highest, or null where the count is 0
 * @param lowTime the earliest event time at which the price was the lowest, likewise
 * @param mean the arithmetic mean of the ticks' prices (not weighted by time), likewise
 * @param stddev the sample standard deviation of the ticks' prices (divisor n − 1), or null with fewer than two ticks
 * @param vwap the volume-weighted average price, Σ price · size / Σ size over the ticks that set a price and have a
 *     size that counts, or null when that volume is zero
 * @param volume Σ size, or null when no tick carried one; neither this nor the turnover has zeros that end its decimals
 * @param turnover Σ price · size · the instrument's multiplier, or null when no tick carried a size
 * @param previousClose the close of the symbol's window before, or null where there is none or it is not compared with
 * @param changePct (close / previousClose − 1) · 100 as the nearest double, or null without one of
 *     them or when the previous close is not above zero
 * @param revision 0 for the first publication, then one higher for each correction
 * @param mayChangeUntil the event time, in epoch milliseconds, after which this window can no longer be corrected
 * @param instrument what is known about the instrument
 */
public record Summary(
        String symbol,
        String window,
        long start,
        long end,
        long asOf,
        long count,
        long sizedCount,
        long ineligible,
        long missing,
        @Nullable Decimal open,
        @Nullable Decimal high,
        @Nullable Decimal low,
        @Nullable Decimal close,
        @Nullable Long firstTime,
        @Nullable Long lastTime,
        @Nullable Long highTime,
        @Nullable Long lowTime,
        @Nullable Double mean,
        @Nullable Double stddev,
        @Nullable Double vwap,
        @Nullable BigDecimal volume,
        @Nullable BigDecimal turnover,
        @Nullable Decimal previousClose,
        @Nullable Double changePct,
        int revision,
        long mayChangeUntil,
        @Nullable Instrument instrument) {

    /** The summary of a window of an instrument of which nothing is known; see below. */
    public static Summary of(
            String symbol,
            String window,
            long start,
            long end,
            long asOf,
            Bar bar,
            @Nullable Decimal previousClose,
            int revision,
            long mayChangeUntil) {
        return of(Instrument.unknown(symbol), window, start, end, asOf, bar, previousClose, revision, mayChangeUntil);
    }

    /** The summary of a window whose ticks count for all, and add up to {@code bar}; for the rest see above. */
    public static Summary of(
            Instrument instrument,
            String window,
            long start,
            long end,
            long asOf,
            Bar bar,
            @Nullable Decimal previousClose,
            int revision,
            long mayChangeUntil) {
        return of(
                instrument,
                window,
                start,
                end,
                asOf,
                bar.view(false, FirstsOfDays.NONE),
                previousClose,
                revision,
                mayChangeUntil);
    }

    /** The summary of a window that sees its ticks so; for the rest see above. */
    static Summary of(
            Instrument instrument,
            String window,
            long start,
            long end,
            long asOf,
            BarView bar,
            @Nullable Decimal previousClose,
            int revision,
            long mayChangeUntil) {
        boolean hasPrice = bar.hasPrice();
        boolean hasClose = bar.hasClose();
        return new Summary(
                instrument.symbol(),
                window,
                start,
                end,
                asOf,
                bar.count(),
                bar.sizedCount(),
                bar.ineligible(),
                bar.missing(),
                hasClose ? bar.open() : null,
                hasPrice ? bar.high() : null,
                hasPrice ? bar.low() : null,
                hasClose ? bar.close() : null,
                hasClose ? bar.firstTime() : null,
                hasClose ? bar.lastTime() : null,
                hasPrice ? bar.highTime() : null,
                hasPrice ? bar.lowTime() : null,
                hasPrice ? bar.mean() : null,
                bar.stddev(),
                bar.vwap(),
                bar.volume(),
                bar.turnover(instrument.multiplier()),
                previousClose,
                change(hasClose ? bar.close() : null, previousClose),
                revision,
                mayChangeUntil,
                instrument.orNull());
    }

    /** Whether nothing is known to have happened in the window: all ticks that there were have been taken back. */
    public boolean isEmpty() {
        return count == 0 && ineligible == 0;
    }

    private static @Nullable Double change(@Nullable Decimal close, @Nullable Decimal previousClose) {
        if (close == null || previousClose == null) {
            return null;
        }
        Quotient change = new Quotient();
        PercentChange.of(close.units(), close.scale(), previousClose.units(), previousClose.scale(), change);
        return change.hasValue() ? change.nearest() : null;
    }
}
