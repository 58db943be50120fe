package io.tapewatch.io;

import io.tapewatch.domain.Rejection.Reason;

/** Ends the reading of one price record; the {@link PriceDecoder} makes a rejection of it. */
final class InvalidPrice extends RuntimeException {
    final Reason reason;

    InvalidPrice(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }
}
