package io.tapewatch.domain;

import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;

/** Checks ticks as in a job that has no quotes and knows no instruments. */
public final class Unquoted {

    private Unquoted() {}

    public static void check(
            RuleMemory memory, Tick tick, RuleBook book, LongToDoubleFunction previousClose, Consumer<Flag> flags) {
        memory.check(tick, AsOf.NOTHING, Instrument.unknown(tick.symbol()), book, previousClose, flags);
    }

    public static void checkLate(RuleMemory memory, Tick tick, RuleBook book, Consumer<Flag> flags) {
        memory.checkLate(tick, Instrument.unknown(tick.symbol()), book, flags);
    }
}
