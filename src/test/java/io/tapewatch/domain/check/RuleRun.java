package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rules, shown what the naive replay is shown. */
final class RuleRun {

    final RuleBook book =
            new RuleBook(new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, true, true));
    final List<NaiveFlag> flags = new ArrayList<>();

    /** The same with all that they say. */
    final List<Flag> whole = new ArrayList<>();

    private final Closes previousClose;
    private final QuoteSettings settings;
    private final boolean whenDueAlone;
    private SymbolRules memory = new SymbolRules();
    private final SymbolQuotes quotes = new SymbolQuotes();
    private Instrument instrument = Instrument.unknown(RuleCases.SYMBOL);
    private Instrument known;
    private long watermark = Long.MIN_VALUE;

    /** @param whenDueAlone whether the memory is told of event time only when it asks to be */
    RuleRun(List<Rule> rules, Closes previousClose, QuoteSettings settings, boolean whenDueAlone) {
        rules.forEach(book::restore);
        this.previousClose = previousClose;
        this.settings = settings;
        this.whenDueAlone = whenDueAlone;
    }

    void show(Shown shown) {
        if (shown instanceof Shown.InOrder inOrder) {
            QuoteAtTrade asOf = quotes.of(inOrder.tick(), settings);
            memory.check(
                    inOrder.tick(),
                    NaivePrints.eligibility(inOrder.tick()),
                    asOf,
                    instrument,
                    book,
                    previousClose,
                    this::add);
        } else if (shown instanceof Shown.Late late) {
            memory.checkLate(late.tick(), NaivePrints.eligibility(late.tick()), instrument, book, this::add);
        } else if (shown instanceof Shown.QuoteInOrder inOrder) {
            quotes.take(inOrder.quote());
            memory.checkQuote(inOrder.quote(), instrument, book, this::add);
        } else if (shown instanceof Shown.LateQuote late) {
            if (quotes.takeLate(late.quote(), watermark, settings)) {
                memory.checkLateQuote(late.quote(), instrument, book, this::add);
            }
        } else if (shown instanceof Shown.Watermark event) {
            watermark = event.time();
            advanceTo(event.time());
        } else if (shown instanceof Shown.Known change) {
            known = change.instrument();
            Instrument now = known == null ? Instrument.unknown(RuleCases.SYMBOL) : known;
            memory.instrumentChanged(instrument, now, book, watermark);
            instrument = now;
        }
    }

    /** The end of the input. */
    void end() {
        advanceTo(Long.MAX_VALUE);
    }

    private void advanceTo(long time) {
        boolean isDue = memory.due() <= time;
        int before = flags.size();
        if (isDue || !whenDueAlone) {
            memory.advanceTo(time, instrument, book, this::add);
        }
        if (!isDue && flags.size() > before) {
            throw new AssertionError("Raised at " + time + " when nothing was due: " + flags.get(before));
        }
        if (memory.due() <= time && time != Long.MAX_VALUE) {
            throw new AssertionError("Still due at " + memory.due() + " when event time is " + time);
        }
    }

    private void add(Flag flag) {
        if (!Objects.equals(flag.instrument(), known)) {
            throw new AssertionError("Published with another instrument than " + known + ": " + flag);
        }
        whole.add(flag);
        flags.add(NaiveFlag.of(flag));
    }

    // What changes nothing.

    void forget(long time) {
        memory.forget(time);
    }

    void copy() {
        memory = memory.copy();
    }

    void writeAndRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.writeTo(new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        SymbolRules read = SymbolRules.readFrom(in);
        if (in.read() != -1 || !read.equals(memory) || read.hashCode() != memory.hashCode()) {
            throw new AssertionError("What is read is not what was written");
        }
        memory = read;
    }
}
