package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.ExactSum;
import io.tapewatch.domain.exact.Figures;
import io.tapewatch.domain.exact.Percent;
import io.tapewatch.domain.exact.Quotient;
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

    private static final double SECOND = 1000;

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
    private final double[] values;
    private final double[] bases;
    private final boolean[] isMeasured;

    /** For one sum at a time. */
    private final ExactSum sum = new ExactSum();

    /** For one more beside that. */
    private final ExactSum all = new ExactSum();

    /** The tick at hand, or null when it is a quote. */
    private Tick tick;

    /** The quote at hand, or the tick's quote, which may be null. */
    private Quote quote;

    private Side side;
    private double multiplier;
    private SymbolHistory history;
    private Closes closes;
    private boolean isLate;

    MetricValues(Measure[] measures) {
        this.measures = measures;
        this.values = new double[measures.length];
        this.bases = new double[measures.length];
        this.isMeasured = new boolean[measures.length];
    }

    /** Goes on to the next tick; the windows of the history have been advanced to it, and do not hold it. */
    void moveTo(Tick next, QuoteAtTrade atTrade, Instrument instrument, SymbolHistory of, Closes ofDays) {
        begin(next, atTrade.quote(), false);
        side = atTrade.side();
        multiplier = instrument.multiplier().nearest();
        history = of;
        closes = ofDays;
    }

    /** Goes on to a tick that came behind the watermark: nothing is known of it but what it says itself. */
    void moveToLate(Tick next, Instrument instrument) {
        begin(next, null, true);
        multiplier = instrument.multiplier().nearest();
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
    }

    /** What a flag says of the tick or quote at hand. */
    FlaggedTick flagged() {
        return tick == null
                ? FlaggedTick.of(quote, isLate)
                : FlaggedTick.of(tick, !isLate && history.hasLast() ? history.lastPrice() : Double.NaN, quote, isLate);
    }

    /** How many metrics there are. */
    int size() {
        return measures.length;
    }

    /** The price of the tick; of a quote the ask. */
    double to() {
        return tick == null ? Quote.nearest(quote.ask()) : tick.priceNearest();
    }

    /** The value of a metric, or NaN for none. */
    double value(int measure) {
        if (!isMeasured[measure]) {
            bases[measure] = tick == null ? Quote.nearest(quote.bid()) : Double.NaN;
            values[measure] = measured(measure);
            isMeasured[measure] = true;
        }
        return values[measure];
    }

    /** The price that a change is counted from, for a metric that has been asked for, or NaN; of a quote the bid. */
    double base(int measure) {
        return bases[measure];
    }

    /** The value of each metric there is: this switch has no default, so that none can be forgotten. */
    private double measured(int place) {
        Measure measure = measures[place];
        TrailingWindow window = NO_WINDOW;
        if (measure.window >= 0) {
            if (isLate) {
                return Double.NaN;
            }
            window = windowOf(measure);
            if (!window.cells().areKnownFrom(window.begin(), measure.aspects)) {
                return Double.NaN;
            }
        }
        Cells cells = window.cells();
        return switch (measure.metric) {
            case PRICE -> tick.priceNearest();
            case SIZE -> tick.sizeNearest(); // NaN when it has none
            case NOTIONAL -> notional();
            case TICK_CHANGE_PCT -> hasTickBefore() ? change(place, history.lastPrice()) : Double.NaN;
            case GAP_SECONDS -> hasTickBefore() ? (tick.time() - history.lastTime()) / SECOND : Double.NaN;
            case DAY_CHANGE_PCT ->
                isLate ? Double.NaN : change(place, Quote.nearest(closes.previousClose(tick.time()))); // BRIDGE
            case SPREAD_BPS -> spread(); // BRIDGE of a late tick there is none
            case OFF_QUOTE_BPS -> offQuote(); // BRIDGE
            case QUOTE_AGE_SECONDS -> quote == null ? Double.NaN : (tick.time() - quote.time()) / SECOND;
            case SILENCE_SECONDS -> Double.NaN;

            case CHANGE_PCT ->
                cells.isEmpty() ? Double.NaN : change(place, cells.oldest().first());
            case RANGE_PCT -> cells.isEmpty() ? Double.NaN : range(place, high(cells), low(cells));
            case FROM_HIGH_PCT -> cells.isEmpty() ? Double.NaN : change(place, high(cells));
            case FROM_LOW_PCT -> cells.isEmpty() ? Double.NaN : change(place, low(cells));
            case COUNT -> count(cells);
            case VOLUME -> hasSize(cells) ? sum(cells, false).doubleValue() : Double.NaN;
            case TURNOVER -> hasSize(cells) ? Figures.times(sum(cells, true), multiplier) : Double.NaN;
            case VWAP_DEVIATION_PCT -> vwapDeviation(place, cells);
            case RETURN_Z_SCORE -> returnInDeviations(cells);
            case SIZE_RATIO -> sizeRatio(cells);
            case VOLUME_RATIO -> volumeRatio(measure, window);
            case COUNT_RATIO -> countRatio(count(cells), measure, window, history.ticks());
            case BUY_PCT -> bought(cells);
            case QUOTE_COUNT -> countQuotes(cells);
            case QUOTE_RATIO -> countRatio(countQuotes(cells), measure, window, history.quotes());
        };
    }

    private TrailingWindow windowOf(Measure measure) {
        StreamHistory of = measure.metric.countsQuotes() ? history.quotes() : history.ticks();
        return of.windows().get(measure.window);
    }

    private double spread() {
        if (quote == null) {
            return Double.NaN;
        }
        Quotient q = new Quotient();
        quote.spreadBps(q);
        return q.hasValue() ? q.nearest() : Double.NaN;
    }

    private double offQuote() {
        if (quote == null) {
            return Double.NaN;
        }
        Quotient q = new Quotient();
        quote.offQuoteBps(tick.priceUnits(), tick.priceScale(), q);
        return q.hasValue() ? q.nearest() : Double.NaN;
    }

    private boolean hasTickBefore() {
        return !isLate && history.hasLast();
    }

    /** The double nearest the exact product, with a multiplier, too. */
    private double notional() {
        if (multiplier == 1 || !tick.hasSize()) {
            return tick.priceNearest() * tick.sizeNearest() + 0.0; // −0.0 + 0.0 is 0.0
        }
        sum.clear();
        sum.addProduct(tick.priceNearest(), tick.sizeNearest());
        return Figures.times(sum, multiplier);
    }

    /** A change from a base that is not above zero, or that there is none of, has no value. */
    private double change(int place, double base) {
        bases[place] = base;
        return base > 0 ? Percent.change(tick.priceNearest(), base) : Double.NaN;
    }

    private double range(int place, double high, double low) {
        bases[place] = low;
        return low > 0 ? Percent.change(high, low) : Double.NaN;
    }

    // The window with this tick.

    private double high(Cells cells) {
        return Math.max(cells.high(), tick.priceNearest());
    }

    private double low(Cells cells) {
        return Math.min(cells.low(), tick.priceNearest());
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

    private ExactSum sum(Cells cells, boolean turnover) {
        sum.clear();
        sum.add(turnover ? cells.total().turnover() : cells.total().sizes());
        if (tick.hasSize()) {
            if (turnover) {
                sum.addProduct(tick.priceNearest(), tick.sizeNearest());
            } else {
                sum.add(tick.sizeNearest());
            }
        }
        return sum;
    }

    /** The share in per cent that bought, of the sizes whose side is known. */
    private double bought(Cells cells) {
        sum.clear();
        sum.add(cells.total().bought());
        all.clear();
        all.add(cells.total().bought());
        all.add(cells.total().sold());
        if (tick.hasSize() && side != null) {
            all.add(tick.sizeNearest());
            if (side == Side.BUY) {
                sum.add(tick.sizeNearest());
            }
        }
        return all.isZero() ? Double.NaN : Figures.quotient(sum, 100, all, 1);
    }

    // The window before.

    private double vwapDeviation(int place, Cells before) {
        if (before.total().sizes().isZero()) {
            return Double.NaN;
        }
        return change(
                place,
                Figures.quotient(before.total().turnover(), before.total().sizes()));
    }

    private double returnInDeviations(Cells before) {
        double change = history.changeTo(tick.priceNearest());
        if (Double.isNaN(change) || before.total().returns() < LEAST) {
            return Double.NaN;
        }
        double deviation = before.total().deviation();
        return deviation < LEAST_DEVIATION ? Double.NaN : change / deviation;
    }

    private double sizeRatio(Cells before) {
        if (!tick.hasSize() || before.total().sized() < LEAST) {
            return Double.NaN;
        }
        double mean = Figures.mean(before.total().sizes(), before.total().sized());
        return mean == 0 ? Double.NaN : tick.sizeNearest() / mean;
    }

    private static double countRatio(long count, Measure measure, TrailingWindow window, StreamHistory of) {
        return hasUsual(measure, window, of)
                ? (double) (count * measure.baselineLength)
                        / (double) (window.baseline(measure.baseline).total().count() * measure.over)
                : Double.NaN;
    }

    private double volumeRatio(Measure measure, TrailingWindow window) {
        Cells baseline = window.baseline(measure.baseline);
        if (!hasUsual(measure, window, history.ticks())
                || !hasSize(window.cells())
                || baseline.total().sizes().isZero()) {
            return Double.NaN;
        }
        return Figures.quotient(
                sum(window.cells(), false),
                measure.baselineLength,
                baseline.total().sizes(),
                measure.over);
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
