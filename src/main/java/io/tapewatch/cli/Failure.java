package io.tapewatch.cli;

/** What went wrong, in one line that says all there is to say. */
final class Failure extends Exception {

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
