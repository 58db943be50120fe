package io.tapewatch.domain;

/**
 * The ticks of one symbol between two neighbouring window boundaries.
 *
 * @param start the first millisecond, in epoch milliseconds
 * @param end the first millisecond after it
 * @param bar their aggregate
 */
public record Slice(long start, long end, Bar bar) {}
