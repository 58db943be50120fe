package io.tapewatch.io.json;

import io.tapewatch.domain.Rejection.Reason;

/** Ends the reading of one record; its {@link RecordDecoder} makes a rejection of it. */
final class InvalidRecord extends RuntimeException {
    final Reason reason;

    InvalidRecord(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }
}
