package io.tapewatch.operators;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.trade.AmendableTrades;
import io.tapewatch.domain.trade.AmendedTrade;
import io.tapewatch.domain.trade.ConditionLookup;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.window.Counted;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.Windows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The tape: all that is known about a symbol, behind one shuffle. Ticks, keyed by symbol, wait here until the watermark
 * has passed them; then, in the order of the tape, each is counted in its slice and checked against the rules. Windows
 * are published when the watermark reaches their end, and again when late ticks changed them.
 *
 * <p>Quotes wait among the ticks, so the quote of a trade is the last one taken before it. What becomes known about an
 * instrument holds from then on.
 *
 * <p>A symbol at work is held on the heap ({@link HotSymbols}) and goes to keyed state before each checkpoint barrier, so
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
                HotSymbol.Taker,
                Triggerable<String, VoidNamespace> {

    private static final int RECORDS = 1;

    private static final AmendedTrade.Refusal REPEAT = new AmendedTrade.Refusal(
            Rejection.Reason.REPEAT,
            "a trade of this symbol, venue and id came before, within prices.repeat-window of its time");

    /** The index of the input of rules, as watermarks have it. */
    private static final int RULES = 1;

    public static final OutputTag<Flag> FLAGS = new OutputTag<>("flags", TypeInformation.of(Flag.class));
    public static final OutputTag<Flag> SHADOW_FLAGS = new OutputTag<>("shadow-flags", TypeInformation.of(Flag.class));
    public static final OutputTag<QuotedTrade> QUOTED_TRADES =
            new OutputTag<>("quoted-trades", TypeInformation.of(QuotedTrade.class));
    public static final OutputTag<Refused> REFUSED = new OutputTag<>("refused", RefusedSerializer.TYPE);
    public static final OutputTag<TapeRecord> TOO_LATE = new OutputTag<>("too-late", TapeRecordSerializer.TYPE);

    private final TapeSettings settings;
    private final long startsWholeFrom;

    /** Whether trades are kept, so that they can be taken back or known again. */
    private final boolean keepsTrades;

    private transient TapePosition position;
    private transient Windows windows;

    /** Whether the savepoint is of a run with other windows. */
    private transient boolean otherWindows;

    private transient RulesInForce rules;

    /** The rules in force. */
    private transient RuleBook book;

    private transient HotSymbols hot;

    /** The watermark: everything up to it has been counted and published. */
    private transient long watermark;

    /** The event time from which on every tick is read. */
    private transient long wholeFrom;

    /** The watermark that is on its way through this operator, while it is; else the same. */
    private transient long passing;

    private transient Ledger ledger;
    private transient TapeCounters counters;

    /** What the numbers of ticks say, or null: the ticks of symbols are not numbered without gaps. */
    private transient @Nullable SymbolNumbers numbers;

    /** The table of sale conditions, or null: there is none. */
    private transient @Nullable ConditionLookup conditions;

    private transient TapeOutput out;

    /**
     * @param startsWholeFrom the event time from which on a job without a savepoint reads every tick, or {@link
     *     EventTimes#BEGINNING}
     */
    public Tape(TapeSettings settings, long startsWholeFrom) {
        this.settings = settings;
        this.startsWholeFrom = startsWholeFrom;
        this.keepsTrades = settings.trades().keeping().keeps();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        position = new TapePosition(context.getOperatorStateStore());
        watermark = position.watermark();
        passing = watermark;
        // A savepoint goes on with what was read before it, wherever a job without one would begin.
        wholeFrom = context.isRestored() ? position.wholeFrom() : startsWholeFrom;
        windows = settings.newWindows().wholeFrom(wholeFrom);
        otherWindows = context.isRestored() && windows.restore(position.windows(), watermark);

        MetricGroup metrics = TapewatchMetrics.of(getMetricGroup());
        book = settings.newRuleBook();
        rules = new RulesInForce(book, context.getOperatorStateStore(), metrics);

        ledger = new Ledger(
                metrics,
                context.getOperatorStateStore(),
                context.getRestoredCheckpointId().orElse(0));
        counters = new TapeCounters(ledger, settings.hasQuotes());
        numbers = settings.trades().numbersSymbols() ? new SymbolNumbers(ledger, metrics) : null;
        ConditionTable table = settings.trades().conditions();
        conditions = table == null ? null : new ConditionLookup(table, new ConditionCounters(table, ledger));
    }

    @Override
    public void open() throws Exception {
        super.open();
        output = new NeverIdle<>(output);
        out = new TapeOutput(output, counters);
        HotSymbol.Context context = new HotSymbol.Context(
                TapeState.of(getRuntimeContext()),
                windows,
                windows.indexOf(settings.moversWindow()),
                out,
                settings.quotes() == null
                        ? TapeOrder.QUOTES_AFTER
                        : settings.quotes().order(),
                settings.quotes(),
                conditions,
                settings.trades().keeping(),
                numbers != null,
                settings.hasInstruments());
        hot = new HotSymbols(
                context,
                this,
                getInternalTimerService("visits", VoidNamespaceSerializer.INSTANCE, this),
                settings.maxHeld());
        TapewatchMetrics.of(getMetricGroup()).gauge("held", hot::held);
        if (otherWindows) {
            reschedule();
        }
    }

    /** Finds out anew when each symbol has something to publish. */
    private void reschedule() throws Exception {
        List<String> symbols;
        try (Stream<String> all =
                this.<String>getKeyedStateBackend().getKeys(TapeState.SYMBOL, VoidNamespace.INSTANCE)) {
            symbols = all.toList();
        }
        for (String symbol : symbols) {
            setCurrentKey(symbol);
            hot.get(symbol).windows().reschedule();
            hot.writeBackIfMany(passing);
        }
        hot.writeBack(passing);
    }

    @Override
    public void processElement1(StreamRecord<TapeRecord> element) throws Exception {
        TapeRecord record = element.getValue();
        HotSymbol symbol = hot.get(record.symbol());
        if (record instanceof Tick tick) {
            counters.ticks.inc();
            if (tick.time() <= symbol.watermark(watermark)) {
                late(symbol, tick);
            } else {
                counters.waiting.inc();
                hot.hold(symbol, tick);
            }
        } else if (record instanceof Quote quote) {
            if (quote.time() <= symbol.watermark(watermark)) {
                late(symbol, quote);
            } else {
                counters.quotesWaiting.inc();
                hot.hold(symbol, quote);
            }
        } else if (record instanceof Amendment amendment) {
            counters.amendments.inc();
            if (amendment.time() <= symbol.watermark(watermark)) {
                amend(symbol, amendment);
            } else {
                counters.amendmentsWaiting.inc();
                hot.hold(symbol, amendment);
            }
        } else if (record instanceof InstrumentChange change) {
            symbol.changeInstrument(change.instrument(), book, symbol.watermark(watermark));
        }
        hot.writeBackIfMany(passing);
    }

    @Override
    public void processElement2(StreamRecord<RuleChange> element) throws Exception {
        rules.apply(element.getValue(), watermark);
    }

    private void late(HotSymbol symbol, Tick tick) {
        Eligibility eligibility = symbol.eligibility(tick);
        Counted counted = count(symbol, tick, eligibility);
        if (counted != Counted.BY_NO_WINDOW) {
            counters.late.inc();
            if (counted == Counted.BY_SOME_WINDOWS) {
                counters.lateMissed.inc();
            }
            QuoteSettings quotes = settings.quotes();
            if (quotes != null) {
                out.publish(tick, symbol.quotes().ofLate(tick, quotes), true);
            }
            symbol.rules().checkLate(tick, eligibility, symbol.instrument(), book, out);
            if (keepsTrades) {
                amendAtOnce(symbol, tick.venue(), tick.id());
            }
        }
    }

    private void late(HotSymbol symbol, Quote quote) {
        QuoteSettings quotes = Objects.requireNonNull(settings.quotes(), "quotes");
        if (symbol.quotes().takeLate(quote, symbol.watermark(watermark), quotes)) {
            counters.quotesTaken.inc();
            counters.quotesLate.inc();
            symbol.rules().checkLateQuote(quote, symbol.instrument(), book, out);
        } else {
            out.tooLate(quote);
        }
    }

    /** Takes a record that the watermark has passed, in its turn. */
    @Override
    public void take(HotSymbol symbol, TapeRecord record) {
        if (record instanceof Tick tick) {
            counters.waiting.dec();
            Eligibility eligibility = symbol.eligibility(tick);
            if (count(symbol, tick, eligibility) != Counted.BY_NO_WINDOW) {
                check(symbol, tick, eligibility);
                if (keepsTrades) {
                    amendAtOnce(symbol, tick.venue(), tick.id());
                }
            }
        } else if (record instanceof Quote quote && settings.hasQuotes()) {
            // A job that was restored without quotes may find some that wait.
            counters.quotesWaiting.dec();
            counters.quotesTaken.inc();
            symbol.quotes().take(quote);
            symbol.rules().checkQuote(quote, symbol.instrument(), book, out);
        } else if (record instanceof Amendment amendment) {
            counters.amendmentsWaiting.dec();
            amend(symbol, amendment);
        }
    }

    /** Applies the amendments that came before their trade. */
    private void amendAtOnce(HotSymbol symbol, @Nullable String venue, @Nullable String id) {
        for (Amendment amendment : symbol.trades().amendable().awaiting(venue, id)) {
            counters.amendmentsWaiting.dec();
            amend(symbol, amendment);
        }
    }

    /**
     * Applies a cancel or a correction, then those that waited for the id which it gives, and so on. Thousands may wait, each
     * for the one before.
     */
    private void amend(HotSymbol symbol, Amendment first) {
        Deque<Amendment> next = new ArrayDeque<>();
        next.add(first);
        while (!next.isEmpty()) {
            Amendment amendment = next.remove();
            AmendedTrade.Outcome outcome = symbol.amend(amendment, watermark);
            AmendedTrade amended = outcome.amended();
            if (outcome.refusal() != null) {
                out.refuse(amendment, outcome.refusal());
            } else if (amended == null) {
                counters.amendmentsWaiting.inc();
            } else {
                (amendment.kind() == Amendment.Kind.CANCEL ? counters.cancels : counters.corrections).inc();
                takeBackFlags(symbol, amended);
                List<Amendment> awaiting = symbol.trades().amendable().awaiting(amendment.venue(), amendment.newId());
                for (int i = awaiting.size() - 1; i >= 0; i--) {
                    counters.amendmentsWaiting.dec();
                    next.addFirst(awaiting.get(i));
                }
            }
        }
    }

    private void takeBackFlags(HotSymbol symbol, AmendedTrade amended) {
        Tick before = amended.before();
        symbol.rules()
                .takenBack(
                        before.time(),
                        before.origin().partition(),
                        before.origin().offset(),
                        amended.after(),
                        symbol.instrument(),
                        book,
                        out);
    }

    private void check(HotSymbol symbol, Tick tick, Eligibility eligibility) {
        QuoteAtTrade atTrade = QuoteAtTrade.NOTHING;
        QuoteSettings quotes = settings.quotes();
        if (quotes != null) {
            atTrade = symbol.quotes().of(tick, quotes);
            out.publish(tick, atTrade, false);
        }
        symbol.rules().check(tick, eligibility, atTrade, symbol.instrument(), book, symbol, out);
    }

    private Counted count(HotSymbol symbol, Tick tick, Eligibility eligibility) {
        if (keepsTrades && symbol.isRepeat(tick, watermark)) {
            out.refuse(tick, REPEAT);
            return Counted.BY_NO_WINDOW;
        }
        Counted counted = symbol.windows().add(tick, eligibility, symbol.watermark(watermark));
        if (counted == Counted.BY_NO_WINDOW) {
            out.tooLate(tick);
        } else {
            counters.counted.inc();
            if (numbers != null) {
                numbers.take(symbol, tick, symbol.watermark(watermark));
            }
            if (keepsTrades) {
                symbol.keep(tick, eligibility, watermark);
            }
        }
        return counted;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() > watermark) {
            passing = mark.getTimestamp();
            for (HotSymbol symbol : hot.all()) {
                if (symbol.due() <= passing) {
                    setCurrentKey(symbol.name());
                    advance(symbol);
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
        HotSymbol visited = hot.get(timer.getKey());
        visited.timerFired(timer.getTimestamp());
        advance(visited);
        hot.writeBackIfMany(passing);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("the tape keeps event time alone");
    }

    /** Counts and checks what the watermark has passed, publishes what is due, and drops what is over. */
    private void advance(HotSymbol symbol) throws Exception {
        hot.release(symbol, passing, this);
        symbol.windows().advanceTo(symbol.watermark(watermark), passing);
        symbol.rules().advanceTo(passing, symbol.instrument(), book, out);
        symbol.forget(passing);
        if (!symbol.trades().isEmpty()) {
            symbol.forgetTrades(passing, unknown -> {
                counters.amendmentsWaiting.dec();
                out.refuse(
                        unknown, AmendableTrades.unknownTrade(settings.trades().keeping()));
            });
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        hot.writeBack(passing);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        position.update(watermark, wholeFrom, windows.kept());
        ledger.snapshot(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        ledger.complete(checkpointId);
    }
}
