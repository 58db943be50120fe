package io.tapewatch.domain;

/**
 * Why a flag was raised: a condition, and the value that met it.
 *
 * @param metric the metric, as {@link Metric#word()} spells it
 * @param over the length of its window in canonical form, such as {@code 5m}, or null for a metric without one
 * @param value the metric's value
 * @param is the comparison, as {@link Comparison#sign()} spells it
 * @param limit what the value was compared with
 */
public record Evidence(String metric, String over, double value, String is, double limit) {}
