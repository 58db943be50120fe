package io.tapewatch.domain.check;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.MetricValues.Measure;
import io.tapewatch.domain.exact.Amount;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.PercentChange;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.exact.Ratio;
import io.tapewatch.domain.exact.WideDecimal;

/**
 * The formulas of the metrics: each as a quotient of exact numbers, and {@code returnZScore} as the nearest double. One is
 * used for one metric after the other.
 */
final class MetricFormulas {

    /** Fewer ticks than this say nothing about what is usual. */
    static final int LEAST = 30;

    /** Returns that deviate less than this, in per cent, do not deviate. */
    private static final double LEAST_DEVIATION = 0.01;

    private static final int HUNDRED = 100;

    private static final int DECIMALS_OF_NANOS = 9;

    /** The scale of a base that there is not. */
    static final int NO_BASE = -1;

    private final AtHand atHand;

    private final WideDecimal sum = WideDecimal.sum();
    private final WideDecimal otherSum = WideDecimal.sum();
    private final WideDecimal sumOfProducts = WideDecimal.sumOfProducts();
    private final Quotient scratch = new Quotient();

    // What the last metric that was measured has beside its quotient.
    private double nearest;
    private long baseUnits;
    private int baseScale;

    MetricFormulas(AtHand atHand) {
        this.atHand = atHand;
    }

    /**
     * Measures a metric.
     *
     * @param window the window with what the metric needs, an empty one for a metric without
     * @param into an empty quotient; it stays so for no value, and for {@link io.tapewatch.domain.rule.Metric#RETURN_Z_SCORE}
     */
    void measure(Measure measure, TrailingWindow window, Quotient into) {
        nearest = Double.NaN;
        baseScale = NO_BASE;
        measureIn(measure, window, into);
    }

    /** The value that was measured last, if it is a double and no quotient; or NaN. */
    double nearest() {
        return nearest;
    }

    /** The units of the price that the last change was counted from. */
    long baseUnits() {
        return baseUnits;
    }

    /** Its scale, or {@link #NO_BASE}. */
    int baseScale() {
        return baseScale;
    }

    /** Measures each metric there is: this switch has no default, so that none can be forgotten. */
    private void measureIn(Measure measure, TrailingWindow window, Quotient into) {
        Tick tick = atHand.tick();
        Cells cells = window.cells();
        switch (measure.metric()) {
            case PRICE -> into.set(tick.priceUnits(), tick.priceScale());
            case SIZE -> size(into);
            case NOTIONAL -> notional(into);
            case TICK_CHANGE_PCT -> tickChange(into);
            case GAP_SECONDS -> gap(into);
            case DAY_CHANGE_PCT -> dayChange(into);
            case SPREAD_BPS -> spread(into);
            case OFF_QUOTE_BPS -> offQuote(into);
            case QUOTE_AGE_SECONDS -> quoteAge(into);
            case SILENCE_SECONDS -> {} // raised by event time

            case CHANGE -> change(cells, into);
            case CHANGE_PCT -> changePct(cells, into);
            case RANGE_PCT -> range(cells, into);
            case FROM_HIGH_PCT -> fromHigh(cells, into);
            case FROM_LOW_PCT -> fromLow(cells, into);
            case COUNT -> into.set(count(cells), 0);
            case VOLUME -> volume(cells, into);
            case TURNOVER -> turnover(cells, into);
            case VWAP_DEVIATION_PCT -> vwapDeviation(cells, into);
            case RETURN_Z_SCORE -> nearest = returnInDeviations(cells);
            case SIZE_RATIO -> sizeRatio(cells, into);
            case VOLUME_RATIO -> volumeRatio(measure, window, into);
            case COUNT_RATIO ->
                countRatio(count(cells), measure, window, atHand.history().ticks(), into);
            case BUY_PCT -> bought(cells, into);
            case QUOTE_COUNT -> into.set(countQuotes(cells), 0);
            case QUOTE_RATIO ->
                countRatio(countQuotes(cells), measure, window, atHand.history().quotes(), into);
        }
    }

