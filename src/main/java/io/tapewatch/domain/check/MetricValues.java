package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Amount;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalFigures;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.exact.Limit;
import io.tapewatch.domain.exact.PercentChange;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.exact.Ratio;
import io.tapewatch.domain.exact.WideDecimal;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.Metric;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;

/**
 * The values of metrics at the tick or quote that is being checked, each measured when it is first asked for. One of a task,
 * used for one after the other.
 *
 * <p>A metric says whether it needs a tick or a quote, and what else; no type does. Nobody asks for a metric of the other.
 */
@NullUnmarked
final class MetricValues {

    /** Fewer ticks than this say nothing about what is usual. */
    private static final int LEAST = 30;

    /** Returns that deviate less than this, in per cent, do not deviate. */
    private static final double LEAST_DEVIATION = 0.01;

    private static final int HUNDRED = 100;

    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int DECIMALS_OF_NANOS = 9;
    private static final double NANOS_OF_SECOND = 1e9;

    private static final int NO_BASE = -1;

    /** An empty one, for metrics that are measured over none. */
    private static final TrailingWindow NO_WINDOW = new TrailingWindow(1);

    /**
     * What is measured.
     *
     * @param metric the metric
     * @param aspects what it needs of its window and its baseline, a bit each
     * @param window the place of its window among those of the history, or −1
     * @param over the window's length in milliseconds
     * @param baseline the place of its baseline among those of the window, or −1
     * @param baselineLength the baseline's length in milliseconds
     */
    record Measure(Metric metric, int aspects, int window, long over, int baseline, long baselineLength) {}

    private final Measure[] measures;

    /** The values of metrics that are quotients of exact numbers: all but {@link Metric#RETURN_Z_SCORE}. */
    private final Quotient[] quotients;

    /** The values of that metric, or NaN. */
    private final double[] doubles;

    /** Whether the values of a metric are there. */
    private final boolean[] isMeasured;

    /** Doubles near the values; NaN for none. */
    private final double[] estimates;

    /** Whether these are there. */
    private final boolean[] isEstimated;

    // The prices that changes are counted from, or NO_BASE as the scale.
    private final long[] baseUnits;
    private final int[] baseScales;

    private final WideDecimal sum = WideDecimal.sum();
    private final WideDecimal otherSum = WideDecimal.sum();
    private final WideDecimal sumOfProducts = WideDecimal.sumOfProducts();
    private final Quotient scratch = new Quotient();

    /** The tick at hand, or null when it is a quote. */
    private Tick tick;

    /** The quote at hand, or the tick's quote, which may be null. */
    private Quote quote;

    private Side side;
    private Decimal multiplier;
    private SymbolHistory history;
    private Closes closes;
    private boolean isLate;

    MetricValues(Measure[] measures) {
        this.measures = measures;
        this.quotients = new Quotient[measures.length];
        this.doubles = new double[measures.length];
        this.isMeasured = new boolean[measures.length];
        this.estimates = new double[measures.length];
        this.isEstimated = new boolean[measures.length];
        this.baseUnits = new long[measures.length];
        this.baseScales = new int[measures.length];
        Arrays.setAll(quotients, i -> new Quotient());
    }

    /** Goes on to the next tick; the windows of the history have been advanced to it, and do not hold it. */
    void moveTo(Tick next, QuoteAtTrade atTrade, Instrument instrument, SymbolHistory of, Closes ofDays) {
        begin(next, atTrade.quote(), false);
        side = atTrade.side();
        multiplier = instrument.multiplier();
        history = of;
        closes = ofDays;
    }

    /** Goes on to a tick that came behind the watermark: nothing is known of it but what it says itself. */
    void moveToLate(Tick next, Instrument instrument) {
        begin(next, null, true);
        multiplier = instrument.multiplier();
    }

    /** Goes on to the next quote; the windows of the history have been advanced to it, and do not hold it. */
    void moveTo(Quote next, SymbolHistory of) {
        begin(null, next, false);
        history = of;
    }

