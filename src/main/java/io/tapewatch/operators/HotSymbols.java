package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.TapeRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The symbols at work: those that were loaded from keyed state since the last checkpoint. They stay on the heap until all
 * are written back, and so do their ticks and quotes that wait, up to a limit.
 */
final class HotSymbols {

    /** How many symbols there are at most; beyond, all are written back. */
    private static final int MOST = 100_000;

    /** About what a node of slices takes. */
    private static final int NODE_BYTES = 2048;

    private final HotSymbol.Context context;
    private final KeyContext keys;
    private final InternalTimerService<VoidNamespace> timers;
    private final int maxHeld;
    private final Map<String, HotSymbol> symbols = new HashMap<>();

    /** The number of ticks and quotes that wait on the heap. */
    private int held;

    /**
     * @param keys where a symbol becomes the current key
     * @param timers where a symbol asks to be brought back from state
     * @param maxHeld how many ticks and quotes may wait on the heap; beyond, all go to state
     */
    HotSymbols(HotSymbol.Context context, KeyContext keys, InternalTimerService<VoidNamespace> timers, int maxHeld) {
        this.context = context;
        this.keys = keys;
        this.timers = timers;
        this.maxHeld = maxHeld;
    }

    /** The symbol that is the current key; it is loaded if it is not at work. */
    HotSymbol get(String symbol) throws Exception {
        HotSymbol hot = symbols.get(symbol);
        if (hot == null) {
            hot = HotSymbol.load(symbol, context);
            symbols.put(symbol, hot);
        }
        return hot;
    }

    /** All that are at work. */
    Collection<HotSymbol> all() {
        return symbols.values();
    }

    /** The number of ticks and quotes that wait on the heap. */
    int held() {
        return held;
    }

    /** Has a record wait for the watermark. */
    void hold(HotSymbol symbol, TapeRecord record) throws Exception {
        symbol.hold(record);
        held++;
        if (held > maxHeld) {
            spill();
        }
    }

    /** Hands over, in their order, a symbol's records that {@code watermark} has passed. */
    void release(HotSymbol symbol, long watermark, HotSymbol.Taker taker) throws Exception {
        int before = symbol.heldOnHeap();
        symbol.release(watermark, taker);
        held += symbol.heldOnHeap() - before;
    }

    private void spill() throws Exception {
        for (HotSymbol symbol : symbols.values()) {
            keys.setCurrentKey(symbol.name());
            symbol.spill();
        }
        held = 0;
    }

    /** Puts all into state if there are too many. */
    void writeBackIfMany(long watermark) throws Exception {
        if (symbols.size() > MOST) {
            writeBack(watermark);
        }
    }

    /** Puts all into state, at this watermark of the tape. */
    void writeBack(long watermark) throws Exception {
        DataOutputSerializer buffer = new DataOutputSerializer(NODE_BYTES);
        for (HotSymbol symbol : symbols.values()) {
            keys.setCurrentKey(symbol.name());
            long due = symbol.writeBack(watermark, buffer);
            if (due != EventTimes.NEVER) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
            }
        }
        symbols.clear();
        held = 0;
    }
}
