package io.tapewatch.feed.simulated;

import io.tapewatch.feed.FeedRow;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a market: a row, or the beginning of an incident. Of two at one time the one that was drawn
 * first comes first.
 *
 * @param time when, in epoch milliseconds of event time
 * @param order when it was drawn
 * @param symbol the number of its instrument
 * @param row the row
 * @param begins the incident that begins
 * @param delay how many milliseconds later it arrives
 * @param repeat how many milliseconds after that it arrives again, or {@link Transit#ONCE}
 */
record Occurrence(
        long time,
        long order,
        int symbol,
        @Nullable FeedRow row,
        @Nullable Incident begins,
        long delay,
        long repeat) implements Comparable<Occurrence> {

    @Override
    public int compareTo(Occurrence other) {
        return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
    }
}
