package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.window.Counted;
import io.tapewatch.domain.window.KeptWindow;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.SummaryPublisher;
import io.tapewatch.domain.window.Windows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * The tape: all that is known about a symbol, behind one shuffle. Ticks, keyed by symbol, wait here until the watermark
 * has passed them; then, in the order of the tape, each is counted in its slice and checked against the rules. Windows
 * are published when the watermark reaches their end, and again when late ticks changed them.
 *
 * <p>Quotes wait among the ticks, so the quote of a trade is the last one taken before it. What becomes known about an
 * instrument holds from then on.
 *
 * <p>A symbol at work is held on the heap ({@link HotSymbol}) and goes to keyed state before each checkpoint barrier, so
 * a tick costs no state access and a crash loses nothing.
 *
 * <p>Flink does not restore watermarks. What was published must not be published anew after a restore, so the watermark
 * is part of this operator's state, and lateness is judged against the higher of the two.
 *
 * <p>A job that begins in the middle of its topic lacks ticks of the windows that were open there. These windows are not
 * published, and the time from which on windows are whole is part of this operator's state, too.
 */
public final class Tape extends AbstractStreamOperator<Summary>
        implements TwoInputStreamOperator<TapeRecord, RuleChange, Summary>,
                BoundedMultiInput,
                SummaryPublisher,
                Triggerable<String, VoidNamespace> {

    private static final int RECORDS = 1;

    /** The index of the input of rules, as watermarks have it. */
    private static final int RULES = 1;

    public static final OutputTag<Flag> FLAGS = new OutputTag<>("flags", TypeInformation.of(Flag.class));
    public static final OutputTag<Flag> SHADOW_FLAGS = new OutputTag<>("shadow-flags", TypeInformation.of(Flag.class));
    public static final OutputTag<QuotedTrade> QUOTED_TRADES =
            new OutputTag<>("quoted-trades", TypeInformation.of(QuotedTrade.class));
    public static final OutputTag<TapeRecord> TOO_LATE = new OutputTag<>("too-late", TapeRecordSerializer.TYPE);

    /** How many symbols are taken out of state at most; beyond, all are put back. */
    private static final int MAX_HOT = 100_000;

    /** About what a node of slices takes. */
    private static final int NODE_BYTES = 2048;

    private final TapeSettings settings;
    private final long startsWholeFrom;

    private transient InternalTimerService<VoidNamespace> timers;
    private transient ListState<Long> watermarkState;
    private transient ListState<Long> wholeFromState;
    private transient ListState<KeptWindow> windowsState;
    private transient Windows windows;

    /** Whether the savepoint is of a run with other windows. */
    private transient boolean otherWindows;

    private transient RulesInForce rules;

    /** The rules in force. */
    private transient RuleBook book;

    private transient Map<String, HotSymbol> hot;

    /** The watermark: everything up to it has been counted and published. */
    private transient long watermark;

    /** The event time from which on every tick is read. */
    private transient long wholeFrom;

    /** The watermark that is on its way through this operator, while it is; else the same. */
    private transient long passing;

    /** The number of ticks and quotes that wait on the heap. */
    private transient int held;

    // What the domain calls back.
    private transient HotSymbol.Context context;
    private transient HotSymbol current;
    private transient Consumer<TapeRecord> take;
    private transient Consumer<Flag> flags;
    private transient LongToDoubleFunction previousClose;

    private transient Ledger ledger;
    private transient TapeCounters counters;

    /**
     * @param startsWholeFrom the event time from which on a job without a savepoint reads every tick, or {@link
     *     EventTimes#BEGINNING}
     */
    public Tape(TapeSettings settings, long startsWholeFrom) {
        this.settings = settings;
        this.startsWholeFrom = startsWholeFrom;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        windows = settings.newWindows();

        watermarkState =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG));
        // Nothing is there at the first start, nor in a savepoint from before there was a tape.
        watermark = StreamSupport.stream(watermarkState.get().spliterator(), false)
                .min(Long::compare)
                .orElse(Long.MIN_VALUE);
        passing = watermark;

        wholeFromState =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("whole-from", Types.LONG));
        // A savepoint goes on with what was read before it, wherever a job without one would begin.
        wholeFrom = context.isRestored()
                ? StreamSupport.stream(wholeFromState.get().spliterator(), false)
                        .max(Long::compare)
                        .orElse(EventTimes.BEGINNING)
                : startsWholeFrom;
        windows.wholeFrom(wholeFrom);

        windowsState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("windows", TypeInformation.of(KeptWindow.class)));
        Set<KeptWindow> keptWindows = new HashSet<>();
        windowsState.get().forEach(keptWindows::add);
        otherWindows = context.isRestored() && windows.restore(keptWindows, watermark);

        MetricGroup metrics = TapewatchMetrics.of(getMetricGroup());
        book = settings.newRuleBook();
        rules = new RulesInForce(book, context.getOperatorStateStore(), metrics);

        ledger = new Ledger(
                metrics,
                context.getOperatorStateStore(),
                context.getRestoredCheckpointId().orElse(0));
        counters = new TapeCounters(ledger, settings.hasQuotes());
        metrics.gauge("held", () -> held);
    }

    @Override
    public void open() throws Exception {
        super.open();
        output = new NeverIdle<>(output);
        TapeOrder order =
                new TapeOrder(settings.hasQuotes() && settings.quotes().sameTimeIsBefore());
        context = new HotSymbol.Context(
                TapeState.of(getRuntimeContext()), windows, this, order, settings.quotes(), settings.hasInstruments());
        timers = getInternalTimerService("visits", VoidNamespaceSerializer.INSTANCE, this);
        hot = new HashMap<>();

        take = this::take;
        flags = this::raise;
        int moversWindow = windows.indexOf(settings.moversWindow());
        previousClose =
                time -> moversWindow < 0 ? Double.NaN : current.windows().previousClose(moversWindow, time);
        if (otherWindows) {
            goOnWithOtherWindows();
        }
    }

    /** Finds out anew when each symbol has something to publish. */
    private void goOnWithOtherWindows() throws Exception {
        List<String> symbols;
        try (Stream<String> all =
                this.<String>getKeyedStateBackend().getKeys(TapeState.SYMBOL, VoidNamespace.INSTANCE)) {
            symbols = all.toList();
        }
        for (String symbol : symbols) {
            setCurrentKey(symbol);
            takeOut(symbol).windows().reschedule();
            if (hot.size() > MAX_HOT) {
                writeBack();
            }
        }
        writeBack();
    }

    @Override
    public void processElement1(StreamRecord<TapeRecord> element) throws Exception {
        TapeRecord record = element.getValue();
        HotSymbol symbol = takeOut(record.symbol());
        if (record instanceof Tick tick) {
            counters.ticks.inc();
            if (tick.time() <= symbol.watermark(watermark)) {
                late(symbol, tick);
            } else {
                counters.waiting.inc();
                hold(symbol, tick);
            }
        } else if (record instanceof Quote quote) {
            if (quote.time() <= symbol.watermark(watermark)) {
                late(symbol, quote);
            } else {
                counters.quotesWaiting.inc();
                hold(symbol, quote);
            }
        } else if (record instanceof InstrumentChange change) {
            symbol.changeInstrument(change.instrument(), book, symbol.watermark(watermark));
        }
        if (hot.size() > MAX_HOT) {
            writeBack();
        }
    }

    private void hold(HotSymbol symbol, TapeRecord record) throws Exception {
        symbol.hold(record);
        held++;
        if (held > settings.maxHeld()) {
            spill();
        }
    }

    @Override
    public void processElement2(StreamRecord<RuleChange> element) throws Exception {
        rules.apply(element.getValue(), watermark);
    }

    private HotSymbol takeOut(String symbol) throws Exception {
        HotSymbol taken = hot.get(symbol);
        if (taken == null) {
            taken = HotSymbol.load(symbol, context);
            hot.put(symbol, taken);
        }
        return taken;
    }

    private void late(HotSymbol symbol, Tick tick) {
        Counted counted = count(symbol, tick);
        if (counted != Counted.BY_NO_WINDOW) {
            counters.late.inc();
            if (counted == Counted.BY_SOME_WINDOWS) {
                counters.lateMissed.inc();
            }
            if (settings.hasQuotes()) {
                publish(tick, symbol.quotes().ofLate(tick, settings.quotes()), true);
            }
            symbol.rules().checkLate(tick, symbol.instrument(), book, flags);
        }
    }

    private void late(HotSymbol symbol, Quote quote) {
        if (symbol.quotes().takeLate(quote, symbol.watermark(watermark), settings.quotes())) {
            counters.quotesTaken.inc();
            counters.quotesLate.inc();
            symbol.rules().checkLateQuote(quote, symbol.instrument(), book, flags);
        } else {
            counters.quotesTooLate.inc();
            output.collect(TOO_LATE, new StreamRecord<>(quote, quote.time()));
        }
    }

    /** Takes what the watermark has passed, in its turn. */
    private void take(TapeRecord record) {
        if (record instanceof Tick tick) {
            counters.waiting.dec();
            if (count(current, tick) != Counted.BY_NO_WINDOW) {
                check(tick);
            }
        } else if (record instanceof Quote quote && settings.hasQuotes()) {
            // A job that was restored without quotes may find some that wait.
            counters.quotesWaiting.dec();
            counters.quotesTaken.inc();
            current.quotes().take(quote);
            current.rules().checkQuote(quote, current.instrument(), book, flags);
        }
    }

    private void check(Tick tick) {
        QuoteAtTrade atTrade = QuoteAtTrade.NOTHING;
        if (settings.hasQuotes()) {
            atTrade = current.quotes().of(tick, settings.quotes());
            publish(tick, atTrade, false);
        }
        current.rules().check(tick, atTrade, current.instrument(), book, previousClose, flags);
    }

    private void publish(Tick tick, QuoteAtTrade atTrade, boolean late) {
        (atTrade.isQuoted() ? counters.quoted : counters.unquoted).inc();
        output.collect(QUOTED_TRADES, new StreamRecord<>(QuotedTrade.of(tick, atTrade, late), tick.time()));
    }

    private Counted count(HotSymbol symbol, Tick tick) {
        Counted counted = symbol.windows().add(tick, symbol.watermark(watermark));
        if (counted == Counted.BY_NO_WINDOW) {
            counters.tooLate.inc();
            output.collect(TOO_LATE, new StreamRecord<>(tick, tick.time()));
        } else {
            counters.counted.inc();
        }
        return counted;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() > watermark) {
            passing = mark.getTimestamp();
            for (Map.Entry<String, HotSymbol> symbol : hot.entrySet()) {
                if (symbol.getValue().due() <= passing) {
                    setCurrentKey(symbol.getKey());
                    advance(symbol.getValue());
                }
            }
        }
        // Fires the timers, then passes the watermark on.
        super.processWatermark(mark);
        watermark = passing;
    }

    /**
     * The end of time comes with the end of all records. Flink also says it for a source that had ended before a restart:
     * while all other sources are idle, it would make late what they have yet to say.
     */
    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        if (!mark.equals(Watermark.MAX_WATERMARK)) {
            super.processWatermark1(mark);
        }
    }

    /**
     * Rules have no event time. Their stream says the end of time once the rules of the start are there ({@link
     * StartGate#tellingEndOfTime}), so that the web UI shows the watermark of the records. Flink says it, too, when it
     * restarts a job whose rules had ended. As a watermark, the end of time would be the event time as soon as all prices
     * are idle. So here it means that the stream is idle.
     */
    @Override
    public void processWatermark2(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            processWatermarkStatus(WatermarkStatus.IDLE, RULES);
        }
    }

    /** Flink drops the last watermark of a source that is idle at its end. */
    @Override
    public void endInput(int input) throws Exception {
        if (input == RECORDS) {
            super.processWatermark1(Watermark.MAX_WATERMARK);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String symbol = timer.getKey();
        HotSymbol visited = takeOut(symbol);
        visited.timerFired(timer.getTimestamp());
        advance(visited);
        if (hot.size() > MAX_HOT) {
            writeBack();
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("the tape keeps event time alone");
    }

    /** Counts and checks what the watermark has passed, publishes what it brings about, lets go of what is over. */
    private void advance(HotSymbol symbol) throws Exception {
        current = symbol;
        int before = symbol.heldOnHeap();
        symbol.release(passing, take);
        held += symbol.heldOnHeap() - before;
        symbol.windows().advanceTo(symbol.watermark(watermark), passing);
        symbol.rules().advanceTo(passing, symbol.instrument(), book, flags);
        symbol.forget(passing);
    }

    @Override
    public void publish(Summary summary) {
        counters.summaries.inc();
        if (summary.revision() > 0) {
            counters.revisions.inc();
            if (summary.revision() == 1) {
                // Each result has its revision 1 once.
                counters.correctedWindows.inc();
            }
        }
        output.collect(new StreamRecord<>(summary, Math.min(summary.asOf(), summary.end() - 1)));
    }

    @Override
    public void leaveOut() {
        counters.unpublished.inc();
    }

    private void raise(Flag flag) {
        counters.flags.inc();
        output.collect(flag.shadow() ? SHADOW_FLAGS : FLAGS, new StreamRecord<>(flag, flag.time()));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        writeBack();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        watermarkState.update(List.of(watermark));
        wholeFromState.update(List.of(wholeFrom));
        windowsState.update(windows.kept());
        ledger.snapshot(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        ledger.complete(checkpointId);
    }

    private void writeBack() throws Exception {
        DataOutputSerializer buffer = new DataOutputSerializer(NODE_BYTES);
        for (Map.Entry<String, HotSymbol> symbol : hot.entrySet()) {
            setCurrentKey(symbol.getKey());
            long due = symbol.getValue().writeBack(passing, buffer);
            if (due != EventTimes.NEVER) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
            }
        }
        hot.clear();
        held = 0;
    }

    private void spill() throws Exception {
        for (Map.Entry<String, HotSymbol> symbol : hot.entrySet()) {
            setCurrentKey(symbol.getKey());
            symbol.getValue().spill();
        }
        held = 0;
    }
}
