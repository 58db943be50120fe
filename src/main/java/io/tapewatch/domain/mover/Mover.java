package io.tapewatch.domain.mover;

import static java.util.Objects.requireNonNull;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.window.Summary;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one symbol that movers are ranked by and show.
 *
 * @param symbol the instrument
 * @param changePct the close against the previous close in per cent as the nearest double, or null where it has no value;
 *     symbols are ranked by the exact one
 * @param close the price of the last tick, or null where none is a close: then the symbol is not ranked
 * @param previousClose the close of the day before, or null where there is none
 * @param count the number of ticks
 * @param volume Σ size, or null when no tick carried one
 * @param turnover Σ price · size · the instrument's multiplier, or null when no tick carried a size
 * @param instrument what is known about the instrument
 */
public record Mover(
        String symbol,
        @Nullable Double changePct,
        @Nullable Decimal close,
        @Nullable Decimal previousClose,
        long count,
        @Nullable BigDecimal volume,
        @Nullable BigDecimal turnover,
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

    boolean hasClose() {
        return close != null;
    }

    boolean isGainer() {
        return direction() > 0;
    }

    boolean isLoser() {
        return direction() < 0;
    }

    private int direction() {
        return changePct == null ? 0 : requireNonNull(close).compareTo(requireNonNull(previousClose));
    }

    /** Compares the exact change with that of another one; both have one. */
    int compareChange(Mover other) {
        // The greater change never has the smaller double. Only where the doubles are equal are all digits needed.
        int order = Double.compare(requireNonNull(changePct), requireNonNull(other.changePct));
        return order != 0 ? order : product(close, other.previousClose).compareTo(product(other.close, previousClose));
    }

    private static BigDecimal product(@Nullable Decimal price, @Nullable Decimal other) {
        return requireNonNull(price)
                .toBigDecimal()
                .multiply(requireNonNull(other).toBigDecimal());
    }
}
