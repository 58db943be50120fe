package io.tapewatch.domain.check;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Varint;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.trade.Eligibility;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the rules remember of one symbol: its ticks and quotes as far as they need them, and for each rule whether it is quiet, what
 * it waits for, and the like. Rules that see other prints than those that set a price have a memory of their own for each {@linkplain
 * PrintSelection selection}.
 *
 * <p>It remembers for the rules that apply to the symbol, from the first tick at which one of them is evaluated: what none of them
 * needs is dropped at the next access after the book has changed, and everything when none applies any more. A check
 * costs the same however many ticks a window holds. Nothing is allocated unless a rule is met, or a window
 * grows, but for {@code returnZScore}, and for prices, sizes and sums of very many digits.
 */
public final class SymbolRules {

    private static final int FORMAT = 5;

    /** With what rules that see other prints remember, and with raised flags. */
    private static final int FORMAT_OF_MORE = 6;

    private static final RulesOfSelection[] NO_OTHERS = {};

    /** Those that see the prints that set a price. */
    private final RulesOfSelection priced;

    /** The others; usually none. */
    private RulesOfSelection[] others;

    /** The flags of trades that may yet be taken back; null where trades cannot be. */
    private @Nullable RaisedFlags raised;

    private RulesOfSymbol compiled = RulesOfSymbol.NONE;

    /** Of a symbol without ticks. */
    public SymbolRules() {
        this(new RulesOfSelection(PrintSelection.PRICED), NO_OTHERS, null);
    }

    private SymbolRules(RulesOfSelection priced, RulesOfSelection[] others, @Nullable RaisedFlags raised) {
        this.priced = priced;
        this.others = others;
        this.raised = raised;
    }

    // Ticks.

    /**
     * Checks the symbol's next tick, then remembers it. Rules that do not see it do neither.
     *
     * @param tick a tick that is not before the last one checked so
     * @param eligibility what the tick may update
     * @param atTrade what the quotes say of it
     * @param instrument what is known about the instrument; see {@link #instrumentChanged}
     * @param closes the closes of the symbol's days
     * @param flags gets a flag for each rule that the tick meets and that is not quiet: of the rules that see the same prints in the
     *     order of their ids; before them what event time brought about up to this tick
     * @throws IllegalArgumentException if the tick is before the last one
     */
    public void check(
            Tick tick,
            Eligibility eligibility,
            QuoteAtTrade atTrade,
            Instrument instrument,
            RuleBook book,
            Closes closes,
            Consumer<Flag> flags) {
        rulesNow(instrument, book);
        Consumer<Flag> kept = kept(flags, book);
        boolean isPriced = eligibility.highLow();
        if (isPriced) {
            priced.check(tick, atTrade, instrument, closes, kept);
        }
        for (int i = 0; i < others.length; i++) {
            if (others[i].prints().has(isPriced, tick.conditions())) {
                others[i].check(tick, atTrade, instrument, closes, kept);
            }
        }
    }

    /**
     * Checks the symbol's next quote, then remembers it.
     *
     * @param quote a quote that is not before the last one checked so
     * @param flags see {@link #check}
     */
    public void checkQuote(Quote quote, Instrument instrument, RuleBook book, Consumer<Flag> flags) {
        rulesNow(instrument, book);
        Consumer<Flag> kept = kept(flags, book); // before the quote, a quiet time of trades may end
        priced.checkQuote(quote, instrument, kept);
        for (RulesOfSelection other : others) {
            other.checkQuote(quote, instrument, kept);
        }
    }

    /**
     * Checks a tick that came behind the watermark by what it says itself, its price and size: all other metrics have no
     * value, and a condition that must have been held is not. It changes no window and is nobody's tick before. Its flag
     * says {@code late}.
     *
     * <p>A rule that is quiet at the tick's event time is quiet for it. A late flag makes its rule quiet in its turn, for
     * late ticks and for the others; the quiet time that began with a flag in order stays as it is.
     *
     * @param eligibility what the tick may update
     */
    public void checkLate(
            Tick tick, Eligibility eligibility, Instrument instrument, RuleBook book, Consumer<Flag> flags) {
        rulesNow(instrument, book);
        Consumer<Flag> kept = kept(flags, book);
        boolean isPriced = eligibility.highLow();
        if (isPriced) {
            priced.checkLate(tick, instrument, kept);
        }
        for (RulesOfSelection other : others) {
            if (other.prints().has(isPriced, tick.conditions())) {
                other.checkLate(tick, instrument, kept);
            }
        }
    }

