package io.tapewatch.domain;

/**
 * How often a window has been published that late ticks came to. A window without one has been published once when its
 * end was reached, if it had ticks.
 */
final class Revision {

    static final long NOTHING_DUE = Long.MAX_VALUE;

    final String window;
    final long start;

    /** The number of the revision published last, or −1 when none is yet. */
    int published;

    /** The event time of that publication. */
    long publishedAt;

    /** The watermark at which the next one is due, or {@link #NOTHING_DUE}. */
    long due;

    Revision(String window, long start, int published, long publishedAt, long due) {
        this.window = window;
        this.start = start;
        this.published = published;
        this.publishedAt = publishedAt;
        this.due = due;
    }

    /** Of a window whose end was reached without ticks. */
    static Revision ofUnpublished(String window, long start) {
        return new Revision(window, start, -1, Long.MIN_VALUE, NOTHING_DUE);
    }

    /** Of a window that was published at its end. */
    static Revision ofPublished(String window, long start, long publishedAt) {
        return new Revision(window, start, 0, publishedAt, NOTHING_DUE);
    }

    Revision copy() {
        return new Revision(window, start, published, publishedAt, due);
    }
}
