package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.FlaggedTick;
import io.tapewatch.domain.rule.PrintSelection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the rules with one {@linkplain PrintSelection selection of prints} remember of one symbol: those prints and the quotes as
 * far as they need them, and for each rule whether it is quiet, what it waits for, and the like. A print that the selection does
 * not have is not shown here, so no window holds it and it is nobody's tick before.
 */
final class RulesOfSelection {

    private static final double SECOND = 1000;

    private final PrintSelection prints;

    private final SymbolHistory history;

    private final RuleStates states;

    private CompiledRules compiled = CompiledRules.NONE;

    /** Nothing happens by itself at a watermark before this one. */
    private long due;

    /** Of a symbol without ticks. */
    RulesOfSelection(PrintSelection prints) {
        this(prints, new SymbolHistory(), new RuleStates());
    }

    private RulesOfSelection(PrintSelection prints, SymbolHistory history, RuleStates states) {
        this.prints = prints;
        this.history = history;
        this.states = states;
        this.due = states.due();
    }

    PrintSelection prints() {
        return prints;
    }

    // Ticks.

    /**
     * Checks the symbol's next tick, then remembers it.
     *
     * @param tick a tick that is not before the last one checked so
     * @param atTrade what the quotes say of it
     * @param instrument what is known about the instrument
     * @param closes the closes of the symbol's days
     * @param flags gets a flag for each rule that the tick meets and that is not quiet, in the order of their ids; before
     *     them what event time brought about up to this tick
     * @throws IllegalArgumentException if the tick is before the last one
     */
    void check(Tick tick, QuoteAtTrade atTrade, Instrument instrument, Closes closes, Consumer<Flag> flags) {
        long time = tick.time();
        if (history.hasLast() && time < history.lastTime()) {
            throw new IllegalArgumentException(
                    "A tick of " + time + " is checked after one of " + history.lastTime() + ": " + tick);
        }
        CompiledRules rules = compiled;
        if (rules.isEmpty()) {
            return;
        }
        begin(time, instrument, flags);
        MetricValues values = rules.values();
        values.moveTo(tick, atTrade, instrument, history, closes);
        checkAll(false, time, instrument, values, flags);
        history.add(tick, history.needsReturns() ? values.tickReturn() : Double.NaN, atTrade.side());
    }

    /**
     * Checks the symbol's next quote, then remembers it.
     *
     * @param quote a quote that is not before the last one checked so
     * @param flags see {@link #check}
     */
    void checkQuote(Quote quote, Instrument instrument, Consumer<Flag> flags) {
        CompiledRules rules = compiled;
        if (!rules.needQuotes()) {
            return;
        }
        long time = quote.time();
        begin(time, instrument, flags);
        MetricValues values = rules.values();
        values.moveTo(quote, history);
        checkAll(true, time, instrument, values, flags);
        history.addQuote(time);
    }

    /** Comes to the time of the next tick or quote. */
    private void begin(long time, Instrument instrument, Consumer<Flag> flags) {
        if (due <= time) {
            pass(time, time - 1, instrument, flags);
        }
        forgetOld(time);
        history.advanceTo(time);
    }

    private void checkAll(boolean quotes, long time, Instrument instrument, MetricValues values, Consumer<Flag> flags) {
        RuleCheck[] checks = compiled.checks();
        for (int i = 0; i < checks.length; i++) {
            if (checks[i].isOnQuotes() == quotes && isMet(checks[i], i, time, values)) {
                meet(i, instrument, time, values, flags);
            }
        }
    }

    /** Whether the tick or quote meets a rule, be it quiet or not. */
    private boolean isMet(RuleCheck check, int place, long time, MetricValues values) {
        if (!check.isEvaluatedAt(time)) {
            states.startOver(place);
            return false;
        }
        check.counts().countCheck(time);
        if (check.isOfSilence()) {
            RuleState state = state(place);
            state.tickedAt(check, time);
            due = Math.min(due, state.due());
            return false;
        }
        boolean holds = check.holds(values);
        if (check.rule().heldFor() == 0) {
            return holds;
        }
        if (!holds) {
            states.startOver(place);
            return false;
        }
        return state(place).isHeld(check, time);
    }

    /**
     * Checks a tick that came behind the watermark by what it says itself, its price and size: all other metrics have no
     * value, and a condition that must have been held is not. It changes no window and is nobody's tick before. Its flag
     * says {@code late}.
     *
     * <p>A rule that is quiet at the tick's event time is quiet for it. A late flag makes its rule quiet in its turn, for
     * late ticks and for the others; the quiet time that began with a flag in order stays as it is.
     */
    void checkLate(Tick tick, Instrument instrument, Consumer<Flag> flags) {
        MetricValues values = compiled.values();
        values.moveToLate(tick, instrument);
        checkAllLate(false, tick.time(), instrument, values, flags);
    }

