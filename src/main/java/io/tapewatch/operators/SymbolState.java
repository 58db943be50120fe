package io.tapewatch.operators;

import io.tapewatch.domain.RuleMemory;
import io.tapewatch.domain.WindowsState;
import java.util.List;

/**
 * What is known about a symbol besides its slices and the ticks that wait.
 *
 * @param windows its windows
 * @param rules what the rules remember of it
 * @param publishedThrough the watermark up to which its windows have been published
 * @param held the seconds of which there are ticks in the state of held ticks, in their order
 * @param timer the watermark at which Flink brings it back, or {@link #NOTHING}
 * @param forgetAt the watermark at which what the rules remember has no meaning any more, or {@link #NOTHING}
 */
record SymbolState(
        WindowsState windows, RuleMemory rules, long publishedThrough, List<Long> held, long timer, long forgetAt) {

    /** A watermark that means never. */
    static final long NOTHING = Long.MAX_VALUE;

    SymbolState() {
        this(new WindowsState(), new RuleMemory(), Long.MIN_VALUE, List.of(), NOTHING, NOTHING);
    }

    boolean isEmpty() {
        return windows.isEmpty() && rules.isEmpty() && held.isEmpty();
    }
}
