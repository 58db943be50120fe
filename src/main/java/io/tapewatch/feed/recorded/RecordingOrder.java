package io.tapewatch.feed.recorded;

import java.util.Locale;

/** The order in which the rows of a file are replayed. */
public enum RecordingOrder {
    /** By time: a file whose times go back too far is sorted. */
    TIME,
    /** As they stand in the file, such as the order in which they arrived. */
    FILE;

    /**
     * The order of this name.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public static RecordingOrder parse(String name) {
        for (RecordingOrder order : values()) {
            if (order.toString().equals(name)) {
                return order;
            }
        }
        throw new IllegalArgumentException("expected time or file, found '" + name + "'");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
