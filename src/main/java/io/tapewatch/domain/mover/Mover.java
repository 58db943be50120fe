package io.tapewatch.domain.mover;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.window.Summary;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one symbol that movers are ranked by and show.
 *
 * @param symbol the instrument
 * @param changePct the close against the previous close in per cent, or null where it has no value
 * @param close the price of the last tick
 * @param previousClose the close of the day before, or null where there is none
 * @param count the number of ticks
 * @param volume Σ size, or null when no tick carried one
 * @param turnover Σ price · size · the instrument's multiplier, or null when no tick carried a size
 * @param instrument what is known about the instrument
 */
public record Mover(
        String symbol,
        @Nullable Double changePct,
        double close,
        @Nullable Double previousClose,
        long count,
        @Nullable Double volume,
        @Nullable Double turnover,
        @Nullable Instrument instrument) {

    /** The figures of a day so far, or of a whole one. */
    public static Mover of(Summary day) {
        return new Mover(
                day.symbol(),
                day.changePct(),
                day.close(),
                day.previousClose(),
                day.count(),
                day.volume(),
                day.turnover(),
                day.instrument());
    }

    boolean isGainer() {
        return changePct != null && changePct > 0;
    }

    boolean isLoser() {
        return changePct != null && changePct < 0;
    }
}
