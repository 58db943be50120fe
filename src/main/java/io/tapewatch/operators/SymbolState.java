package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.trade.SymbolTrades;
import io.tapewatch.domain.window.WindowsState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a symbol besides its slices and the ticks and quotes that wait.
 *
 * @param windows its windows
 * @param rules what the rules remember of it
 * @param quotes what is kept of its quotes
 * @param trades what is kept of its trades to tell what a trade counts for
 * @param instrument what is known about the instrument
 * @param publishedThrough the watermark up to which its windows have been published
 * @param held the seconds of which there are records in the state of held ones, in their order
 * @param timer the watermark at which Flink brings it back, or {@link EventTimes#NEVER}
 * @param forgetAt the watermark at which what the rules remember has no meaning any more, or {@link EventTimes#NEVER}
 */
record SymbolState(
        WindowsState windows,
        SymbolRules rules,
        SymbolQuotes quotes,
        SymbolTrades trades,
        @Nullable Instrument instrument,
        long publishedThrough,
        List<Long> held,
        long timer,
        long forgetAt) {

    SymbolState() {
        this(
                new WindowsState(),
                new SymbolRules(),
                new SymbolQuotes(),
                new SymbolTrades(),
                null,
                Long.MIN_VALUE,
                List.of(),
                EventTimes.NEVER,
                EventTimes.NEVER);
    }

    boolean isEmpty() {
        return windows.isEmpty()
                && rules.isEmpty()
                && quotes.isEmpty()
                && trades.isEmpty()
                && instrument == null
                && held.isEmpty();
    }
}