    /** The same for a quote that came behind the watermark: it says its spread itself. */
    void checkLateQuote(Quote quote, Instrument instrument, Consumer<Flag> flags) {
        MetricValues values = compiled.values();
        values.moveToLate(quote);
        checkAllLate(true, quote.time(), instrument, values, flags);
    }

    private void checkAllLate(
            boolean quotes, long time, Instrument instrument, MetricValues values, Consumer<Flag> flags) {
        RuleCheck[] checks = compiled.checks();
        for (int i = 0; i < checks.length; i++) {
            RuleCheck check = checks[i];
            if (check.isOnQuotes() == quotes && check.isEvaluatedAt(time)) {
                check.counts().countCheck(time);
                if (!check.isOfSilence() && check.rule().heldFor() == 0 && check.holds(values)) {
                    meet(i, instrument, time, values, flags);
                }
            }
        }
    }

    private void meet(int place, Instrument instrument, long time, MetricValues values, Consumer<Flag> flags) {
        RuleCheck check = compiled.checks()[place];
        QuietTime quiet = quietAt(place, time);
        if (quiet == null) {
            raise(place, instrument, values.atHand().flagged(), check.seen(values), flags);
        } else {
            suppress(place, quiet, time, check.seenBeyond(values, quiet.mostExtreme()));
        }
    }

    private @Nullable QuietTime quietAt(int place, long time) {
        RuleState state = states.get(place);
        return state == null ? null : state.quietAt(time);
    }

    /** Puts down that a rule was met that is quiet. */
    private void suppress(int place, QuietTime quiet, long time, Seen[] seen) {
        RuleCheck check = compiled.checks()[place];
        check.counts().countSuppressed();
        quiet.suppress(check, time, seen);
        due = Math.min(due, state(place).due());
    }

    private void raise(int place, Instrument instrument, FlaggedTick tick, Seen[] seen, Consumer<Flag> flags) {
        RuleCheck check = compiled.checks()[place];
        check.counts().countFlag();
        flags.accept(check.flag(instrument, tick, seen));
        if (check.rule().cooldown() > 0) {
            state(place).beQuiet(check, instrument, tick, seen, flags);
        }
    }

    private RuleState state(int place) {
        return states.getOrNew(place, compiled.checks()[place]);
    }

    // What event time brings about.

    /** The watermark at which something may happen by itself, or {@link EventTimes#NEVER}. */
    long due() {
        return due;
    }

    /**
     * Raises silences, and publishes flags again whose rules were met while they were quiet.
     *
     * @param watermark the event time that all later ticks in order are after; at the greatest there is, the end of input,
     *     no silence is raised
     */
    void advanceTo(long watermark, Instrument instrument, Consumer<Flag> flags) {
        pass(watermark == EventTimes.NEVER ? EventTimes.BEGINNING : watermark, watermark, instrument, flags);
    }

    /**
     * @param silentBy silences up to this time are raised
     * @param endedBy no tick of this time or an earlier one comes any more
     */
    private void pass(long silentBy, long endedBy, Instrument instrument, Consumer<Flag> flags) {
        for (int i = 0; i < states.size(); i++) {
            RuleState state = states.get(i);
            if (state != null) {
                if (state.silentAt() <= silentBy) {
                    raiseSilence(i, state, instrument, flags);
                }
                state.endQuietTimes(endedBy, compiled.checks()[i], instrument, flags);
            }
        }
        due = states.due();
    }

    private void raiseSilence(int place, RuleState state, Instrument instrument, Consumer<Flag> flags) {
        RuleCheck check = compiled.checks()[place];
        long time = state.silentAt();
        state.silenceIsRaised();
        state.endQuietTimes(time - 1, check, instrument, flags);
        if (check.isEvaluatedAt(time)) {
            Seen[] seen = check.seen((time - history.lastTime()) / SECOND, history.lastPrice());
            QuietTime quiet = quietAt(place, time);
            if (quiet != null) {
                suppress(place, quiet, time, seen);
            } else {
                FlaggedTick last =
                        FlaggedTick.ofSilence(time, history.lastPrice(), history.lastPartition(), history.lastOffset());
                raise(place, instrument, last, seen, flags);
            }
        }
    }

    // The trade that raised a flag is taken back.

