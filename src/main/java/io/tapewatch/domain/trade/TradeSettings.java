package io.tapewatch.domain.trade;

import java.io.Serializable;

/**
 * What a trade counts for, as the job is told.
 *
 * @param sequence which ticks are numbered without gaps
 */
public record TradeSettings(NumberSequence sequence) implements Serializable {

    /** Every trade counts for all, none is taken back, and numbers say nothing. */
    public static final TradeSettings NONE = new TradeSettings(NumberSequence.NONE);

    /** Whether the ticks of each symbol are numbered without gaps. */
    public boolean numbersSymbols() {
        return sequence == NumberSequence.SYMBOL;
    }
}
