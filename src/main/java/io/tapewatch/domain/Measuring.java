package io.tapewatch.domain;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * The values of metrics at the tick that is being checked, each measured when it is first asked for. One of a task,
 * used for one tick after the other.
 */
final class Measuring {

    /** Fewer ticks than this say nothing about what is usual. */
    private static final int LEAST = 30;

    /** Returns that deviate less than this, in per cent, do not deviate. */
    private static final double LEAST_DEVIATION = 0.01;

    private static final double SECOND = 1000;

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

    private Tick tick;
    private SymbolHistory history;
    private LongToDoubleFunction previousClose;
    private boolean isLate;

    Measuring(Measure[] measures) {
        this.measures = measures;
        this.values = new double[measures.length];
        this.bases = new double[measures.length];
        this.isMeasured = new boolean[measures.length];
    }

    /** Goes on to the next tick; the windows of the history have been advanced to it, and do not hold it. */
    void at(Tick next, SymbolHistory of, LongToDoubleFunction closes) {
        begin(next, false);
        history = of;
        previousClose = closes;
    }

    /** Goes on to a tick that came behind the watermark: nothing is known of it but what it says itself. */
    void atLate(Tick next) {
        begin(next, true);
    }

    private void begin(Tick next, boolean late) {
        tick = next;
        isLate = late;
        Arrays.fill(isMeasured, false);
    }

    /** How many metrics there are. */
    int size() {
        return measures.length;
    }

    /** The price of the tick. */
    double price() {
        return tick.price();
    }

    /** The value of a metric, or NaN for none. */
    double value(int measure) {
        if (!isMeasured[measure]) {
            bases[measure] = Double.NaN;
            values[measure] = measured(measure);
            isMeasured[measure] = true;
        }
        return values[measure];
    }

    /** The price that a change is counted from, for a metric that has been asked for; NaN when it has none. */
    double base(int measure) {
        return bases[measure];
    }

    private double measured(int place) {
        Measure measure = measures[place];
        return switch (measure.metric) {
            case PRICE -> tick.price();
            case SIZE -> tick.size(); // NaN when it has none
            case NOTIONAL -> tick.price() * tick.size();
            case SPREAD_BPS, OFF_QUOTE_BPS, QUOTE_AGE_SECONDS, BUY_PCT, QUOTE_COUNT, QUOTE_RATIO, SILENCE_SECONDS ->
                Double.NaN;
            default -> isLate ? Double.NaN : measuredInOrder(place, measure);
        };
    }

    private double measuredInOrder(int place, Measure measure) {
        return switch (measure.metric) {
            case TICK_CHANGE_PCT -> history.hasLast() ? change(place, history.lastPrice()) : Double.NaN;
            case GAP_SECONDS -> history.hasLast() ? (tick.time() - history.lastTime()) / SECOND : Double.NaN;
            case DAY_CHANGE_PCT -> change(place, previousClose.applyAsDouble(tick.time()));
            default -> measuredOver(place, measure, history.window(measure.window));
        };
    }

    private double measuredOver(int place, Measure measure, TrailingWindow window) {
        Cells cells = window.cells();
        return cells.areKnownFrom(window.begin(), measure.aspects)
                ? switch (measure.metric) {
                    case CHANGE_PCT ->
                        cells.isEmpty()
                                ? Double.NaN
                                : change(place, cells.oldest().first());
                    case RANGE_PCT -> cells.isEmpty() ? Double.NaN : range(place, high(cells), low(cells));
                    case FROM_HIGH_PCT -> cells.isEmpty() ? Double.NaN : change(place, high(cells));
                    case FROM_LOW_PCT -> cells.isEmpty() ? Double.NaN : change(place, low(cells));
                    case COUNT -> count(cells);
                    case VOLUME -> hasSize(cells) ? sum(cells, false).doubleValue() : Double.NaN;
                    case TURNOVER -> hasSize(cells) ? sum(cells, true).doubleValue() : Double.NaN;
                    case VWAP_DEVIATION_PCT -> vwapDeviation(place, cells);
                    case RETURN_Z_SCORE -> returnInDeviations(cells);
                    case SIZE_RATIO -> sizeRatio(cells);
                    case VOLUME_RATIO, COUNT_RATIO -> ratio(measure, window);
                    default -> throw new AssertionError(measure);
                }
                : Double.NaN;
    }

    /** A change from a base that is not above zero, or that there is none of, has no value. */
    private double change(int place, double base) {
        bases[place] = base;
        return base > 0 ? Percent.change(tick.price(), base) : Double.NaN;
    }

    private double range(int place, double high, double low) {
        bases[place] = low;
        return low > 0 ? Percent.change(high, low) : Double.NaN;
    }

    // The window with this tick.

    private double high(Cells cells) {
        return Math.max(cells.high(), tick.price());
    }

    private double low(Cells cells) {
        return Math.min(cells.low(), tick.price());
    }

    private static long count(Cells cells) {
        return cells.total().count() + 1;
    }

    private boolean hasSize(Cells cells) {
        return tick.hasSize() || cells.total().sized() > 0;
    }

    private ExactSum sum(Cells cells, boolean turnover) {
        sum.clear();
        sum.add(turnover ? cells.total().turnover() : cells.total().sizes());
        if (tick.hasSize()) {
            if (turnover) {
                sum.addProduct(tick.price(), tick.size());
            } else {
                sum.add(tick.size());
            }
        }
        return sum;
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
        double change = history.changeTo(tick.price());
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
        return mean == 0 ? Double.NaN : tick.size() / mean;
    }

    private double ratio(Measure measure, TrailingWindow window) {
        Cells baseline = window.baseline(measure.baseline);
        long begin = window.baselineBegin(measure.baseline);
        if (baseline.total().count() < LEAST
                || history.firstTime() >= begin
                || !baseline.areKnownFrom(begin, measure.aspects)) {
            return Double.NaN;
        }
        if (measure.metric == Metric.COUNT_RATIO) {
            return (double) (count(window.cells()) * measure.baselineLength)
                    / (double) (baseline.total().count() * measure.over);
        }
        if (!hasSize(window.cells()) || baseline.total().sizes().isZero()) {
            return Double.NaN;
        }
        return Figures.quotient(
                sum(window.cells(), false),
                measure.baselineLength,
                baseline.total().sizes(),
                measure.over);
    }
}
