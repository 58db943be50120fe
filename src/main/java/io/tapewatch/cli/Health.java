package io.tapewatch.cli;

import java.util.Locale;

/** How the job is, for monitoring; the worst last. */
enum Health {
    OK(0),
    /** It could not be found out. */
    UNKNOWN(3),
    /** It runs, and something is wrong. */
    WARNING(1),
    /** It does not run. */
    CRITICAL(1);

    private final int exitCode;

    Health(int exitCode) {
        this.exitCode = exitCode;
    }

    /** 2 is a command line that makes no sense, as with all commands. */
    int exitCode() {
        return exitCode;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of two. */
    Health and(Health other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
