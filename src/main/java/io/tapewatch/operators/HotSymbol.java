package io.tapewatch.operators;

import io.tapewatch.domain.RuleMemory;
import io.tapewatch.domain.Slice;
import io.tapewatch.domain.SliceStore;
import io.tapewatch.domain.SymbolWindows;
import io.tapewatch.domain.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One symbol, taken out of keyed state between two checkpoints: a tick is counted and checked here without touching
 * state, and {@link #writeBack} puts everything back before the checkpoint.
 *
 * <p>What was written back is not touched again: a snapshot may still be reading it. Every method is called with the
 * symbol as the current key.
 */
final class HotSymbol implements SliceStore {

    private final TapeState state;
    private final SymbolWindows windows;
    private final RuleMemory rules;
    private final long restoredThrough;
    private final Map<Long, Slice> changed = new HashMap<>();
    private final HeldTicks held = new HeldTicks();

    /** The slice that changed last, and probably the next to change. */
    private Slice latest;

    /** The earliest event time of the held ticks that are in state and not on the heap. */
    private long firstSpilled;

    private HotSymbol(TapeState state, SymbolState symbol) {
        this.state = state;
        this.windows = symbol.windows();
        this.rules = symbol.rules();
        this.restoredThrough = symbol.publishedThrough();
        this.firstSpilled = symbol.firstHeld();
    }

    static HotSymbol takeOut(TapeState state) throws Exception {
        SymbolState symbol = state.symbol().value();
        return new HotSymbol(state, symbol == null ? new SymbolState() : symbol);
    }

    SymbolWindows windows() {
        return windows;
    }

    RuleMemory rules() {
        return rules;
    }

    /**
     * The watermark that lateness of this symbol's ticks is judged by: the tape's, or the one up to which its windows were
     * published before a restore, if that is higher. Tasks need not have had the same watermark then.
     */
    long watermark(long ofTape) {
        return Math.max(ofTape, restoredThrough);
    }

    void hold(Tick tick) {
        held.add(tick);
    }

    /** The number of ticks that wait on the heap. */
    int heldOnHeap() {
        return held.size();
    }

    boolean holdsAny() {
        return !held.isEmpty() || firstSpilled != SymbolState.NONE_HELD;
    }

    /** Takes out, in their order, the ticks that {@code watermark} has passed. */
    void release(long watermark, Consumer<Tick> released) throws Exception {
        if (firstSpilled <= watermark) {
            for (Tick tick : state.held().get()) {
                held.add(tick);
            }
            state.held().clear();
            firstSpilled = SymbolState.NONE_HELD;
        }
        held.release(watermark, released);
    }

    /** Moves the ticks that wait from the heap to state. */
    void spill() throws Exception {
        if (!held.isEmpty()) {
            state.held().addAll(held.ticks());
            firstSpilled = Math.min(firstSpilled, held.first());
            held.clear();
        }
    }

    /**
     * Puts everything into state; this object is not used again.
     *
     * @param watermark the tape's watermark
     * @return the earliest event time of the ticks that wait, or {@link SymbolState#NONE_HELD}
     */
    long writeBack(long watermark) throws Exception {
        for (Slice slice : changed.values()) {
            state.slices().put(slice.start(), slice);
        }
        spill();
        SymbolState symbol = new SymbolState(windows, rules, watermark(watermark), firstSpilled);
        if (symbol.isEmpty()) {
            state.symbol().clear();
        } else {
            state.symbol().update(symbol);
        }
        return firstSpilled;
    }

    @Override
    public Slice get(long start) {
        if (latest != null && latest.start() == start) {
            return latest;
        }
        Slice slice = changed.get(start);
        if (slice != null) {
            return slice;
        }
        try {
            return state.slices().get(start);
        } catch (Exception e) {
            throw new IllegalStateException("reading a slice from state", e);
        }
    }

    @Override
    public void put(Slice slice) {
        if (slice != latest) {
            changed.put(slice.start(), slice);
            latest = slice;
        }
    }

    @Override
    public void remove(long start) {
        if (latest != null && latest.start() == start) {
            latest = null;
        }
        changed.remove(start);
        try {
            state.slices().remove(start);
        } catch (Exception e) {
            throw new IllegalStateException("removing a slice from state", e);
        }
    }
}