    /** The same for a quote that came behind the watermark: it says its spread itself. */
    public void checkLateQuote(Quote quote, Instrument instrument, RuleBook book, Consumer<Flag> flags) {
        rulesNow(instrument, book);
        priced.checkLateQuote(quote, instrument, flags); // other rules look at trades alone
    }

    // Trades that are taken back.

    /** The flags, and the same ones kept as long as their trades can be taken back. */
    private Consumer<Flag> kept(Consumer<Flag> flags, RuleBook book) {
        long horizon = book.correctionsHorizon();
        if (horizon == 0) {
            return flags;
        }
        if (raised == null) {
            raised = new RaisedFlags();
        }
        return raised.before(flags, horizon);
    }

    /**
     * Publishes the flags of a trade once more, with the next revision, now that the trade was cancelled or corrected. Those of a
     * cancelled trade are withdrawn. Those of a corrected one are checked again where their rule asks for nothing but what the
     * trade says itself: they are withdrawn if it does not meet the rule any more, else say what it says now. Where the rule
     * asks for more, or is not in force any more, they say what the trade says now, and that they were not checked again.
     *
     * <p>Nothing else changes. Windows go on from the tick as it was seen, and so do quiet times.
     *
     * @param time the event time of the trade, in epoch milliseconds
     * @param partition the partition it came in
     * @param offset its offset there
     * @param corrected the trade as it is now, with the same place on the tape; null if it was cancelled
     */
    public void takenBack(
            long time,
            int partition,
            long offset,
            @Nullable Tick corrected,
            Instrument instrument,
            RuleBook book,
            Consumer<Flag> flags) {
        rulesNow(instrument, book);
        if (raised == null || book.correctionsHorizon() == 0) {
            return;
        }
        for (RaisedFlag each : raised.of(time, partition, offset)) {
            RaisedFlag now = takenBack(each, corrected, instrument);
            raised.replace(now);
            flags.accept(now.published(instrument.orNull()));
        }
    }

    private RaisedFlag takenBack(RaisedFlag flag, @Nullable Tick corrected, Instrument instrument) {
        RaisedFlag now = priced.takenBack(flag, corrected, instrument);
        for (int i = 0; now == null && i < others.length; i++) {
            now = others[i].takenBack(flag, corrected, instrument);
        }
        return now != null ? now : corrected == null ? flag.cancelled() : flag.correctedUnchecked(corrected);
    }

    // What event time brings about.

    /** The watermark at which something may happen by itself, or {@link EventTimes#NEVER}. */
    public long due() {
        long due = priced.due();
        for (RulesOfSelection other : others) {
            due = Math.min(due, other.due());
        }
        return due;
    }

    /**
     * Raises silences, and publishes flags again whose rules were met while they were quiet.
     *
     * @param watermark the event time that all later ticks in order are after; at the greatest there is, the end of input,
     *     no silence is raised
     */
    public void advanceTo(long watermark, Instrument instrument, RuleBook book, Consumer<Flag> flags) {
        rulesNow(instrument, book);
        Consumer<Flag> kept = kept(flags, book);
        priced.advanceTo(watermark, instrument, kept);
        for (RulesOfSelection other : others) {
            other.advanceTo(watermark, instrument, kept);
        }
    }

    // The rules now.

    /** Has the compiled rules that apply to the symbol; all that is remembered has places for them. */
    private void rulesNow(Instrument instrument, RuleBook book) {
        if (!book.isCurrent(compiled)) {
            compileFor(book.rulesOf(instrument));
            raised = book.correctionsHorizon() == 0 ? null : raised;
        }
    }

    /**
     * Notes that something else is known about the instrument now, so that other rules may apply to it: what those that
     * begin to need of ticks and quotes is known of the ones to come alone.
     *
     * @param watermark the event time that all later ticks in order are after
     */
    public void instrumentChanged(Instrument before, Instrument now, RuleBook book, long watermark) {
        rulesNow(before, book);
        RulesOfSymbol rules = book.rulesOf(now);
        others = laidOut(rules);
        boolean remembers = priced.remembers();
        priced.follow(rules.priced(), watermark);
        for (RulesOfSelection other : others) {
            remembers |= other.remembers();
            other.follow(rules.of(other.prints()), watermark);
        }
        if (remembers) {
            compileFor(rules);
        } else {
            // There may be very many instruments that have not traded: rules are compiled for those that do.
            compiled = RulesOfSymbol.NONE;
            priced.dropRules();
            for (RulesOfSelection other : others) {
                other.dropRules();
            }
        }
    }

