package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.trade.TradeId;
import io.tapewatch.domain.trade.TradeStore;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** The kept trades of the symbol that is the current key, in keyed state. */
final class TradesInState implements TradeStore {

    private final MapState<Long, byte[]> blocks;
    private final MapState<TradeId, Long> times;

    TradesInState(MapState<Long, byte[]> blocks, MapState<TradeId, Long> times) {
        this.blocks = blocks;
        this.times = times;
    }

    private static IllegalStateException failed(Exception e) {
        return new IllegalStateException("kept trades in state", e);
    }

    @Override
    public byte @Nullable [] block(long number) {
        try {
            return blocks.get(number);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void putBlock(long number, byte[] block) {
        try {
            blocks.put(number, block);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void removeBlock(long number) {
        try {
            blocks.remove(number);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public long timeOf(TradeId trade) {
        try {
            Long time = times.get(trade);
            return time == null ? Decoded.NO_TIME : time;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void putTime(TradeId trade, long time) {
        try {
            times.put(trade, time);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void removeTime(TradeId trade) {
        try {
            times.remove(trade);
        } catch (Exception e) {
            throw failed(e);
        }
    }
}
