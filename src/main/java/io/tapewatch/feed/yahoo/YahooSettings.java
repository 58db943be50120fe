package io.tapewatch.feed.yahoo;

import java.time.Duration;
import java.util.List;

/**
 * What is asked for, how often, and what is sent of it.
 *
 * @param symbols one or more, each once
 * @param every how long after a turn a symbol's next one is
 * @param once whether each symbol has but one turn
 * @param maxStale how old a price may be
 * @param plain whether the bare price is sent, without symbol and time
 */
public record YahooSettings(List<String> symbols, Duration every, boolean once, Duration maxStale, boolean plain) {
    public YahooSettings {
        symbols = List.copyOf(symbols);
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("expected one symbol or more, found none");
        }
    }
}