    /** Goes on to a quote that came behind the watermark: nothing is known of it but what it says itself. */
    void moveToLate(Quote next) {
        begin(null, next, true);
    }

    private void begin(Tick nextTick, Quote nextQuote, boolean late) {
        tick = nextTick;
        quote = nextQuote;
        isLate = late;
        Arrays.fill(isMeasured, false);
        Arrays.fill(isEstimated, false);
    }

    /** What a flag says of the tick or quote at hand. */
    FlaggedTick flagged() {
        return tick == null
                ? FlaggedTick.of(quote, isLate)
                : FlaggedTick.of(tick, hasTickBefore() ? history.lastPrice() : null, quote, isLate);
    }

    /** How many metrics there are. */
    int size() {
        return measures.length;
    }

    /** The price of the tick; of a quote the ask, or null. */
    Decimal to() {
        return tick == null ? quote.ask() : tick.price();
    }

    /** A double near the value of a metric, as {@link Quotient#estimate} is one; NaN for no value. */
    double estimate(int measure) {
        if (!isEstimated[measure]) {
            estimates[measure] = estimated(measure);
            isEstimated[measure] = true;
        }
        return estimates[measure];
    }

    private double estimated(int measure) {
        double quick = quickEstimate(measures[measure]);
        if (!Double.isNaN(quick)) {
            return quick;
        }
        measureOnce(measure);
        return isDouble(measure) ? doubles[measure] : quotients[measure].estimate();
    }

    /** The estimate of a metric that is near at hand, most of the time; NaN for others, and for no value. */
    private double quickEstimate(Measure measure) {
        return switch (measure.metric) {
            case PRICE -> quickPrice();
            case SIZE -> tick.hasSize() ? quickSize() : Double.NaN;
            case TICK_CHANGE_PCT ->
                hasTickBefore() ? quickChange(history.lastUnits(), history.lastScale()) : Double.NaN;
            case NOTIONAL -> tick.hasSize() ? quickNotional() : Double.NaN;
            case GAP_SECONDS -> hasTickBefore() ? quickSeconds(history.lastTime(), history.lastNanos()) : Double.NaN;
            case QUOTE_AGE_SECONDS -> quote == null ? Double.NaN : quickSeconds(quote.time(), quote.nanos());
            case CHANGE_PCT, RANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT, COUNT, VOLUME, TURNOVER, SIZE_RATIO ->
                quickOfWindow(measure);
            default -> Double.NaN;
        };
    }

    private double quickNotional() {
        return quickProduct(quickPrice() * quickSize());
    }

    private double quickProduct(double amount) {
        return multiplier.equals(Decimal.ONE)
                ? amount
                : amount * Decimals.estimate(multiplier.units(), multiplier.scale());
    }

    private double quickPrice() {
        return Decimals.estimate(tick.priceUnits(), tick.priceScale());
    }

    private double quickSize() {
        return Decimals.estimate(tick.sizeUnits(), tick.sizeScale());
    }

    private double quickSeconds(long time, int nanos) {
        return (double) nanosFrom(time, nanos) / NANOS_OF_SECOND;
    }

    private double quickOfWindow(Measure measure) {
        if (isLate) {
            return Double.NaN;
        }
        TrailingWindow window = windowOf(measure);
        Cells cells = window.cells();
        if (cells.isEmpty() || !cells.areKnownFrom(window.begin(), measure.aspects)) {
            return Double.NaN;
        }
        return switch (measure.metric) {
            case CHANGE_PCT ->
                quickChange(cells.oldest().firstUnits(), cells.oldest().firstScale());
            case RANGE_PCT ->
                PercentChange.nearestOfSmall(highUnits(cells), highScale(cells), lowUnits(cells), lowScale(cells));
            case FROM_HIGH_PCT -> quickChange(highUnits(cells), highScale(cells));
            case FROM_LOW_PCT -> quickChange(lowUnits(cells), lowScale(cells));
            case VOLUME -> tick.hasSize() ? cells.total().sizes().estimate() + quickSize() : Double.NaN;
            case TURNOVER -> quickTurnover(cells.total().turnover().estimate());
            case SIZE_RATIO -> quickSizeRatio(cells.total());
            default -> count(cells);
        };
    }

