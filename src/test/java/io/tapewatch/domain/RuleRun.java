package io.tapewatch.domain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** The rules, shown what the naive replay is shown. */
final class RuleRun {

    final RuleBook book =
            new RuleBook(new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, false, false));
    final List<NaiveFlag> flags = new ArrayList<>();

    private final LongToDoubleFunction previousClose;
    private final boolean whenDueAlone;
    private RuleMemory memory = new RuleMemory();

    /** @param whenDueAlone whether the memory is told of event time only when it asks to be */
    RuleRun(List<Rule> rules, LongToDoubleFunction previousClose, boolean whenDueAlone) {
        rules.forEach(book::restore);
        this.previousClose = previousClose;
        this.whenDueAlone = whenDueAlone;
    }

    void show(Shown shown) {
        if (shown instanceof Shown.InOrder inOrder) {
            Unquoted.check(memory, inOrder.tick(), book, previousClose, this::add);
        } else if (shown instanceof Shown.Late late) {
            Unquoted.checkLate(memory, late.tick(), book, this::add);
        } else if (shown instanceof Shown.Watermark watermark) {
            advanceTo(watermark.time());
        }
    }

    /** The end of the input. */
    void end() {
        advanceTo(Long.MAX_VALUE);
    }

    private void advanceTo(long watermark) {
        boolean isDue = memory.due() <= watermark;
        int before = flags.size();
        if (isDue || !whenDueAlone) {
            memory.advanceTo(watermark, Instrument.unknown(RuleCases.SYMBOL), book, this::add);
        }
        if (!isDue && flags.size() > before) {
            throw new AssertionError("Raised at " + watermark + " when nothing was due: " + flags.get(before));
        }
        if (memory.due() <= watermark && watermark != Long.MAX_VALUE) {
            throw new AssertionError("Still due at " + memory.due() + " when event time is " + watermark);
        }
    }

    private void add(Flag flag) {
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
        RuleMemory read = RuleMemory.readFrom(in);
        if (in.read() != -1 || !read.equals(memory) || read.hashCode() != memory.hashCode()) {
            throw new AssertionError("What is read is not what was written");
        }
        memory = read;
    }
}
