package io.tapewatch.bench.contender;

/** What a contender may promise of its results. Who promises less has less to do: the table says so. */
public enum Promise {
    /** A tick that comes behind the watermark, or behind the time that was reached, still counts. */
    LATE_TICKS("late ticks"),
    /** A window that a late tick changed is published again. */
    CORRECTIONS("corrections"),
    /** Open and close are the first and the last tick by event time, whichever came first. */
    ORDER("order"),
    /** Sums do not depend on the order of what is added, to the last digit. */
    EXACT_SUMS("exact sums");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    /** The name of its column. */
    public String words() {
        return words;
    }
}
