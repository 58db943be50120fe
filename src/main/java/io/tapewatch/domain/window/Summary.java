package io.tapewatch.domain.window;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.PercentChange;
import io.tapewatch.domain.exact.Quotient;
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
 * @param count the number of ticks, at least 1
 * @param sizedCount the number of ticks that carried a size
 * @param open the price of the first tick
 * @param high the highest price
 * @param low the lowest price
 * @param close the price of the last tick
 * @param firstTime the event time of the first tick
 * @param lastTime the event time of the last tick
 * @param highTime the earliest event time at which the price was the highest
 * @param lowTime the earliest event time at which the price was the lowest
 * @param mean the arithmetic mean of the ticks' prices (not weighted by time)
 * @param stddev the sample standard deviation of the ticks' prices (divisor n − 1), or null with fewer than two ticks
 * @param vwap the volume-weighted average price, Σ price · size / Σ size over the ticks with a size, or null when
 *     that volume is zero
 * @param volume Σ size, or null when no tick carried one; neither this nor the turnover has zeros that end its decimals
 * @param turnover Σ price · size · the instrument's multiplier, or null when no tick carried a size
 * @param previousClose the close of the symbol's window before, or null where there is none or it is not compared with
 * @param changePct (close / previousClose − 1) · 100 as the nearest double, or null without a previous close or when that is not above zero
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
        Decimal open,
        Decimal high,
        Decimal low,
        Decimal close,
        long firstTime,
        long lastTime,
        long highTime,
        long lowTime,
        double mean,
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

    /** The summary of a window whose ticks add up to {@code bar}, which is not empty; for the rest see above. */
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
        return new Summary(
                instrument.symbol(),
                window,
                start,
                end,
                asOf,
                bar.count(),
                bar.sizedCount(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.firstTime(),
                bar.lastTime(),
                bar.highTime(),
                bar.lowTime(),
                bar.mean(),
                bar.stddev(),
                bar.vwap(),
                bar.volume(),
                bar.turnover(instrument.multiplier()),
                previousClose,
                change(bar.close(), previousClose),
                revision,
                mayChangeUntil,
                instrument.orNull());
    }

    private static @Nullable Double change(Decimal close, @Nullable Decimal previousClose) {
        if (previousClose == null) {
            return null;
        }
        Quotient change = new Quotient();
        PercentChange.of(close.units(), close.scale(), previousClose.units(), previousClose.scale(), change);
        return change.hasValue() ? change.nearest() : null;
    }
}
