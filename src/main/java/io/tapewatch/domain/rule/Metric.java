package io.tapewatch.domain.rule;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A figure that a condition compares with its limit. A metric that has no value at a tick meets no condition.
 *
 * <p>"The window" is the symbol's ticks in the trailing window, with this one; "the window before" is the same without
 * it. A change in per cent that is counted from a price of zero or less has no value.
 *
 * <p>Whether a metric meets its limit is decided by its exact value. {@link #RETURN_Z_SCORE} alone is a double: its returns
 * are quotients that have been rounded, and a deviation is a root.
 *
 * <p>"The quote" of a rule on trades is the one that stood when the trade was made, if it is not too old; of a rule on
 * quotes it is the quote that is checked. "The window of quotes" is the symbol's quotes in the trailing window: those that
 * came before the trade, or up to and including the quote.
 *
 * <p>What a metric is, and what it needs, stands here. How each is measured ({@code MetricValues}) and how a flag's message
 * tells it ({@code MetricWords}) stand in package {@code check}, in switches that name every metric: without a new one
 * they do not compile.
 */
public enum Metric {
    /** The tick's price. */
    PRICE("price"),

    /** The tick's size. None: the tick carries no size. */
    SIZE("size"),

    /** price · size. None: the tick carries no size. */
    NOTIONAL("notional"),

    /** (price / price of the tick before − 1) · 100. None: the symbol's first tick. */
    TICK_CHANGE_PCT("tickChangePct"),

    /** The seconds since the tick before. None: the symbol's first tick. */
    GAP_SECONDS("gapSeconds"),

    /** price − price of the window's oldest tick. None: the window holds this tick alone. */
    CHANGE("change", Reach.OVER, Aspect.FIRST),

    /** (price / price of the window's oldest tick − 1) · 100. None: the window holds this tick alone. */
    CHANGE_PCT("changePct", Reach.OVER, Aspect.FIRST),

    /** (highest price / lowest price of the window − 1) · 100. None: the window holds this tick alone. */
    RANGE_PCT("rangePct", Reach.OVER, Aspect.RANGE),

    /** (price / highest price of the window − 1) · 100, 0 or below. None: the window holds this tick alone. */
    FROM_HIGH_PCT("fromHighPct", Reach.OVER, Aspect.RANGE),

    /** (price / lowest price of the window − 1) · 100, 0 or above. None: the window holds this tick alone. */
    FROM_LOW_PCT("fromLowPct", Reach.OVER, Aspect.RANGE),

    /** The number of ticks in the window. */
    COUNT("count", Reach.OVER, Aspect.COUNT),

    /** Σ size over the window. None: no tick of it carries a size. */
    VOLUME("volume", Reach.OVER, Aspect.SIZES),

    /** Σ price · size over the window. None: no tick of it carries a size. */
    TURNOVER("turnover", Reach.OVER, Aspect.SIZES, Aspect.TURNOVER),

    /**
     * (price / VWAP of the window before − 1) · 100. None: that has no volume, or a VWAP that is not above zero.
     */
    VWAP_DEVIATION_PCT("vwapDeviationPct", Reach.OVER, Aspect.SIZES, Aspect.TURNOVER),

    /**
     * The tick's return, (price / price of the tick before − 1), in sample standard deviations of the returns of the
     * ticks in the window before. None: there are fewer than 30 of those, or the deviation is below 0.0001.
     */
    RETURN_Z_SCORE("returnZScore", Reach.OVER, Aspect.RETURNS),

    /** size / mean size of the window before. None: no size, fewer than 30 sized ticks before, or a mean of zero. */
    SIZE_RATIO("sizeRatio", Reach.OVER, Aspect.SIZES),

    /**
     * The volume of the window over that of the baseline scaled to the window's length. None: the window or the baseline
     * has no volume, the symbol's first tick is inside the baseline, or there are fewer than 30 ticks in it.
     */
    VOLUME_RATIO("volumeRatio", Reach.OVER_AND_BASELINE, Aspect.COUNT, Aspect.SIZES),

    /**
     * The number of ticks in the window over that in the baseline scaled to the window's length. None: the symbol's first
     * tick is inside the baseline, or there are fewer than 30 ticks in it.
     */
    COUNT_RATIO("countRatio", Reach.OVER_AND_BASELINE, Aspect.COUNT),

    /** (price / close of the previous day − 1) · 100, the day being that of the movers. None: no previous close. */
    DAY_CHANGE_PCT("dayChangePct"),

    /**
     * The spread of the quote in basis points of its mid, (ask − bid) / mid · 10⁴; negative when it is crossed. None: no
     * quote, one without a bid or an ask, or one with a mid that is not above zero.
     */
    SPREAD_BPS("spreadBps", Needs.QUOTES_ON_BOTH),

    /**
     * How far the trade was outside the quote in basis points of its mid, max(0, price − ask, bid − price) / mid · 10⁴.
     * None: as the spread, or the quote is crossed.
     */
    OFF_QUOTE_BPS("offQuoteBps", Needs.QUOTES_ON_TRADES),

    /** The seconds for which the quote had stood when the trade was made. None: no quote. */
    QUOTE_AGE_SECONDS("quoteAgeSeconds", Needs.QUOTES_ON_TRADES),

    /**
     * The share of the window's volume that bought, of that whose side is known: Σ size bought / (Σ size bought + Σ size
     * sold) · 100. A trade without a side of its own has that of its quote. None: no volume with a side.
     */
    BUY_PCT("buyPct", Reach.OVER, Needs.QUOTES_ON_TRADES, Aspect.SIDES),

    /** The number of quotes in the window of quotes. */
    QUOTE_COUNT("quoteCount", Reach.OVER, Needs.QUOTES_ON_BOTH, Aspect.COUNT),

    /**
     * The number of quotes in the window of quotes over that in the baseline scaled to the window's length. None: the
     * symbol's first quote is inside the baseline, or there are fewer than 30 quotes in it.
     */
    QUOTE_RATIO("quoteRatio", Reach.OVER_AND_BASELINE, Needs.QUOTES_ON_BOTH, Aspect.COUNT),

    /** The seconds for which the symbol has not ticked. It is raised by event time and stands alone in its rule. */
    SILENCE_SECONDS("silenceSeconds");

    /** Which windows a metric is measured over, in the words of a condition. */
    private enum Reach {
        NO_WINDOW,
        OVER,
        OVER_AND_BASELINE
    }

    /** What a metric needs, and what it is measured on. */
    private enum Needs {
        TRADES,
        QUOTES_ON_TRADES,
        QUOTES_ON_BOTH
    }

    private final String word;
    private final Reach reach;
    private final Needs needs;

    @SuppressWarnings("ImmutableEnumChecker") // It is a view that cannot be modified, of a set that nobody else has.
    private final Set<Aspect> aspects;

    Metric(String word) {
        this(word, Needs.TRADES);
    }

    Metric(String word, Needs needs) {
        this(word, Reach.NO_WINDOW, needs, EnumSet.noneOf(Aspect.class));
    }

    /** Over a window, of which it needs one aspect at least. */
    Metric(String word, Reach reach, Aspect aspect, Aspect... more) {
        this(word, reach, Needs.TRADES, EnumSet.of(aspect, more));
    }

    Metric(String word, Reach reach, Needs needs, Aspect aspect, Aspect... more) {
        this(word, reach, needs, EnumSet.of(aspect, more));
    }

    Metric(String word, Reach reach, Needs needs, Set<Aspect> aspects) {
        this.word = word;
        this.reach = reach;
        this.needs = needs;
        this.aspects = Collections.unmodifiableSet(aspects);
    }

    /** How rules and flags spell it: {@code tickChangePct}. */
    public String word() {
        return word;
    }

    /** Whether it is measured by what a trade says itself: its price and its size. */
    public boolean isOfTradeAlone() {
        return this == PRICE || this == SIZE || this == NOTIONAL;
    }

    /** Whether it is measured over a trailing window, so that its condition needs {@code over}. */
    public boolean isWindowed() {
        return reach != Reach.NO_WINDOW;
    }

    /** Whether it compares that window with the one before, so that its condition needs {@code baseline}. */
    public boolean isCompared() {
        return reach == Reach.OVER_AND_BASELINE;
    }

    /** What it needs of its window, and of its baseline; nothing if it is measured over no window. */
    public Set<Aspect> aspects() {
        return aspects;
    }

    /** Whether it has a value only where there are quotes. */
    public boolean needsQuotes() {
        return needs != Needs.TRADES;
    }

    /** Whether rules on trades, or on quotes, can ask for it. */
    public boolean isMeasuredOn(Rule.On on) {
        return on == Rule.On.TRADE || needs == Needs.QUOTES_ON_BOTH;
    }

    /** Whether its window is one of quotes. */
    public boolean countsQuotes() {
        return isWindowed() && needs == Needs.QUOTES_ON_BOTH;
    }
}
