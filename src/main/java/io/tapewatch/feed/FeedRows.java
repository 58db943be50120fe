package io.tapewatch.feed;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What there is to put on the tape, in its order. */
public interface FeedRows extends Closeable {

    /**
     * The next row, or null after the last.
     *
     * @throws IOException if it cannot be read, or does not hold what it should
     */
    @Nullable
    FeedRow next() throws IOException;

    @Override
    default void close() throws IOException {}
}
