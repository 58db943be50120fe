package io.tapewatch.operators;

import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.trade.TradeSettings;
import io.tapewatch.domain.window.WindowSettings;
import java.util.Map;

/** Settings of the tape, but for what a test says otherwise. */
final class TestSettings {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;

    private final String windows;
    private long lateness = 10 * MINUTE;
    private Map<String, Long> latenessOf = Map.of();
    private long reviseEvery = SECOND;
    private long previousCloseMaxAge = 32 * DAY;
    private int maxRules = 100;
    private int maxRuleWindows = 8;
    private int maxHeld = 1_000_000;
    private String moversWindow = MoversSettings.NO_WINDOW;
    private QuoteSettings quotes;
    private boolean hasInstruments;
    private ConditionTable conditions;
    private KeepingSettings keeping = KeepingSettings.NONE;
    private NumberSequence sequence = NumberSequence.NONE;

    private TestSettings(String windows) {
        this.windows = windows;
    }

    /** @param windows the windows, such as {@code 1m,1h} */
    static TestSettings ofWindows(String windows) {
        return new TestSettings(windows);
    }

    TestSettings lateness(long millis) {
        lateness = millis;
        return this;
    }

    TestSettings latenessOf(Map<String, Long> millisByWindow) {
        latenessOf = millisByWindow;
        return this;
    }

    TestSettings reviseEvery(long millis) {
        reviseEvery = millis;
        return this;
    }

    TestSettings previousCloseMaxAge(long millis) {
        previousCloseMaxAge = millis;
        return this;
    }

    TestSettings maxRules(int count) {
        maxRules = count;
        return this;
    }

    TestSettings maxRuleWindows(int count) {
        maxRuleWindows = count;
        return this;
    }

    TestSettings maxHeld(int ticks) {
        maxHeld = ticks;
        return this;
    }

    TestSettings moversWindow(String name) {
        moversWindow = name;
        return this;
    }

    TestSettings quotes(QuoteSettings settings) {
        quotes = settings;
        return this;
    }

    TestSettings keeping(KeepingSettings settings) {
        keeping = settings;
        return this;
    }

    TestSettings instruments() {
        hasInstruments = true;
        return this;
    }

    /** With a table of sale conditions. */
    TestSettings conditions(ConditionTable table) {
        conditions = table;
        return this;
    }

    /** Which ticks are numbered without gaps. */
    TestSettings sequence(NumberSequence numbered) {
        sequence = numbered;
        return this;
    }

    TapeSettings tape() {
        return new TapeSettings(
                new WindowSettings(windows, lateness, latenessOf, reviseEvery, previousCloseMaxAge),
                new RuleLimits(
                        maxRules,
                        maxRuleWindows,
                        Condition.MAX_OVER,
                        !moversWindow.equals(MoversSettings.NO_WINDOW),
                        quotes != null,
                        hasInstruments,
                        keeping.horizon()),
                maxHeld,
                moversWindow,
                quotes,
                new TradeSettings(conditions, keeping, sequence));
    }
}
