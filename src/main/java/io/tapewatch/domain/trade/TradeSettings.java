package io.tapewatch.domain.trade;

import java.io.Serializable;

/** What a trade counts for, as the job is told. */
public record TradeSettings() implements Serializable {

    /** Every trade counts for all, and none is taken back. */
    public static final TradeSettings NONE = new TradeSettings();
}
