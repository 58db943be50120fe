package io.tapewatch.feed.recorded;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Recordings one after the other. Each is open while it is read, and not before. */
final class RecordedFiles implements FeedRows {

    /** How a recording is opened. */
    @FunctionalInterface
    interface Opener {
        FeedRows open(Recording recording) throws RecordingException;
    }

    private final Iterator<Recording> toCome;
    private final Opener opener;
    private FeedRows current;

    RecordedFiles(List<Recording> recordings, Opener opener) {
        this.toCome = recordings.iterator();
        this.opener = opener;
    }

    @Override
    public FeedRow next() throws IOException {
        while (current != null || toCome.hasNext()) {
            if (current == null) {
                current = opener.open(toCome.next());
            }
            FeedRow row = current.next();
            if (row != null) {
                return row;
            }
            close();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            FeedRows closing = current;
            current = null;
            closing.close();
        }
    }
}
