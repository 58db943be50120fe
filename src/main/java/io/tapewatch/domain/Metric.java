package io.tapewatch.domain;

/** What a condition looks at. A metric that has no value at a tick meets no condition. */
public enum Metric {
    /** The tick's price. */
    PRICE("price", false),

    /** The tick's size. None: the tick carries no size. */
    SIZE("size", false),

    /** (price / price of the tick before − 1) · 100. None: the symbol's first tick. */
    TICK_CHANGE_PCT("tickChangePct", false),

    /** (price / price of the window's oldest tick − 1) · 100. None: the window holds this tick alone. */
    CHANGE_PCT("changePct", true);

    private final String word;
    private final boolean windowed;

    Metric(String word, boolean windowed) {
        this.word = word;
        this.windowed = windowed;
    }

    /** How rules and flags spell it: {@code tickChangePct}. */
    public String word() {
        return word;
    }

    /** Whether it looks at a trailing window, so that its condition needs {@code over}. */
    public boolean isWindowed() {
        return windowed;
    }
}
