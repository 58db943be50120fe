package io.tapewatch.operators;

import io.tapewatch.domain.RuleMemory;
import io.tapewatch.domain.SliceNode;
import io.tapewatch.domain.SliceNodes;
import io.tapewatch.domain.Summary;
import io.tapewatch.domain.SymbolWindows;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * One symbol, taken out of keyed state between two checkpoints: a tick is counted and checked here without touching
 * state, and {@link #writeBack} puts everything back before the checkpoint.
 *
 * <p>What was written back is not touched again: a snapshot may still be reading it. Every method is called with the
 * symbol as the current key.
 */
final class HotSymbol implements SliceNodes {

    private static final long SECOND = 1000;

    private final String name;
    private final TapeState state;
    private final SymbolWindows windows;
    private final RuleMemory rules;
    private final long restoredThrough;
    private final HeldTicks held = new HeldTicks();

    /** The nodes of slices that were read or changed, by their number. */
    private final Map<Long, Node> nodes = new HashMap<>();

    /** The seconds of which held ticks are in state and not on the heap. */
    private final NavigableSet<Long> spilled;

    /** The watermark at which Flink brings the symbol back from state, or {@link SymbolState#NOTHING}. */
    private long timer;

    /** The watermark at which what the rules remember has no meaning any more, or {@link SymbolState#NOTHING}. */
    private long forgetAt;

    private static final class Node {
        private final SliceNode node;
        private boolean isChanged;

        Node(SliceNode node) {
            this.node = node;
        }
    }

    private HotSymbol(String name, SymbolState symbol, TapeState state, Windows windows, Consumer<Summary> publisher) {
        this.name = name;
        this.state = state;
        this.windows = new SymbolWindows(name, windows, symbol.windows(), this, publisher);
        this.rules = symbol.rules();
        this.restoredThrough = symbol.publishedThrough();
        this.spilled = new TreeSet<>(symbol.held());
        this.timer = symbol.timer();
        this.forgetAt = symbol.forgetAt();
    }

    static HotSymbol takeOut(String name, TapeState state, Windows windows, Consumer<Summary> publisher)
            throws Exception {
        SymbolState symbol = state.symbol().value();
        return new HotSymbol(name, symbol == null ? new SymbolState() : symbol, state, windows, publisher);
    }

    String name() {
        return name;
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

    /** The watermark at which something happens by itself, or {@link SymbolState#NOTHING}. */
    long due() {
        long firstSpilled = spilled.isEmpty() ? SymbolState.NOTHING : spilled.first() * SECOND;
        long firstHeld = Math.min(held.first(), firstSpilled);
        return Math.min(Math.min(firstHeld, forgetAt), Math.min(windows.state().due(), rules.due()));
    }

    /** Takes out, in their order, the ticks that {@code watermark} has passed. */
    void release(long watermark, Consumer<Tick> released) throws Exception {
        while (!spilled.isEmpty() && spilled.first() * SECOND <= watermark) {
            long second = spilled.pollFirst();
            state.held().get(second).forEach(held::add);
            state.held().remove(second);
        }
        held.release(watermark, released);
    }

    /** Lets go of what the rules cannot need any more, once no window needs the symbol either. */
    void forget(long watermark) {
        forgetAt = windows.state().isFinal() ? rules.forget(watermark) : SymbolState.NOTHING;
    }

    /** Moves the ticks that wait from the heap to state. */
    void spill() throws Exception {
        if (held.isEmpty()) {
            return;
        }
        Map<Long, List<Tick>> seconds = new HashMap<>();
        for (Tick tick : held.ticks()) {
            seconds.computeIfAbsent(Math.floorDiv(tick.time(), SECOND), second -> new ArrayList<>())
                    .add(tick);
        }
        for (Map.Entry<Long, List<Tick>> each : seconds.entrySet()) {
            List<Tick> ticks = each.getValue();
            if (!spilled.add(each.getKey())) {
                ticks.addAll(0, state.held().get(each.getKey()));
            }
            state.held().put(each.getKey(), ticks);
        }
        held.clear();
    }

    /** Notes that the timer has brought the symbol back. */
    void timerFired(long time) {
        if (timer == time) {
            timer = SymbolState.NOTHING;
        }
    }

    /**
     * Puts everything into state; this object is not used again.
     *
     * @param watermark the tape's watermark
     * @param buffer what nodes are written into on their way
     * @return the watermark for which a timer is to be asked, or {@link SymbolState#NOTHING}
     */
    long writeBack(long watermark, DataOutputSerializer buffer) throws Exception {
        writeNodes(buffer);
        spill();
        long due = due();
        long ask = due < timer ? due : SymbolState.NOTHING;
        SymbolState symbol = new SymbolState(
                windows.state(), rules, watermark(watermark), List.copyOf(spilled), Math.min(due, timer), forgetAt);
        if (symbol.isEmpty()) {
            state.symbol().clear();
        } else {
            state.symbol().update(symbol);
        }
        return ask;
    }

    private void writeNodes(DataOutputSerializer buffer) throws Exception {
        for (Map.Entry<Long, Node> each : nodes.entrySet()) {
            if (each.getValue().isChanged) {
                buffer.clear();
                each.getValue().node.writeTo(buffer);
                state.slices().put(each.getKey(), buffer.getCopyOfBuffer());
            }
        }
    }

    @Override
    public SliceNode get(long number) {
        return nodes.computeIfAbsent(number, this::read).node;
    }

    private Node read(long number) {
        try {
            return new Node(
                    SliceNode.readFrom(new DataInputDeserializer(state.slices().get(number))));
        } catch (Exception e) {
            throw new IllegalStateException("reading slices from state", e);
        }
    }

    @Override
    public void put(long number, SliceNode node) {
        Node kept = nodes.get(number);
        if (kept == null) {
            kept = new Node(node);
            nodes.put(number, kept);
        }
        kept.isChanged = true;
    }

    @Override
    public void remove(long number) {
        nodes.remove(number);
        try {
            state.slices().remove(number);
        } catch (Exception e) {
            throw new IllegalStateException("removing slices from state", e);
        }
    }
}
