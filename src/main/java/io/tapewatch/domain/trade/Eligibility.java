package io.tapewatch.domain.trade;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a print may update. A print that sets no price may still count in volume: an average-price print says nothing about
 * what the market paid then, but its shares changed hands.
 *
 * @param highLow whether its price counts: in high and low, mean, deviation and VWAP
 * @param last whether it can be the open or the close
 * @param volume whether its size counts
 * @param pricesInMinutes whether, although its price does not count in the windows of days, it counts in shorter ones
 */
public record Eligibility(boolean highLow, Last last, boolean volume, boolean pricesInMinutes) implements Serializable {

    /** What a print updates without sale conditions: everything. There is one such object on the path of a tick. */
    public static final Eligibility ALL = new Eligibility(true, Last.YES, true, false);

    /** Whether a print can be the open or the close; what allows more comes first. */
    public enum Last {
        YES,

        /** Only if no print that can be an open or a close came before it on the same day. */
        FIRST_OF_DAY,

        NO
    }

    /** @throws IllegalArgumentException if it can be the close, and not the high */
    public Eligibility {
        Objects.requireNonNull(last, "last");
        if (last != Last.NO && !highLow) {
            throw new IllegalArgumentException(
                    "a print that can be the open or the close must count in high and low, too");
        }
        if (pricesInMinutes && highLow) {
            throw new IllegalArgumentException(
                    "a print whose price counts everywhere need not say so of short windows");
        }
    }

    /**
     * What a print with both conditions may update: what both allow. In short windows alone its price counts only if each of
     * them allows all there; {@link #ALL} is always the same object.
     */
    public Eligibility and(Eligibility other) {
        boolean bothHighLow = highLow && other.highLow;
        boolean bothVolume = volume && other.volume;
        Last lesser = last.compareTo(other.last) >= 0 ? last : other.last;
        boolean inMinutes = !bothHighLow && bothVolume && setsAllInMinutes() && other.setsAllInMinutes();
        return new Eligibility(bothHighLow, lesser, bothVolume, inMinutes).orAll();
    }

    private boolean setsAllInMinutes() {
        return pricesInMinutes || last == Last.YES;
    }

    /** Itself, or {@link #ALL} if they are equal. */
    Eligibility orAll() {
        return equals(ALL) ? ALL : this;
    }
}
