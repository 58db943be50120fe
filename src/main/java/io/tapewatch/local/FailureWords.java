package io.tapewatch.local;

import io.tapewatch.io.sink.CsvNotWritten;
import java.nio.file.Path;

/** What a person reads of a failure. */
final class FailureWords {

    private FailureWords() {}

    /**
     * One line that says why.
     *
     * @param csv the folder of the CSV files, as the user knows it
     */
    static String of(Throwable failure, Path csv) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CsvNotWritten notWritten) {
                return csv + " " + notWritten.fault();
            }
        }
        Throwable root = root(failure);
        String message = root.getMessage();
        String line = message == null ? "" : ": " + message.lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + line;
    }

    /** What all began with. */
    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