    // The tick, the one before and the quote.

    /** The size also stands as the base, so that a flag can tell all its digits. */
    private void size(Quotient into) {
        Tick tick = atHand.tick();
        if (tick.hasSize()) {
            baseUnits = tick.sizeUnits();
            baseScale = tick.sizeScale();
            into.set(tick.sizeUnits(), tick.sizeScale());
        }
    }

    private void notional(Quotient into) {
        Tick tick = atHand.tick();
        if (tick.hasSize()) {
            Amount.notional(
                    tick.priceUnits(),
                    tick.priceScale(),
                    tick.sizeUnits(),
                    tick.sizeScale(),
                    atHand.multiplier().units(),
                    atHand.multiplier().scale(),
                    into);
        }
    }

    private void spread(Quotient into) {
        Quote quote = atHand.quote();
        if (quote != null) {
            quote.spreadBps(into);
        }
    }

    private void offQuote(Quotient into) {
        Tick tick = atHand.tick();
        Quote quote = atHand.quote();
        if (quote != null) {
            quote.offQuoteBps(tick.priceUnits(), tick.priceScale(), into);
        }
    }

    private void quoteAge(Quotient into) {
        Quote quote = atHand.quote();
        if (quote != null) {
            secondsFrom(quote.time(), quote.nanos(), into);
        }
    }

    private void gap(Quotient into) {
        SymbolHistory history = atHand.history();
        if (atHand.hasTickBefore()) {
            secondsFrom(history.lastTime(), history.lastNanos(), into);
        }
    }

    private void secondsFrom(long time, int nanos, Quotient into) {
        into.set(atHand.nanosFrom(time, nanos), DECIMALS_OF_NANOS);
    }

    private void tickChange(Quotient into) {
        SymbolHistory history = atHand.history();
        if (atHand.hasTickBefore()) {
            change(history.lastUnits(), history.lastScale(), into);
        }
    }

    private void dayChange(Quotient into) {
        Decimal close = atHand.previousClose();
        if (close != null) {
            change(close.units(), close.scale(), into);
        }
    }

    /** A change in per cent from a base that is not above zero has no value. */
    private void change(long base, int scale, Quotient into) {
        Tick tick = atHand.tick();
        baseUnits = base;
        baseScale = scale;
        PercentChange.of(tick.priceUnits(), tick.priceScale(), base, scale, into);
    }

    /** The change since the tick before in per cent, as the nearest double, or NaN. */
    double tickReturn() {
        Tick tick = atHand.tick();
        SymbolHistory history = atHand.history();
        return history.hasLast() && history.lastUnits() > 0
                ? PercentChange.nearest(
                        tick.priceUnits(), tick.priceScale(), history.lastUnits(), history.lastScale(), scratch)
                : Double.NaN;
    }

    // The window with this tick.

    private void change(Cells cells, Quotient into) {
        Tick tick = atHand.tick();
        if (!cells.isEmpty()) {
            baseUnits = cells.oldest().firstUnits();
            baseScale = cells.oldest().firstScale();
            into.set(tick.priceUnits(), tick.priceScale());
            into.numerator().subtract(baseUnits, baseScale);
        }
    }

