package io.tapewatch.domain;

/**
 * The close of a symbol's last final window of one form.
 *
 * @param window the form, by its canonical name
 * @param through the windows that end at or before this are taken into account
 * @param end the end of the last of them that had ticks, or {@link #NONE}
 * @param close its close
 */
record SettledClose(String window, long through, long end, double close) {

    /** What {@link #end} is when none of them had ticks. */
    static final long NONE = Long.MIN_VALUE;

    boolean isKnown() {
        return end != NONE;
    }

    /** The same without a close: it is too old to be compared with. */
    SettledClose forgotten() {
        return new SettledClose(window, through, NONE, 0);
    }
}