    private void compileFor(RulesOfSymbol rules) {
        others = laidOut(rules);
        priced.compileFor(rules.priced());
        for (RulesOfSelection other : others) {
            other.compileFor(rules.of(other.prints()));
        }
        compiled = rules;
    }

    /** What is remembered for each selection that rules have, in their order; what is of no other is dropped. */
    private RulesOfSelection[] laidOut(RulesOfSymbol rules) {
        List<RulesOfSymbol.OfSelection> needed = rules.others();
        if (needed.isEmpty()) {
            return NO_OTHERS;
        }
        RulesOfSelection[] laidOut = new RulesOfSelection[needed.size()];
        Arrays.setAll(laidOut, i -> ofOrNew(needed.get(i).prints()));
        return laidOut;
    }

    private RulesOfSelection ofOrNew(PrintSelection prints) {
        for (RulesOfSelection other : others) {
            if (other.prints().equals(prints)) {
                return other;
            }
        }
        return new RulesOfSelection(prints);
    }

    // Letting go.

    /**
     * Drops what no tick of this event time or a later one can meet: a tick before that is too old, steps of windows, and
     * quiet times that are over; and flags whose trades cannot be taken back any more. For a symbol that has gone silent; no
     * check needs it.
     *
     * @return the event time at which to ask again, or {@link EventTimes#NEVER}
     */
    public long forget(long time) {
        long again = priced.forget(time);
        for (RulesOfSelection other : others) {
            again = Math.min(again, other.forget(time));
        }
        return raised == null ? again : Math.min(again, raised.forget(time));
    }

    /** Whether nothing is remembered, so that nothing need be kept. */
    public boolean isEmpty() {
        return priced.isEmpty() && countFilled() == 0 && (raised == null || raised.isEmpty());
    }

    private int countFilled() {
        int count = 0;
        for (RulesOfSelection other : others) {
            count += other.isEmpty() ? 0 : 1;
        }
        return count;
    }

    // State.

    /** A copy that goes its own way from here. */
    public SymbolRules copy() {
        RulesOfSelection[] copies = new RulesOfSelection[others.length];
        Arrays.setAll(copies, i -> others[i].copy());
        SymbolRules copy = new SymbolRules(priced.copy(), copies, raised == null ? null : raised.copy());
        copy.compiled = compiled;
        return copy;
    }

    /** Writes it as {@link #readFrom} reads it: a byte for the format's version, then what is remembered. */
    public void writeTo(DataOutput out) throws IOException {
        boolean hasRaised = raised != null && !raised.isEmpty();
        boolean isPlain = countFilled() == 0 && !hasRaised;
        out.writeByte(isPlain ? FORMAT : FORMAT_OF_MORE);
        priced.writeTo(out);
        if (!isPlain) {
            writeMore(out, hasRaised ? raised : null);
        }
    }

    private void writeMore(DataOutput out, @Nullable RaisedFlags flags) throws IOException {
        Varint.write(out, countFilled());
        for (RulesOfSelection other : others) {
            if (!other.isEmpty()) {
                writeSelection(out, other.prints());
                other.writeTo(out);
            }
        }
        out.writeBoolean(flags != null);
        if (flags != null) {
            flags.writeTo(out);
        }
    }

    private static void writeSelection(DataOutput out, PrintSelection prints) throws IOException {
        out.writeByte(prints.codes().size()); // none: all prints
        for (String code : prints.codes()) {
            out.writeUTF(code);
        }
    }

    private static PrintSelection readSelection(DataInput in) throws IOException {
        String[] codes = new String[in.readUnsignedByte()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = in.readUTF();
        }
        return codes.length == 0 ? PrintSelection.ALL : PrintSelection.of(List.of(codes));
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException also if it was written by another version of the job, in a format that is not known here
     */
    public static SymbolRules readFrom(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT && format != FORMAT_OF_MORE) {
            throw new IOException("What the rules remember is in format " + format + "; known are " + FORMAT + " and "
                    + FORMAT_OF_MORE);
        }
        RulesOfSelection priced = RulesOfSelection.readFrom(in, PrintSelection.PRICED);
        if (format == FORMAT) {
            return new SymbolRules(priced, NO_OTHERS, null);
        }
        RulesOfSelection[] others = new RulesOfSelection[(int) Varint.read(in)];
        for (int i = 0; i < others.length; i++) {
            others[i] = RulesOfSelection.readFrom(in, readSelection(in));
        }
        return new SymbolRules(priced, others, in.readBoolean() ? RaisedFlags.readFrom(in) : null);
    }

    /** Whether both remember the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SymbolRules memory && Arrays.equals(written(), memory.written());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(written());
    }

    private byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