    /**
     * The flag of a trade that was cancelled or corrected, as it is to be published now, or null if it is of none of these rules.
     *
     * @param corrected the trade as it is now; null if it was cancelled
     */
    @Nullable
    RaisedFlag takenBack(RaisedFlag flag, @Nullable Tick corrected, Instrument instrument) {
        RuleCheck[] checks = compiled.checks();
        for (int i = 0; i < checks.length; i++) {
            if (flag.isOf(checks[i].rule())) {
                return takenBack(flag, corrected, instrument, checks[i], states.get(i));
            }
        }
        return null;
    }

    private RaisedFlag takenBack(
            RaisedFlag flag,
            @Nullable Tick corrected,
            Instrument instrument,
            RuleCheck check,
            @Nullable RuleState state) {
        Seen[] seen = null;
        RaisedFlag now;
        if (corrected == null) {
            now = flag.cancelled();
        } else if (!check.isOfTradeAlone()) {
            now = flag.correctedUnchecked(corrected);
        } else {
            MetricValues values = compiled.values();
            values.moveToLate(corrected, instrument);
            if (check.holds(values)) {
                seen = check.seen(values);
                FlaggedTick tick = flag.tick().corrected(corrected);
                Flag flagNow = check.flag(instrument, tick, seen);
                now = flag.corrected(corrected, flagNow.evidence(), flagNow.message());
            } else {
                now = flag.withdrawn();
            }
        }
        if (state != null) {
            state.takenBack(now.tick(), seen, now.flag().revision(), now.flag().withdrawn());
        }
        return now;
    }

    // The rules now.

    /**
     * Notes that other rules may apply to the symbol from now on, as something else is known about its instrument: what those that
     * begin to need of ticks and quotes is known of the ones to come alone.
     *
     * @param rules those that apply now
     * @param watermark the event time that all later ticks in order are after
     */
    void follow(CompiledRules rules, long watermark) {
        if (!rules.isEmpty()) {
            history.ticks().followSince(Math.min(watermark, compiled.since()));
        }
        if (rules.needQuotes()) {
            history.quotes().followSince(Math.min(watermark, compiled.quotesSince()));
        }
    }

    /** Whether it remembers anything of a tick, of a quote or of a flag. */
    boolean remembers() {
        return history.hasLast() || history.quotes().hasLast() || !states.isEmpty();
    }

    /** Has no rules until they are compiled, for a symbol of which it {@linkplain #remembers} nothing. */
    void dropRules() {
        compiled = CompiledRules.NONE;
        states.forgetAll();
        due = states.due();
        history.dropWindows();
    }

    /** Has these rules; all that is remembered has places for them. */
    void compileFor(CompiledRules rules) {
        states.layOut(rules.checks());
        due = states.due();
        if (rules.isEmpty()) {
            history.forgetAll();
        } else {
            history.ticks().need(rules.windows());
            if (rules.needQuotes()) {
                history.quotes().need(rules.quoteWindows());
            } else {
                history.quotes().forgetAll();
            }
        }
        compiled = rules;
    }

    // Letting go.

    private void forgetOld(long time) {
        if (history.ticks().forgetOld(time)) {
            states.startOver(false);
        }
        if (history.quotes().forgetOld(time)) {
            states.startOver(true);
        }
    }

    /**
     * Drops what no tick of this event time or a later one can meet: a tick before that is too old, steps of windows, and
     * quiet times that are over. For a symbol that has gone silent; no check needs it.
     *
     * @return the event time at which to ask again, or {@link EventTimes#NEVER}
     */
    long forget(long time) {
        forgetOld(time);
        history.advanceTo(time);
        states.forget(time);
        return isEmpty()
                ? EventTimes.NEVER
                : Math.min(forgetAt(history.ticks(), time), forgetAt(history.quotes(), time));
    }

    private static long forgetAt(StreamHistory followed, long time) {
        return (followed.hasLast() ? followed.lastTime() : time) + EventTimes.MAX_GAP + 1;
    }

    /** Whether nothing is remembered, so that nothing need be kept. */
    boolean isEmpty() {
        return history.isEmpty() && states.isEmpty();
    }

    // State.

    RulesOfSelection copy() {
        RulesOfSelection copy = new RulesOfSelection(prints, history.copy(), states.copy());
        copy.due = due;
        copy.compiled = compiled;
        return copy;
    }

    void writeTo(DataOutput out) throws IOException {
        history.writeTo(out);
        states.writeTo(out);
    }

    static RulesOfSelection readFrom(DataInput in, PrintSelection prints) throws IOException {
        SymbolHistory history = SymbolHistory.readFrom(in);
        return new RulesOfSelection(prints, history, RuleStates.readFrom(in));
    }
}
