package io.tapewatch.operators;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.Closes;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.trade.AmendableTrades;
import io.tapewatch.domain.trade.AmendedTrade;
import io.tapewatch.domain.trade.ConditionLookup;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.FirstsOfDays;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.trade.SymbolTrades;
import io.tapewatch.domain.trade.TapeCodes;
import io.tapewatch.domain.window.SliceNode;
import io.tapewatch.domain.window.SliceNodes;
import io.tapewatch.domain.window.SummaryPublisher;
import io.tapewatch.domain.window.SymbolWindows;
import io.tapewatch.domain.window.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * One symbol, loaded from keyed state for the time between two checkpoints: a tick or a quote is taken here without
 * touching state, and {@link #writeBack} puts everything back before the checkpoint.
 *
 * <p>What was written back is not touched again: a snapshot may still be reading it. Every method is called with the
 * symbol as the current key.
 */
final class HotSymbol implements SliceNodes, Closes {

    private static final long SECOND = 1000;

    private final String name;
    private final Context context;
    private final SymbolWindows windows;
    private final SymbolRules rules;
    private final SymbolQuotes quotes;
    private final SymbolTrades trades;
    private final FirstsOfDays firsts;
    private final long restoredThrough;
    private final HeldRecords held;

    /** What is known about the instrument: its symbol at least. */
    private Instrument instrument;

    /** What the sale conditions of its tape mean, or null: they mean nothing. */
    private @Nullable TapeCodes codes;

    /** The nodes of slices that were read or changed, by their number. */
    private final Map<Long, Node> nodes = new HashMap<>();

    /** The seconds of which held records are in state and not on the heap. */
    private final NavigableSet<Long> spilled;

    /** The watermark at which Flink brings the symbol back from state, or {@link EventTimes#NEVER}. */
    private long timer;

    /** The watermark at which what the rules remember has no meaning any more, or {@link EventTimes#NEVER}. */
    private long forgetAt;

    /**
     * What all symbols of a task have in common.
     *
     * @param state the keyed state
     * @param windows the windows
     * @param moversWindow the index of the window whose previous closes rules ask for, or −1: they know none
     * @param publisher takes the summaries
     * @param order the order in which ticks and quotes are taken
     * @param quotes how trades are joined with quotes, or null: there are none, and those that were are dropped
     * @param conditions the table of sale conditions, or null: there is none, and what was kept for it is dropped
     * @param keeping how long trades are kept, so that they can be taken back, or known again
     * @param numbersSymbols whether the ticks of each symbol are numbered without gaps; if not, numbers that were kept are dropped
     * @param hasInstruments whether instruments are known; if not, those that were are forgotten
     */
    record Context(
            TapeState state,
            Windows windows,
            int moversWindow,
            SummaryPublisher publisher,
            TapeOrder order,
            @Nullable QuoteSettings quotes,
            @Nullable ConditionLookup conditions,
            KeepingSettings keeping,
            boolean numbersSymbols,
            boolean hasInstruments) {}

    /** The taker of the records that waited, each when its turn comes. */
    interface Taker {

        /** Takes a record of this symbol, which is the current key. */
        void take(HotSymbol symbol, TapeRecord record);
    }

    private static final class Node {
        private final SliceNode node;
        private boolean isChanged;

        Node(SliceNode node) {
            this.node = node;
        }
    }

    private HotSymbol(String name, SymbolState symbol, Context context) {
        this.name = name;
        this.context = context;
        this.trades = symbol.trades();
        if (context.conditions == null) {
            trades.dropFirsts();
            this.firsts = FirstsOfDays.NONE;
        } else {
            this.firsts = trades.firsts(context.conditions);
        }
        if (!context.numbersSymbols) {
            trades.dropNumbers();
        }
        this.windows = new SymbolWindows(name, context.windows, symbol.windows(), this, firsts, context.publisher);
        this.rules = symbol.rules();
        this.quotes = context.quotes == null ? new SymbolQuotes() : symbol.quotes();
        this.restoredThrough = symbol.publishedThrough();
        this.held = new HeldRecords(context.order);
        this.spilled = new TreeSet<>(symbol.held());
        this.timer = symbol.timer();
        this.forgetAt = symbol.forgetAt();
        Instrument known = context.hasInstruments ? symbol.instrument() : null;
        this.instrument = known == null ? Instrument.unknown(name) : known;
        this.codes = context.conditions == null ? null : context.conditions.ofTape(instrument.tape());
        if (known != null) {
            windows.setInstrument(known);
        }
    }

    static HotSymbol load(String name, Context context) throws Exception {
        SymbolState symbol = context.state.symbol().value();
        return new HotSymbol(name, symbol == null ? new SymbolState() : symbol, context);
    }

    String name() {
        return name;
    }

    Instrument instrument() {
        return instrument;
    }

    /**
     * Notes what is known about the instrument from now on.
     *
     * @param now what is known, or null: nothing any more
     */
    void changeInstrument(@Nullable Instrument now, RuleBook book, long watermark) {
        Instrument before = instrument;
        instrument = now == null ? Instrument.unknown(name) : now;
        if (instrument.equals(before)) {
            return;
        }
        codes = context.conditions == null ? null : context.conditions.ofTape(instrument.tape());
        windows.setInstrument(instrument);
        rules.instrumentChanged(before, instrument, book, watermark);
        if (watermark > Long.MIN_VALUE && windows.state().isFinal()) {
            forgetAt = Math.min(forgetAt, rules.forget(watermark));
        }
    }

    SymbolWindows windows() {
        return windows;
    }

    SymbolRules rules() {
        return rules;
    }

    SymbolQuotes quotes() {
        return quotes;
    }

    /** What a print may update, as its sale conditions say. */
    Eligibility eligibility(Tick tick) {
        String conditions = tick.conditions();
        return codes == null || conditions == null ? Eligibility.ALL : codes.of(conditions);
    }

    // Trades that can be taken back or known again.

    SymbolTrades trades() {
        return trades;
    }

    /** Whether a trade was sent before. */
    boolean isRepeat(Tick trade, long watermark) {
        return trades.amendable().isRepeat(trade, watermark(watermark), context.keeping, context.state.trades());
    }

    /** Keeps a trade that windows have counted. */
    void keep(Tick trade, Eligibility eligibility, long watermark) {
        trades.amendable().keep(trade, eligibility, watermark(watermark), context.keeping, context.state.trades());
    }

    /** Applies an amendment, or has it wait for its trade. */
    AmendedTrade.Outcome amend(Amendment amendment, long watermark) {
        AmendableTrades all = trades.amendable();
        TradesInState store = context.state.trades();
        AmendedTrade.Outcome outcome = all.take(amendment, watermark(watermark), context.keeping, store);
        AmendedTrade amended = outcome.amended();
        if (amended == null) {
            return outcome;
        }
        boolean done = amended.changesNothing()
                || windows.amend(
                        amended.before(),
                        amended.after(),
                        amendment.time(),
                        watermark(watermark),
                        (from, to, reader) -> all.read(from, to, name, store, reader));
        if (!done) {
            return AmendableTrades.NOT_KEPT;
        }
        all.amend(amended);
        return outcome;
    }

    /** Drops the trades that are too old by now, and the amendments whose trade has not come. */
    void forgetTrades(long watermark, Consumer<Amendment> unknown) {
        trades.amendable().forget(watermark, name, context.keeping, context.state.trades(), unknown);
    }

    /** The close of the movers' day before the one with this event time. */
    @Override
    public @Nullable Decimal previousClose(long time) {
        return context.moversWindow < 0 ? null : windows.previousClose(context.moversWindow, time);
    }

    /**
     * The watermark that lateness of this symbol's ticks is judged by: the tape's, or the one up to which its windows were
     * published before a restore, if that is higher. Tasks need not have had the same watermark then.
     */
    long watermark(long ofTape) {
        return Math.max(ofTape, restoredThrough);
    }

    void hold(TapeRecord record) {
        held.add(record);
    }

    /** The number of records that wait on the heap. */
    int heldOnHeap() {
        return held.size();
    }

    /** The watermark at which something happens by itself, or {@link EventTimes#NEVER}. */
    long due() {
        long firstSpilled = spilled.isEmpty() ? EventTimes.NEVER : spilled.first() * SECOND;
        long firstHeld = Math.min(held.first(), firstSpilled);
        long first =
                Math.min(Math.min(firstHeld, forgetAt), Math.min(windows.state().due(), rules.due()));
        first = Math.min(first, trades.due(context.windows.mayChangeFor()));
        first = Math.min(first, trades.amendable().due(context.keeping));
        return context.quotes == null ? first : Math.min(first, quotes.due(context.quotes));
    }

    /** Hands over, in their order, the records that {@code watermark} has passed. */
    void release(long watermark, Taker taker) throws Exception {
        while (!spilled.isEmpty() && spilled.first() * SECOND <= watermark) {
            long second = spilled.pollFirst();
            context.state.held().get(second).forEach(held::add);
            context.state.held().remove(second);
        }
        held.release(watermark, this, taker);
    }

    /** Drops what no tick can need any more; what the rules remember only once no window needs the symbol either. */
    void forget(long watermark) {
        if (context.quotes != null) {
            quotes.forget(watermark, context.quotes);
        }
        trades.forget(watermark, context.windows.mayChangeFor());
        forgetAt = windows.state().isFinal() ? rules.forget(watermark) : EventTimes.NEVER;
    }

    /** Moves the records that wait from the heap to state. */
    void spill() throws Exception {
        if (held.isEmpty()) {
            return;
        }
        Map<Long, List<TapeRecord>> seconds = new HashMap<>();
        for (TapeRecord record : held.records()) {
            seconds.computeIfAbsent(Math.floorDiv(record.time(), SECOND), second -> new ArrayList<>())
                    .add(record);
        }
        for (Map.Entry<Long, List<TapeRecord>> each : seconds.entrySet()) {
            List<TapeRecord> records = each.getValue();
            if (!spilled.add(each.getKey())) {
                records.addAll(0, context.state.held().get(each.getKey()));
            }
            context.state.held().put(each.getKey(), records);
        }
        held.clear();
    }

    /** Notes that the timer has brought the symbol back. */
    void timerFired(long time) {
        if (timer == time) {
            timer = EventTimes.NEVER;
        }
    }

    /**
     * Puts everything into state; this object is not used again.
     *
     * @param watermark the tape's watermark
     * @param buffer what nodes are written into on their way
     * @return the watermark for which a timer is to be asked, or {@link EventTimes#NEVER}
     */
    long writeBack(long watermark, DataOutputSerializer buffer) throws Exception {
        writeNodes(buffer);
        spill();
        trades.amendable().writeBack(name, context.state.trades());
        long due = due();
        long ask = due < timer ? due : EventTimes.NEVER;
        SymbolState symbol = new SymbolState(
                windows.state(),
                rules,
                quotes,
                trades,
                instrument.orNull(),
                watermark(watermark),
                List.copyOf(spilled),
                Math.min(due, timer),
                forgetAt);
        if (symbol.isEmpty()) {
            context.state.symbol().clear();
        } else {
            context.state.symbol().update(symbol);
        }
        return ask;
    }

    private void writeNodes(DataOutputSerializer buffer) throws Exception {
        for (Map.Entry<Long, Node> each : nodes.entrySet()) {
            if (each.getValue().isChanged) {
                buffer.clear();
                each.getValue().node.writeTo(buffer);
                context.state.slices().put(each.getKey(), buffer.getCopyOfBuffer());
            }
        }
    }

    @Override
    public SliceNode get(long number) {
        return nodes.computeIfAbsent(number, this::read).node;
    }

    private Node read(long number) {
        try {
            return new Node(SliceNode.readFrom(
                    new DataInputDeserializer(context.state.slices().get(number))));
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
            context.state.slices().remove(number);
        } catch (Exception e) {
            throw new IllegalStateException("removing slices from state", e);
        }
    }
}