    /** Of amounts below zero the sum can be next to nothing, and no estimate tells it. */
    private double quickTurnover(double before) {
        return before >= 0 && tick.hasSize() && tick.priceUnits() >= 0
                ? quickProduct(before + quickPrice() * quickSize())
                : Double.NaN;
    }

    private double quickSizeRatio(Cell before) {
        return tick.hasSize() && before.sized() >= LEAST && !before.sizes().isZero()
                ? quickSize() * before.sized() / before.sizes().estimate()
                : Double.NaN;
    }

    private double quickChange(long base, int baseScale) {
        return PercentChange.nearestOfSmall(tick.priceUnits(), tick.priceScale(), base, baseScale);
    }

    /** Whether a metric has a value. */
    boolean hasValue(int measure) {
        measureOnce(measure);
        return isDouble(measure) ? !Double.isNaN(doubles[measure]) : quotients[measure].hasValue();
    }

    /**
     * Compares a metric that has a value with a limit: above zero if it is above, zero if it is the limit, below zero if it is
     * below. This is exact; of {@link Metric#RETURN_Z_SCORE} the nearest doubles are compared.
     */
    int compare(int measure, Limit limit) {
        measureOnce(measure);
        if (isDouble(measure)) {
            double value = doubles[measure];
            return value > limit.nearest() ? 1 : value < limit.nearest() ? -1 : 0;
        }
        return quotients[measure].compareTo(limit);
    }

    /** The nearest double of a metric that has a value. */
    double value(int measure) {
        measureOnce(measure);
        return isDouble(measure) ? doubles[measure] : quotients[measure].nearest();
    }

    /**
     * The price that a change is counted from, for a metric that has been asked for, or null; a VWAP is rounded to 18 digits; of
     * {@link Metric#SIZE} it is the size, of a quote the bid.
     */
    Decimal base(int measure) {
        if (tick == null) {
            return quote.bid();
        }
        if (measures[measure].metric == Metric.VWAP_DEVIATION_PCT) {
            Cell before = windowOf(measures[measure]).cells().total();
            return DecimalFigures.average(before.turnover(), before.sizes());
        }
        return baseScales[measure] == NO_BASE ? null : new Decimal(baseUnits[measure], baseScales[measure]);
    }

    private boolean isDouble(int measure) {
        return measures[measure].metric == Metric.RETURN_Z_SCORE;
    }

    private void measureOnce(int measure) {
        if (!isMeasured[measure]) {
            baseScales[measure] = NO_BASE;
            measure(measure, quotients[measure]);
            isMeasured[measure] = true;
        }
    }

    /** Measures each metric there is: this switch has no default, so that none can be forgotten. */
    private void measure(int place, Quotient into) {
        Measure measure = measures[place];
        TrailingWindow window = NO_WINDOW;
        into.clear();
        doubles[place] = Double.NaN;
        if (measure.window >= 0) {
            if (isLate) {
                return;
            }
            window = windowOf(measure);
            if (!window.cells().areKnownFrom(window.begin(), measure.aspects)) {
                return;
            }
        }
        Cells cells = window.cells();
        switch (measure.metric) {
            case PRICE -> into.set(tick.priceUnits(), tick.priceScale());
            case SIZE -> size(place, into);
            case NOTIONAL -> notional(into);
            case TICK_CHANGE_PCT -> tickChange(place, into);
            case GAP_SECONDS -> gap(into);
            case DAY_CHANGE_PCT -> dayChange(place, into);
            case SPREAD_BPS -> spread(into);
            case OFF_QUOTE_BPS -> offQuote(into);
            case QUOTE_AGE_SECONDS -> quoteAge(into);
            case SILENCE_SECONDS -> {} // raised by event time

            case CHANGE -> change(place, cells, into);
            case CHANGE_PCT -> changePct(place, cells, into);
            case RANGE_PCT -> range(place, cells, into);
            case FROM_HIGH_PCT -> fromHigh(place, cells, into);
            case FROM_LOW_PCT -> fromLow(place, cells, into);
            case COUNT -> into.set(count(cells), 0);
            case VOLUME -> volume(cells, into);
            case TURNOVER -> turnover(cells, into);
            case VWAP_DEVIATION_PCT -> vwapDeviation(cells, into);
            case RETURN_Z_SCORE -> doubles[place] = returnInDeviations(cells);
            case SIZE_RATIO -> sizeRatio(cells, into);
            case VOLUME_RATIO -> volumeRatio(measure, window, into);
            case COUNT_RATIO -> countRatio(count(cells), measure, window, history.ticks(), into);
            case BUY_PCT -> bought(cells, into);
            case QUOTE_COUNT -> into.set(countQuotes(cells), 0);
            case QUOTE_RATIO -> countRatio(countQuotes(cells), measure, window, history.quotes(), into);
        }
    }

