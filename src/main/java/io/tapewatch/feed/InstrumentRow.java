package io.tapewatch.feed;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file of instruments: what it says of one, its figure as the text it is there.
 *
 * @param symbol the instrument
 * @param name its name
 * @param currency the currency of its prices
 * @param type what kind of instrument it is
 * @param sector its sector
 * @param venue where it is listed
 * @param multiplier how many units of the underlying a size of one stands for, a JSON number
 * @param tape the consolidated tape it is reported on
 */
public record InstrumentRow(
        String symbol,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String type,
        @Nullable String sector,
        @Nullable String venue,
        @Nullable String multiplier,
        @Nullable String tape) {
    public InstrumentRow {
        Objects.requireNonNull(symbol, "symbol");
    }

    /** A row that says nothing of the tape. */
    public InstrumentRow(
            String symbol,
            @Nullable String name,
            @Nullable String currency,
            @Nullable String type,
            @Nullable String sector,
            @Nullable String venue,
            @Nullable String multiplier) {
        this(symbol, name, currency, type, sector, venue, multiplier, null);
    }
}
