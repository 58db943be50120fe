package io.tapewatch.operators;

import java.io.Serializable;

/**
 * What the ranking of movers is told.
 *
 * @param window the canonical name of the day window whose summaries are ranked, or {@link #NO_WINDOW}
 * @param size how many symbols a list has at most
 * @param lateness how long after its end that window may still change, in milliseconds
 * @param reviseEvery the least event time between two corrections of the movers of a day, in milliseconds
 */
public record MoversSettings(String window, int size, long lateness, long reviseEvery) implements Serializable {

    /** What {@link #window} is when there are no movers. */
    public static final String NO_WINDOW = "";

    /** The watermark at which the day that ends at {@code end} can no longer change. */
    long finalAt(long end) {
        return end - 1 + lateness;
    }
}
