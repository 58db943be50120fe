package io.tapewatch.domain.check;

import java.io.Serializable;

/**
 * What rules can ask for.
 *
 * @param maxCount how many rules can be in force
 * @param maxWindows how many distinct windows those can have that are not paused; a baseline is one, and windows of
 *     quotes are others than those of ticks
 * @param maxOver how long such a window can be, in milliseconds
 * @param hasPreviousCloses whether the close of the day before is known, for {@code dayChangePct}
 * @param hasQuotes whether there are quotes, for rules on them and the metrics that need them
 * @param hasInstruments whether instruments are known, for rules that select by sectors and venues
 * @param correctionsHorizon for how long a trade can be taken back, in milliseconds of event time; 0 for not at all
 */
public record RuleLimits(
        int maxCount,
        int maxWindows,
        long maxOver,
        boolean hasPreviousCloses,
        boolean hasQuotes,
        boolean hasInstruments,
        long correctionsHorizon)
        implements Serializable {

    /** Where no trade is taken back; see the components. */
    public RuleLimits(
            int maxCount,
            int maxWindows,
            long maxOver,
            boolean hasPreviousCloses,
            boolean hasQuotes,
            boolean hasInstruments) {
        this(maxCount, maxWindows, maxOver, hasPreviousCloses, hasQuotes, hasInstruments, 0);
    }
}
