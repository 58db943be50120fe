package io.tapewatch.domain.rule;

import io.tapewatch.domain.exact.Decimal;
import java.util.Objects;

/**
 * One comparison of a metric with a limit, such as {@code changePct} over 5 minutes above 5.
 *
 * @param metric what it compares
 * @param over the length of the trailing window in milliseconds, from 1 to {@link #MAX_OVER}; 0 for a metric without one
 * @param baseline the length of the window before that one that it is compared with, in milliseconds, from {@code over}
 *     to {@link #MAX_OVER}; 0 for a metric without one
 * @param is how it compares
 * @param limit what it compares with, in the metric's unit
 */
public record Condition(Metric metric, long over, long baseline, Comparison is, Decimal limit) implements When {

    /** The longest window: 24 hours, in milliseconds. */
    public static final long MAX_OVER = 24 * 60 * 60 * 1000;

    /** What {@link #over} is for a metric without a window, and {@link #baseline} for one without a baseline. */
    public static final long NO_OVER = 0;

    /** The longest silence: 30 days, in seconds. */
    static final Decimal MAX_SILENCE = new Decimal(30 * 24 * 60 * 60, 0);

    public Condition {
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(is, "is");
        if (metric.isWindowed() && over == NO_OVER) {
            throw new IllegalArgumentException(
                    metric.word() + " needs \"over\", the length of its window, such as \"5m\"");
        }
        if (!metric.isWindowed() && over != NO_OVER) {
            throw new IllegalArgumentException(metric.word() + " has no window: leave \"over\" out");
        }
        if (over < 0 || over > MAX_OVER) {
            throw new IllegalArgumentException("\"over\" must be from 1ms to 24h");
        }
        if (metric.isCompared() && baseline == NO_OVER) {
            throw new IllegalArgumentException(metric.word()
                    + " needs \"baseline\", the length of the window before that it is compared with, such as \"1h\"");
        }
        if (!metric.isCompared() && baseline != NO_OVER) {
            throw new IllegalArgumentException(metric.word() + " has no baseline: leave \"baseline\" out");
        }
        if (baseline != NO_OVER && (baseline < over || baseline > MAX_OVER)) {
            throw new IllegalArgumentException("\"baseline\" must be at least as long as \"over\", and at most 24h");
        }
        Objects.requireNonNull(limit, "limit");
        if (metric == Metric.SILENCE_SECONDS) {
            if (is != Comparison.ABOVE && is != Comparison.AT_LEAST) {
                throw new IllegalArgumentException(
                        "silenceSeconds grows while nothing trades: compare it with > or >=");
            }
            if (limit.sign() <= 0 || limit.compareTo(MAX_SILENCE) > 0) {
                throw new IllegalArgumentException(
                        "\"limit\" of silenceSeconds must be above 0 and at most 2592000," + " which is 30 days");
            }
        }
    }

    /** One without a baseline. */
    public Condition(Metric metric, long over, Comparison is, Decimal limit) {
        this(metric, over, NO_OVER, is, limit);
    }
}
