package io.tapewatch.operators;

import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.domain.window.Windows;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the tape is told.
 *
 * @param windows the windows, such as {@code 1m,1h}
 * @param allowedLateness how long after its end a window may still change, in milliseconds
 * @param latenessOf the lateness of windows that differ from that, by the window's canonical name
 * @param reviseEvery the least event time between two revisions of a window, in milliseconds
 * @param previousCloseMaxAge how long before a window the one may have ended that it is compared with, in milliseconds
 * @param maxRules how many rules may be in force
 * @param maxRuleWindows how many distinct trailing windows they may look at
 * @param maxRuleOver how long such a window may be, in milliseconds
 * @param maxHeld how many ticks of a task wait for the watermark on the heap; beyond, they wait in state
 * @param moversWindow the name of the day window whose previous closes rules can ask for, or {@link
 *     MoversSettings#NO_WINDOW}
 * @param quotes how trades are joined with quotes, or null: there are none
 * @param hasInstruments whether instruments are known
 */
public record TapeSettings(
        String windows,
        long allowedLateness,
        Map<String, Long> latenessOf,
        long reviseEvery,
        long previousCloseMaxAge,
        int maxRules,
        int maxRuleWindows,
        long maxRuleOver,
        int maxHeld,
        String moversWindow,
        QuoteSettings quotes,
        boolean hasInstruments)
        implements Serializable {

    public TapeSettings {
        latenessOf = Map.copyOf(latenessOf);
    }

    public Windows newWindows() {
        List<WindowSpec> specs = WindowSpec.parseList(windows);
        return new Windows(specs, allowedLateness, latenessOf, reviseEvery, previousCloseMaxAge);
    }

    boolean hasQuotes() {
        return quotes != null;
    }

    RuleBook newRuleBook() {
        return new RuleBook(new RuleLimits(
                maxRules,
                maxRuleWindows,
                maxRuleOver,
                !moversWindow.equals(MoversSettings.NO_WINDOW),
                hasQuotes(),
                hasInstruments));
    }
}
