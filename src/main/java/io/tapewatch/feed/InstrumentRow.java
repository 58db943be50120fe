package io.tapewatch.feed;

import java.util.Objects;

/**
 * One row of a file of instruments: what it says of one, its figure as the text it is there.
 *
 * @param symbol the instrument
 * @param name its name, or null
 * @param currency the currency of its prices, or null
 * @param type what kind of instrument it is, or null
 * @param sector its sector, or null
 * @param venue where it is listed, or null
 * @param multiplier how many units of the underlying a size of one stands for, a JSON number, or null
 */
public record InstrumentRow(
        String symbol, String name, String currency, String type, String sector, String venue, String multiplier) {
    public InstrumentRow {
        Objects.requireNonNull(symbol, "symbol");
    }
}
