package io.tapewatch.domain.check;

/**
 * The checks that a flag stands for beside its own: those that were suppressed.
 *
 * @param number how many there were, one at least
 * @param lastTime the event time of the last one
 * @param beyond what one of them saw that is more extreme than all before it, by condition; null where nothing is
 */
record Repeats(long number, long lastTime, SeenLater[] beyond) {}
