package io.tapewatch.operators;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.RuleMemory;
import io.tapewatch.domain.SymbolQuotes;
import io.tapewatch.domain.WindowsState;
import java.util.List;

/**
 * What is known about a symbol besides its slices and the ticks and quotes that wait.
 *
 * @param windows its windows
 * @param rules what the rules remember of it
 * @param quotes what is kept of its quotes
 * @param instrument what is known about the instrument, or null
 * @param publishedThrough the watermark up to which its windows have been published
 * @param held the seconds of which there are records in the state of held ones, in their order
 * @param timer the watermark at which Flink brings it back, or {@link #NOTHING}
 * @param forgetAt the watermark at which what the rules remember has no meaning any more, or {@link #NOTHING}
 */
record SymbolState(
        WindowsState windows,
        RuleMemory rules,
        SymbolQuotes quotes,
        Instrument instrument,
        long publishedThrough,
        List<Long> held,
        long timer,
        long forgetAt) {

    /** A watermark that means never. */
    static final long NOTHING = Long.MAX_VALUE;

    SymbolState() {
        this(
                new WindowsState(),
                new RuleMemory(),
                new SymbolQuotes(),
                null,
                Long.MIN_VALUE,
                List.of(),
                NOTHING,
                NOTHING);
    }

    boolean isEmpty() {
        return windows.isEmpty() && rules.isEmpty() && quotes.isEmpty() && instrument == null && held.isEmpty();
    }
}
