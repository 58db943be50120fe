package io.tapewatch.feed;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Recordings one after the other. Each is open while it is read, and not before. */
final class RecordedFiles implements RecordedRows {

    /** How a recording is opened. */
    @FunctionalInterface
    interface Opener {
        RecordedRows open(Recording recording) throws RecordingException;
    }

    private final Iterator<Recording> toCome;
    private final Opener opener;
    private RecordedRows current;

    RecordedFiles(List<Recording> recordings, Opener opener) {
        this.toCome = recordings.iterator();
        this.opener = opener;
    }

    @Override
    public Recorded next() throws IOException {
        while (current != null || toCome.hasNext()) {
            if (current == null) {
                current = opener.open(toCome.next());
            }
            Recorded row = current.next();
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
            RecordedRows closing = current;
            current = null;
            closing.close();
        }
    }
}
