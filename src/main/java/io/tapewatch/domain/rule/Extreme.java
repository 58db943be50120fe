package io.tapewatch.domain.rule;

/**
 * The most extreme value that met a condition, and its time.
 *
 * @param evidence the condition and the value
 * @param time the event time of the tick or quote in epoch milliseconds; of a silence, when it was raised
 */
public record Extreme(Evidence evidence, long time) {}
