package io.tapewatch.domain.check;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.exact.PercentChange;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.rule.Metric;

/**
 * Doubles near the values of metrics. Most values are far from their limits, and an estimate decides without the exact value.
 *
 * <p>An estimate is off by a share of less than 2<sup>−48</sup>, as {@link Quotient#estimate} is. A sum is off by less than
 * 2<sup>−50</sup>, a price or a size by less than 2<sup>−51</sup>, and each step rounds by at most 2<sup>−53</sup>. The most
 * that one formula has is two sums, a price and four steps: 24 · 2<sup>−53</sup>. Numbers of two signs are never added up
 * here: a small sum of large numbers would be off by a large share.
 *
 * <p>The deviation from a VWAP is the exception. It is the difference of two numbers that are nearly equal, and off by a share
 * of these numbers: see {@link #subtracted}.
 */
final class QuickEstimates {

    private static final double HUNDRED = 100;
    private static final double NANOS_OF_SECOND = 1e9;

    private final AtHand atHand;

    QuickEstimates(AtHand atHand) {
        this.atHand = atHand;
    }

    /**
     * The number that the formula of a metric subtracts last; 0 for most metrics. The estimate is off by a share of less than
     * 2<sup>−48</sup> of this number and the magnitude of the value together.
     */
    static double subtracted(Metric metric) {
        return metric == Metric.VWAP_DEVIATION_PCT ? HUNDRED : 0;
    }

    /**
     * The estimate of a metric; NaN if there is none, or no value.
     *
     * @param cells the ticks in its window before the one at hand; what the metric needs of them is known
     */
    double of(Metric metric, Cells cells) {
        return switch (metric) {
            case PRICE -> price();
            case SIZE -> atHand.tick().hasSize() ? size() : Double.NaN;
            case NOTIONAL -> atHand.tick().hasSize() ? times(price() * size()) : Double.NaN;
            case TICK_CHANGE_PCT -> tickChange();
            case GAP_SECONDS -> gap();
            case QUOTE_AGE_SECONDS -> quoteAge();
            case CHANGE_PCT,
                    RANGE_PCT,
                    FROM_HIGH_PCT,
                    FROM_LOW_PCT,
                    COUNT,
                    VOLUME,
                    TURNOVER,
                    SIZE_RATIO,
                    VWAP_DEVIATION_PCT,
                    BUY_PCT -> cells.isEmpty() ? Double.NaN : ofWindow(metric, cells);
            default -> Double.NaN;
        };
    }

    // The tick, the one before and the quote.

    private double price() {
        return Decimals.estimate(atHand.tick().priceUnits(), atHand.tick().priceScale());
    }

    private double size() {
        return Decimals.estimate(atHand.tick().sizeUnits(), atHand.tick().sizeScale());
    }

    /** An amount times the multiplier. */
    private double times(double amount) {
        Decimal multiplier = atHand.multiplier();
        return multiplier.equals(Decimal.ONE)
                ? amount
                : amount * Decimals.estimate(multiplier.units(), multiplier.scale());
    }

    private double tickChange() {
        SymbolHistory history = atHand.history();
        return atHand.hasTickBefore() ? change(history.lastUnits(), history.lastScale()) : Double.NaN;
    }

    private double change(long base, int baseScale) {
        Tick tick = atHand.tick();
        return PercentChange.nearestOfSmall(tick.priceUnits(), tick.priceScale(), base, baseScale);
    }

    private double gap() {
        SymbolHistory history = atHand.history();
        return atHand.hasTickBefore() ? secondsFrom(history.lastTime(), history.lastNanos()) : Double.NaN;
    }

    private double quoteAge() {
        Quote quote = atHand.quote();
        return quote == null ? Double.NaN : secondsFrom(quote.time(), quote.nanos());
    }

    private double secondsFrom(long time, int nanos) {
        return (double) atHand.nanosFrom(time, nanos) / NANOS_OF_SECOND;
    }

    // The window.

    private double ofWindow(Metric metric, Cells cells) {
        return switch (metric) {
            case CHANGE_PCT ->
                change(cells.oldest().firstUnits(), cells.oldest().firstScale());
            case RANGE_PCT ->
                PercentChange.nearestOfSmall(
                        atHand.highUnits(cells),
                        atHand.highScale(cells),
                        atHand.lowUnits(cells),
                        atHand.lowScale(cells));
            case FROM_HIGH_PCT -> change(atHand.highUnits(cells), atHand.highScale(cells));
            case FROM_LOW_PCT -> change(atHand.lowUnits(cells), atHand.lowScale(cells));
            case VOLUME -> atHand.tick().hasSize() ? cells.total().sizes().estimate() + size() : Double.NaN;
            case TURNOVER -> turnover(cells.total().turnover().estimate());
            case SIZE_RATIO -> sizeRatio(cells.total());
            case VWAP_DEVIATION_PCT -> vwapDeviation(cells.total());
            case BUY_PCT -> bought(cells.total());
            default -> cells.total().count() + 1;
        };
    }

    /** Of amounts below zero the sum can be next to nothing, and no estimate tells it. */
    private double turnover(double before) {
        return before >= 0 && atHand.tick().hasSize() && atHand.tick().priceUnits() >= 0
                ? times(before + price() * size())
                : Double.NaN;
    }

    private double sizeRatio(Cell before) {
        return atHand.tick().hasSize()
                        && before.sized() >= MetricFormulas.LEAST
                        && !before.sizes().isZero()
                ? size() * before.sized() / before.sizes().estimate()
                : Double.NaN;
    }

    /** 100 · price / (turnover / volume) − 100. The turnover was added up exactly, so amounts below zero do no harm. */
    private double vwapDeviation(Cell before) {
        double turnover = before.turnover().estimate();
        return turnover > 0 && !before.sizes().isZero()
                ? HUNDRED * price() * before.sizes().estimate() / turnover - subtracted(Metric.VWAP_DEVIATION_PCT)
                : Double.NaN;
    }

    private double bought(Cell before) {
        double bought = before.bought().estimate();
        double sold = before.sold().estimate();
        Side side = atHand.side();
        if (side != null && atHand.tick().hasSize()) {
            if (side == Side.BUY) {
                bought += size();
            } else {
                sold += size();
            }
        }
        double all = bought + sold;
        return all > 0 ? HUNDRED * bought / all : Double.NaN;
    }
}
