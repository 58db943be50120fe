package io.tapewatch.operators;

/**
 * How many of something a task has counted since the job first started, as its {@link Ledger} keeps it in state.
 *
 * @param of of what, by the name of the metric
 * @param number how many
 */
public record Count(String of, long number) {}
