package io.tapewatch.domain.trade;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a trade counts for, as the job is told.
 *
 * @param conditions the table of sale conditions, or null: every print counts for all
 * @param keeping how long trades are kept, so that they can be taken back, or known again
 */
public record TradeSettings(@Nullable ConditionTable conditions, KeepingSettings keeping) implements Serializable {

    /** Every trade counts for all, and none is taken back. */
    public static final TradeSettings NONE = new TradeSettings(null, KeepingSettings.NONE);
}
