package io.tapewatch.operators;

import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.trade.TradeSettings;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.Windows;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the tape is told.
 *
 * @param windows the settings of the windows
 * @param rules what rules can ask for
 * @param maxHeld how many ticks of a task wait for the watermark on the heap; beyond, they wait in state
 * @param moversWindow the name of the day window whose previous closes rules can ask for, or {@link
 *     MoversSettings#NO_WINDOW}
 * @param quotes how trades are joined with quotes, or null: there are none
 * @param trades what trades count for
 */
public record TapeSettings(
        WindowSettings windows,
        RuleLimits rules,
        int maxHeld,
        String moversWindow,
        @Nullable QuoteSettings quotes,
        TradeSettings trades)
        implements Serializable {

    public TapeSettings {
        if (rules.hasPreviousCloses() == moversWindow.equals(MoversSettings.NO_WINDOW)) {
            throw new IllegalArgumentException("rules can ask for previous closes: " + rules.hasPreviousCloses()
                    + ", and the window of movers is '" + moversWindow + "'; expected both or neither");
        }
        if (rules.hasQuotes() != (quotes != null)) {
            throw new IllegalArgumentException("rules can ask for quotes: " + rules.hasQuotes()
                    + ", and trades are joined with quotes: " + (quotes != null) + "; expected both or neither");
        }
    }

    Windows newWindows() {
        return windows.newWindows().takingBackFor(trades.keeping().horizon());
    }

    RuleBook newRuleBook() {
        return new RuleBook(rules);
    }

    boolean hasQuotes() {
        return rules.hasQuotes();
    }

    boolean hasInstruments() {
        return rules.hasInstruments();
    }
}
