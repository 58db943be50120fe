package io.tapewatch.domain.check;

import io.tapewatch.domain.check.Cell.Aspect;
import io.tapewatch.domain.rule.Metric;
import java.util.Arrays;

/**
 * What the rules that apply to a symbol need of one window.
 *
 * @param length the window's length in milliseconds
 * @param aspects what they need of its ticks, a bit each
 * @param since for each of these the time after which it can be known at the earliest: when the first rule that needs it
 *     came
 * @param baselines what they need of the baselines that it is compared with, each once
 */
record WindowNeed(long length, int aspects, long[] since, WindowNeed[] baselines) {

    /** The same, known of all ticks after a time. */
    WindowNeed knownAfter(long time) {
        long[] all = new long[since.length];
        Arrays.fill(all, time);
        WindowNeed[] ofBaselines =
                Arrays.stream(baselines).map(each -> each.knownAfter(time)).toArray(WindowNeed[]::new);
        return new WindowNeed(length, aspects, all, ofBaselines);
    }

    /** The same, known of ticks after a time at the earliest. */
    WindowNeed notKnownBefore(long time) {
        long[] later = Arrays.stream(since).map(each -> Math.max(each, time)).toArray();
        WindowNeed[] ofBaselines =
                Arrays.stream(baselines).map(each -> each.notKnownBefore(time)).toArray(WindowNeed[]::new);
        return new WindowNeed(length, aspects, later, ofBaselines);
    }

    /** What the metric of a condition needs of its window. */
    static int aspectsOf(Metric metric) {
        return switch (metric) {
            case CHANGE_PCT -> Aspect.FIRST.bit();
            case RANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT -> Aspect.RANGE.bit();
            case COUNT, COUNT_RATIO -> Aspect.COUNT.bit();
            case VOLUME, SIZE_RATIO -> Aspect.SIZES.bit();
            case VOLUME_RATIO -> Aspect.COUNT.bit() | Aspect.SIZES.bit();
            case TURNOVER, VWAP_DEVIATION_PCT -> Aspect.SIZES.bit() | Aspect.TURNOVER.bit();
            case RETURN_Z_SCORE -> Aspect.RETURNS.bit();
            case BUY_PCT -> Aspect.SIDES.bit();
            case QUOTE_COUNT, QUOTE_RATIO -> Aspect.COUNT.bit();
            case SPREAD_BPS, OFF_QUOTE_BPS, QUOTE_AGE_SECONDS -> 0;
            case PRICE, SIZE, NOTIONAL, TICK_CHANGE_PCT, GAP_SECONDS, DAY_CHANGE_PCT, SILENCE_SECONDS -> 0;
        };
    }
}
