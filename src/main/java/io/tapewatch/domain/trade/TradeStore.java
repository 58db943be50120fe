package io.tapewatch.domain.trade;

import io.tapewatch.domain.Decoded;
import org.jspecify.annotations.Nullable;

/** Where the kept trades of one symbol are: blocks of trades by their number, and the time of each trade by its name. */
public interface TradeStore {

    /** A block, or null: there is none of this number. */
    byte @Nullable [] block(long number);

    void putBlock(long number, byte[] block);

    void removeBlock(long number);

    /** The event time of the last trade of this name, or {@link Decoded#NO_TIME}. */
    long timeOf(TradeId trade);

    void putTime(TradeId trade, long time);

    void removeTime(TradeId trade);
}