    private TrailingWindow windowOf(Measure measure) {
        StreamHistory of = measure.metric.countsQuotes() ? history.quotes() : history.ticks();
        return of.windows().get(measure.window);
    }

    // The tick, the one before and the quote.

    /** The size also stands as the base, so that a flag can tell all its digits. */
    private void size(int place, Quotient into) {
        if (tick.hasSize()) {
            baseUnits[place] = tick.sizeUnits();
            baseScales[place] = tick.sizeScale();
            into.set(tick.sizeUnits(), tick.sizeScale());
        }
    }

    private void notional(Quotient into) {
        if (tick.hasSize()) {
            Amount.notional(
                    tick.priceUnits(),
                    tick.priceScale(),
                    tick.sizeUnits(),
                    tick.sizeScale(),
                    multiplier.units(),
                    multiplier.scale(),
                    into);
        }
    }

    private void spread(Quotient into) {
        if (quote != null) {
            quote.spreadBps(into);
        }
    }

    private void offQuote(Quotient into) {
        if (quote != null) {
            quote.offQuoteBps(tick.priceUnits(), tick.priceScale(), into);
        }
    }

    private void quoteAge(Quotient into) {
        if (quote != null) {
            secondsFrom(quote.time(), quote.nanos(), into);
        }
    }

    private void gap(Quotient into) {
        if (hasTickBefore()) {
            secondsFrom(history.lastTime(), history.lastNanos(), into);
        }
    }

    private void secondsFrom(long time, int nanos, Quotient into) {
        into.set(nanosFrom(time, nanos), DECIMALS_OF_NANOS);
    }

    private long nanosFrom(long time, int nanos) {
        return (tick.time() - time) * NANOS_OF_MILLI + tick.nanos() - nanos;
    }

    private boolean hasTickBefore() {
        return !isLate && history.hasLast();
    }

    private void tickChange(int place, Quotient into) {
        if (hasTickBefore()) {
            change(place, history.lastUnits(), history.lastScale(), into);
        }
    }

    private void dayChange(int place, Quotient into) {
        Decimal close = isLate ? null : closes.previousClose(tick.time());
        if (close != null) {
            change(place, close.units(), close.scale(), into);
        }
    }

    /** A change in per cent from a base that is not above zero has no value. */
    private void change(int place, long base, int baseScale, Quotient into) {
        baseUnits[place] = base;
        baseScales[place] = baseScale;
        PercentChange.of(tick.priceUnits(), tick.priceScale(), base, baseScale, into);
    }

    /** The change since the tick before in per cent, as the nearest double, or NaN. */
    double tickReturn() {
        return history.hasLast() && history.lastUnits() > 0
                ? PercentChange.nearest(
                        tick.priceUnits(), tick.priceScale(), history.lastUnits(), history.lastScale(), scratch)
                : Double.NaN;
    }

    // The window with this tick.

