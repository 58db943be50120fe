package io.tapewatch.feed.recorded;

import java.io.IOException;

/** A recording that cannot be read; the message names the file, the line and what was expected there. */
public final class RecordingException extends IOException {
    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
