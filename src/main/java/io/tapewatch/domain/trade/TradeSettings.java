package io.tapewatch.domain.trade;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a trade counts for, as the job is told.
 *
 * @param conditions the table of sale conditions, or null: every print counts for all
 * @param keeping how long trades are kept, so that they can be taken back, or known again
 * @param sequence which ticks are numbered without gaps
 */
public record TradeSettings(@Nullable ConditionTable conditions, KeepingSettings keeping, NumberSequence sequence)
        implements Serializable {

    /** Every trade counts for all, none is taken back, and numbers say nothing. */
    public static final TradeSettings NONE = new TradeSettings(null, KeepingSettings.NONE, NumberSequence.NONE);

    /** Whether the ticks of each symbol are numbered without gaps. */
    public boolean numbersSymbols() {
        return sequence == NumberSequence.SYMBOL;
    }
}
