package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.Eligibility;
import java.util.function.BiConsumer;

/** The trades of one symbol that are kept. */
public interface Trades {

    /** Hands over those of a time from {@code from} to before {@code to}, in any order; both are of one minute. */
    void read(long from, long to, BiConsumer<Tick, Eligibility> reader);
}
