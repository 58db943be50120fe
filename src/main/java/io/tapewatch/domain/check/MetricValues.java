package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalFigures;
import io.tapewatch.domain.exact.Limit;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Metric;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of metrics at the tick or quote that is being checked, each measured when it is first asked for. One of a task,
 * used for one after the other.
 *
 * <p>A value is exact, but for {@link Metric#RETURN_Z_SCORE}. {@link QuickEstimates} spares most checks the exact value.
 */
final class MetricValues {

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

    // The prices that changes are counted from, or MetricFormulas.NO_BASE as the scale.
    private final long[] baseUnits;
    private final int[] baseScales;

    private final AtHand atHand = new AtHand();
    private final QuickEstimates quick = new QuickEstimates(atHand);
    private final MetricFormulas formulas = new MetricFormulas(atHand);

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

    /** Goes on to the next tick: see {@link AtHand#moveTo(Tick, QuoteAtTrade, Instrument, SymbolHistory, Closes)}. */
    void moveTo(Tick next, QuoteAtTrade atTrade, Instrument instrument, SymbolHistory history, Closes closes) {
        atHand.moveTo(next, atTrade, instrument, history, closes);
        forget();
    }

    /** Goes on to a tick that came behind the watermark. */
    void moveToLate(Tick next, Instrument instrument) {
        atHand.moveToLate(next, instrument);
        forget();
    }

    /** Goes on to the next quote: see {@link AtHand#moveTo(Quote, SymbolHistory)}. */
    void moveTo(Quote next, SymbolHistory history) {
        atHand.moveTo(next, history);
        forget();
    }

    /** Goes on to a quote that came behind the watermark. */
    void moveToLate(Quote next) {
        atHand.moveToLate(next);
        forget();
    }

    private void forget() {
        Arrays.fill(isMeasured, false);
        Arrays.fill(isEstimated, false);
    }

    /** The change since the tick before in per cent, as the nearest double, or NaN. */
    double tickReturn() {
        return formulas.tickReturn();
    }

    /** The tick or quote at hand. */
    AtHand atHand() {
        return atHand;
    }

    /** How many metrics there are. */
    int size() {
        return measures.length;
    }

    /** A double near the value of a metric; NaN for no value. {@link QuickEstimates#subtracted} says how near. */
    double estimate(int measure) {
        if (!isEstimated[measure]) {
            estimates[measure] = estimated(measure);
            isEstimated[measure] = true;
        }
        return estimates[measure];
    }

    private double estimated(int place) {
        TrailingWindow window = windowIfKnown(measures[place]);
        double estimate = window == null ? Double.NaN : quick.of(measures[place].metric, window.cells());
        if (!Double.isNaN(estimate)) {
            return estimate;
        }
        if (!isMeasured[place]) {
            measureIn(window, place);
        }
        return isDouble(place) ? doubles[place] : quotients[place].estimate();
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
    @Nullable
    Decimal base(int measure) {
        if (atHand.tick() == null) {
            return atHand.quote().bid();
        }
        if (measures[measure].metric == Metric.VWAP_DEVIATION_PCT) {
            Cell before = atHand.window(measures[measure]).cells().total();
            return DecimalFigures.average(before.turnover(), before.sizes());
        }
        return baseScales[measure] == MetricFormulas.NO_BASE
                ? null
                : new Decimal(baseUnits[measure], baseScales[measure]);
    }

    private boolean isDouble(int measure) {
        return measures[measure].metric == Metric.RETURN_Z_SCORE;
    }

    private void measureOnce(int place) {
        if (!isMeasured[place]) {
            measureIn(windowIfKnown(measures[place]), place);
        }
    }

    /** The window of a metric, an empty one if it has none; null if what the metric needs of it is not known. */
    private @Nullable TrailingWindow windowIfKnown(Measure measure) {
        if (measure.window < 0) {
            return NO_WINDOW;
        }
        if (atHand.isLate()) {
            return null;
        }
        TrailingWindow window = atHand.window(measure);
        return window.cells().areKnownFrom(window.begin(), measure.aspects) ? window : null;
    }

    private void measureIn(@Nullable TrailingWindow window, int place) {
        baseScales[place] = MetricFormulas.NO_BASE;
        quotients[place].clear();
        doubles[place] = Double.NaN;
        isMeasured[place] = true;
        if (window != null) {
            formulas.measure(measures[place], window, quotients[place]);
            doubles[place] = formulas.nearest();
            baseUnits[place] = formulas.baseUnits();
            baseScales[place] = formulas.baseScale();
        }
    }
}
