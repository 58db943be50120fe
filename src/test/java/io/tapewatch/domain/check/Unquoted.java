package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.trade.Eligibility;
import java.util.function.Consumer;

/** Checks ticks as in a job that has no quotes and knows no instruments. */
public final class Unquoted {

    private Unquoted() {}

    public static void check(SymbolRules memory, Tick tick, RuleBook book, Closes previousClose, Consumer<Flag> flags) {
        memory.check(
                tick,
                Eligibility.ALL,
                QuoteAtTrade.NOTHING,
                Instrument.unknown(tick.symbol()),
                book,
                previousClose,
                flags);
    }

    public static void checkLate(SymbolRules memory, Tick tick, RuleBook book, Consumer<Flag> flags) {
        memory.checkLate(tick, Eligibility.ALL, Instrument.unknown(tick.symbol()), book, flags);
    }
}