    private void change(int place, Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            baseUnits[place] = cells.oldest().firstUnits();
            baseScales[place] = cells.oldest().firstScale();
            into.set(tick.priceUnits(), tick.priceScale());
            into.numerator().subtract(baseUnits[place], baseScales[place]);
        }
    }

    private void changePct(int place, Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(place, cells.oldest().firstUnits(), cells.oldest().firstScale(), into);
        }
    }

    private void range(int place, Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            baseUnits[place] = lowUnits(cells);
            baseScales[place] = lowScale(cells);
            PercentChange.of(highUnits(cells), highScale(cells), baseUnits[place], baseScales[place], into);
        }
    }

    private void fromHigh(int place, Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(place, highUnits(cells), highScale(cells), into);
        }
    }

    private void fromLow(int place, Cells cells, Quotient into) {
        if (!cells.isEmpty()) {
            change(place, lowUnits(cells), lowScale(cells), into);
        }
    }

    private long highUnits(Cells cells) {
        return isHighest(cells) ? tick.priceUnits() : cells.highUnits();
    }

    private int highScale(Cells cells) {
        return isHighest(cells) ? tick.priceScale() : cells.highScale();
    }

    private long lowUnits(Cells cells) {
        return isLowest(cells) ? tick.priceUnits() : cells.lowUnits();
    }

    private int lowScale(Cells cells) {
        return isLowest(cells) ? tick.priceScale() : cells.lowScale();
    }

    private boolean isHighest(Cells cells) {
        return Decimals.compare(tick.priceUnits(), tick.priceScale(), cells.highUnits(), cells.highScale()) > 0;
    }

    private boolean isLowest(Cells cells) {
        return Decimals.compare(tick.priceUnits(), tick.priceScale(), cells.lowUnits(), cells.lowScale()) < 0;
    }

    private static long count(Cells cells) {
        return cells.total().count() + 1;
    }

    /** The quotes in a window, with the one at hand. */
    private long countQuotes(Cells cells) {
        return cells.total().count() + (tick == null ? 1 : 0);
    }

    private boolean hasSize(Cells cells) {
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
        sizes.set(cells.total().sizes());
        if (tick.hasSize()) {
            sizes.add(tick.sizeUnits(), tick.sizeScale());
        }
    }

    private void turnover(Cells cells, Quotient into) {
        if (hasSize(cells)) {
            sumOfProducts.set(cells.total().turnover());
            if (tick.hasSize()) {
                sumOfProducts.addProduct(tick.priceUnits(), tick.priceScale(), tick.sizeUnits(), tick.sizeScale());
            }
            Amount.turnover(sumOfProducts, multiplier.units(), multiplier.scale(), into);
        }
    }

    /** The share in per cent that bought, of the sizes whose side is known. */
    private void bought(Cells cells, Quotient into) {
        sum.set(cells.total().bought());
        otherSum.set(cells.total().bought());
        otherSum.add(cells.total().sold());
        if (tick.hasSize() && side != null) {
            otherSum.add(tick.sizeUnits(), tick.sizeScale());
            if (side == Side.BUY) {
                sum.add(tick.sizeUnits(), tick.sizeScale());
            }
        }
        Ratio.ofSums(sum, HUNDRED, otherSum, 1, into);
    }

    // The window before.

    private void vwapDeviation(Cells before, Quotient into) {
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
            long usual = window.baseline(measure.baseline).total().count();
            Ratio.ofCounts(count, measure.baselineLength, usual, measure.over, into);
        }
    }

    private void volumeRatio(Measure measure, TrailingWindow window, Quotient into) {
        if (hasUsual(measure, window, history.ticks()) && hasSize(window.cells())) {
            addUpSizes(window.cells(), sum);
            WideDecimal usual = window.baseline(measure.baseline).total().sizes();
            Ratio.ofSums(sum, measure.baselineLength, usual, measure.over, into);
        }
    }

    /** Whether the baseline says what is usual. */
    private static boolean hasUsual(Measure measure, TrailingWindow window, StreamHistory of) {
        Cells baseline = window.baseline(measure.baseline);
        long begin = window.baselineBegin(measure.baseline);
        return baseline.total().count() >= LEAST
                && of.firstTime() < begin
                && baseline.areKnownFrom(begin, measure.aspects);
    }
}
