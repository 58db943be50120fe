package io.tapewatch.domain;

import java.util.Objects;

/**
 * One comparison of a metric with a limit, such as {@code changePct} over 5 minutes above 5.
 *
 * <p>It is kept in Flink's state: a component added later comes back as 0 or null from an older savepoint, so this
 * constructor must accept that for it.
 *
 * @param metric what it looks at
 * @param over the length of the trailing window in milliseconds, from 1 to {@link #MAX_OVER}; 0 for a metric without one
 * @param is how it compares
 * @param limit what it compares with, finite, in the metric's unit
 */
public record Condition(Metric metric, long over, Comparison is, double limit) {

    /** The longest window: 24 hours, in milliseconds. */
    public static final long MAX_OVER = 24 * 60 * 60 * 1000;

    /** What {@link #over} is for a metric without a window. */
    public static final long NO_OVER = 0;

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
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException("\"limit\" must be a finite number");
        }
        limit += 0.0; // −0 is 0
    }
}
