package io.tapewatch.domain.trade;

import io.tapewatch.domain.Decoded;
import java.util.HashMap;
import java.util.Map;

/** Kept trades as a map of bytes, as in state. */
public final class TradesInMemory implements TradeStore {

    private final Map<Long, byte[]> blocks = new HashMap<>();
    private final Map<TradeId, Long> times = new HashMap<>();
    private int rewritten;

    @Override
    public byte[] block(long number) {
        byte[] block = blocks.get(number);
        return block == null ? null : block.clone();
    }

    @Override
    public void putBlock(long number, byte[] block) {
        if (blocks.put(number, block) != null) {
            rewritten++;
        }
    }

    @Override
    public void removeBlock(long number) {
        blocks.remove(number);
    }

    @Override
    public long timeOf(TradeId trade) {
        return times.getOrDefault(trade, Decoded.NO_TIME);
    }

    @Override
    public void putTime(TradeId trade, long time) {
        times.put(trade, time);
    }

    @Override
    public void removeTime(TradeId trade) {
        times.remove(trade);
    }

    public boolean isEmpty() {
        return blocks.isEmpty() && times.isEmpty();
    }

    /** The bytes of all blocks. */
    public long bytes() {
        return blocks.values().stream().mapToLong(block -> block.length).sum();
    }

    /** How many names have a time. */
    public int times() {
        return times.size();
    }

    /** How often a block was written that was there. */
    public int rewritten() {
        return rewritten;
    }
}
