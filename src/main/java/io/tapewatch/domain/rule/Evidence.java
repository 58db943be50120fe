package io.tapewatch.domain.rule;

import io.tapewatch.domain.exact.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * Why a flag was raised: a condition, and the value that met it.
 *
 * @param metric the metric, as {@link Metric#word()} spells it
 * @param over the length of its window in canonical form, such as {@code 5m}, or null for a metric without one
 * @param baseline the length of the window before that one that it is compared with, or null for a metric without one
 * @param value the metric's value, as the nearest double: the limit is met by the exact value
 * @param is the comparison, as {@link Comparison#sign()} spells it
 * @param limit what the value was compared with
 */
public record Evidence(
        String metric, @Nullable String over, @Nullable String baseline, double value, String is, Decimal limit) {

    /** Of a metric without a baseline. */
    public Evidence(String metric, @Nullable String over, double value, String is, Decimal limit) {
        this(metric, over, null, value, is, limit);
    }
}
