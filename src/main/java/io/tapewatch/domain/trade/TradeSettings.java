package io.tapewatch.domain.trade;

import java.io.Serializable;

/**
 * What a trade counts for, as the job is told.
 *
 * @param keeping how long trades are kept, so that they can be taken back, or known again
 */
public record TradeSettings(KeepingSettings keeping) implements Serializable {

    /** Every trade counts for all, and none is taken back. */
    public static final TradeSettings NONE = new TradeSettings(KeepingSettings.NONE);
}
