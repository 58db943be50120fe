package io.tapewatch.feed.recorded;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one recording, of prices or of quotes. */
abstract class RecordedRows implements FeedRows {

    final RecordingRows rows;

    RecordedRows(RecordingRows rows) {
        this.rows = rows;
    }

    /**
     * The next row, or null after the last.
     *
     * @throws RecordingException if the row does not hold what it should
     */
    @Override
    public abstract @Nullable FeedRow next() throws RecordingException;

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
