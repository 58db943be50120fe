package io.tapewatch.domain;

/**
 * How often a window has been published that late ticks came to. A window without one has been published once when its
 * end was reached, if it had ticks.
 */
final class Revision {

    final String window;
    final long start;

    /** The number of the revision published last, or −1 when none is yet. */
    int published;

    /** The watermark at that publication. */
    long publishedAt = Long.MIN_VALUE;

    /** The watermark at which the next one is due, or {@link #NOTHING_DUE}. */
    long due = NOTHING_DUE;

    static final long NOTHING_DUE = Long.MAX_VALUE;

    Revision(String window, long start, int published) {
        this.window = window;
        this.start = start;
        this.published = published;
    }

    Revision copy() {
        Revision copy = new Revision(window, start, published);
        copy.publishedAt = publishedAt;
        copy.due = due;
        return copy;
    }
}