    private void changePct(Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(cells.oldest().firstUnits(), cells.oldest().firstScale(), into);
        }
    }

    private void range(Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            baseUnits = atHand.lowUnits(cells);
            baseScale = atHand.lowScale(cells);
            PercentChange.of(atHand.highUnits(cells), atHand.highScale(cells), baseUnits, baseScale, into);
        }
    }

    private void fromHigh(Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(atHand.highUnits(cells), atHand.highScale(cells), into);
        }
    }

    private void fromLow(Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(atHand.lowUnits(cells), atHand.lowScale(cells), into);
        }
    }

    private static long count(Cells cells) {
        return cells.total().count() + 1;
    }

    /** The quotes in a window, with the one at hand. */
    private long countQuotes(Cells cells) {
        Tick tick = atHand.tick();
        return cells.total().count() + (tick == null ? 1 : 0);
    }

    private boolean hasSize(Cells cells) {
        Tick tick = atHand.tick();
        return tick.hasSize() || cells.total().sized() > 0;
    }

    private void volume(Cells cells, Quotient into) {
        if (hasSize(cells)) {
            into.set(1, 0);
            addUpSizes(cells, into.numerator());
        }
    }

    /** Makes a sum that of the sizes in a window, with that of the tick. */
    private void addUpSizes(Cells cells, WideDecimal sizes) {
        Tick tick = atHand.tick();
        sizes.set(cells.total().sizes());
        if (tick.hasSize()) {
            sizes.add(tick.sizeUnits(), tick.sizeScale());
        }
    }

    private void turnover(Cells cells, Quotient into) {
        Tick tick = atHand.tick();
        if (hasSize(cells)) {
            sumOfProducts.set(cells.total().turnover());
            if (tick.hasSize()) {
                sumOfProducts.addProduct(tick.priceUnits(), tick.priceScale(), tick.sizeUnits(), tick.sizeScale());
            }
            Amount.turnover(
                    sumOfProducts,
                    atHand.multiplier().units(),
                    atHand.multiplier().scale(),
                    into);
        }
    }

    /** The share in per cent that bought, of the sizes whose side is known. */
    private void bought(Cells cells, Quotient into) {
        Tick tick = atHand.tick();
        sum.set(cells.total().bought());
        otherSum.set(cells.total().bought());
        otherSum.add(cells.total().sold());
        if (tick.hasSize() && atHand.side() != null) {
            otherSum.add(tick.sizeUnits(), tick.sizeScale());
            if (atHand.side() == Side.BUY) {
                sum.add(tick.sizeUnits(), tick.sizeScale());
            }
        }
        Ratio.ofSums(sum, HUNDRED, otherSum, 1, into);
    }

    // The window before.

    private void vwapDeviation(Cells before, Quotient into) {
        Tick tick = atHand.tick();
        if (!before.total().sizes().isZero()) {
            PercentChange.fromAverage(
                    tick.priceUnits(),
                    tick.priceScale(),
                    before.total().turnover(),
                    before.total().sizes(),
                    into);
        }
    }

    private double returnInDeviations(Cells before) {
        double change = tickReturn();
        if (Double.isNaN(change) || before.total().returns() < LEAST) {
            return Double.NaN;
        }
        double deviation = before.total().deviation();
        return deviation < LEAST_DEVIATION ? Double.NaN : change / deviation;
    }

    private void sizeRatio(Cells before, Quotient into) {
        Tick tick = atHand.tick();
        if (tick.hasSize() && before.total().sized() >= LEAST) {
            Ratio.toMean(
                    tick.sizeUnits(),
                    tick.sizeScale(),
                    before.total().sizes(),
                    before.total().sized(),
                    into);
        }
    }

    private static void countRatio(
            long count, Measure measure, TrailingWindow window, StreamHistory of, Quotient into) {
        if (hasUsual(measure, window, of)) {
            long usual = window.baseline(measure.baseline()).total().count();
            Ratio.ofCounts(count, measure.baselineLength(), usual, measure.over(), into);
        }
    }

    private void volumeRatio(Measure measure, TrailingWindow window, Quotient into) {
        SymbolHistory history = atHand.history();
        if (hasUsual(measure, window, history.ticks()) && hasSize(window.cells())) {
            addUpSizes(window.cells(), sum);
            WideDecimal usual = window.baseline(measure.baseline()).total().sizes();
            Ratio.ofSums(sum, measure.baselineLength(), usual, measure.over(), into);
        }
    }

    /** Whether the baseline says what is usual. */
    private static boolean hasUsual(Measure measure, TrailingWindow window, StreamHistory of) {
        Cells baseline = window.baseline(measure.baseline());
        long begin = window.baselineBegin(measure.baseline());
        return baseline.total().count() >= LEAST
                && of.firstTime() < begin
                && baseline.areKnownFrom(begin, measure.aspects());
    }
}
