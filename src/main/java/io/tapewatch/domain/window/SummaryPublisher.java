package io.tapewatch.domain.window;

/** The reader of a symbol's summaries. */
@FunctionalInterface
public interface SummaryPublisher {

    /** A result of a window. */
    void publish(Summary summary);

    /** A result of a window that is not whole is due, and is not published. */
    default void leaveOut() {}
}
