package io.tapewatch.domain.window;

/**
 * The ticks of one symbol between two neighbouring cuts.
 *
 * @param start the first millisecond, in epoch milliseconds
 * @param bar their aggregate, which is empty if all were taken back; who adds to it has asked {@link Slices#open} for it
 */
record Slice(long start, Bar bar) {}
