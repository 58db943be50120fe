package io.tapewatch.domain.rule;

/**
 * The most extreme value that met a condition, and its time. Values are compared as nearest doubles; of two that are the
 * same double the first counts.
 *
 * @param evidence the condition and the value
 * @param time the event time of the tick or quote in epoch milliseconds; of a silence, when it was raised
 */
public record Extreme(Evidence evidence, long time) {}
