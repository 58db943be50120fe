package io.tapewatch.operators;

import io.tapewatch.domain.RuleMemory;
import io.tapewatch.domain.SymbolWindows;

/**
 * What is known about a symbol besides its slices and the ticks that wait.
 *
 * @param windows its windows
 * @param rules what the rules remember of it
 * @param publishedThrough the watermark up to which its windows have been published
 * @param firstHeld the earliest event time of its ticks in the state of held ticks, or {@link #NONE_HELD}
 */
record SymbolState(SymbolWindows windows, RuleMemory rules, long publishedThrough, long firstHeld) {

    static final long NONE_HELD = Long.MAX_VALUE;

    SymbolState() {
        this(new SymbolWindows(), new RuleMemory(), Long.MIN_VALUE, NONE_HELD);
    }

    boolean isEmpty() {
        return windows.isEmpty() && rules.isEmpty() && firstHeld == NONE_HELD;
    }
}
