package io.tapewatch.domain.rule;

/**
 * A part of what can be known of the ticks, or the quotes, in a trailing window. A window keeps the aspects that some
 * {@link Metric} needs, and no others.
 *
 * <p>Savepoints name an aspect by its place. So a new aspect comes last, and none is removed.
 */
public enum Aspect {
    /** The price of the first tick. */
    FIRST,
    /** The highest and the lowest price. */
    RANGE,
    /** The number of ticks or quotes. */
    COUNT,
    /** The number of ticks with a size, and the sum of these sizes. */
    SIZES,
    /** The sum of price · size. */
    TURNOVER,
    /** The number of returns, their sum and the sum of their squares. */
    RETURNS,
    /** The sums of the sizes that bought and of those that sold. */
    SIDES
}
