package io.tapewatch.domain.trade;

/** Takes what becomes known about the numbers that are missing in a sequence. */
@FunctionalInterface
public interface MissingNumbers {

    /**
     * More or fewer numbers are missing right before a number that was seen.
     *
     * @param time the event time of the tick with that number, in epoch milliseconds
     * @param by how many more are missing; below zero, how many fewer
     */
    void change(long time, long by);
}
