package io.tapewatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The log of a local run. */
final class LogFile {

    private LogFile() {}

    /**
     * Expects that the log can be written. Log4j would print a stack trace for each line of the log.
     *
     * @throws Failure if not
     */
    static void expectWritable(Path log) throws Failure {
        Path folder = Objects.requireNonNull(log.toAbsolutePath().getParent(), "folder");
        Path parent = Objects.requireNonNull(folder.getParent(), "parent");
        boolean writable;
        if (Files.exists(folder)) {
            writable = Files.isDirectory(folder) && Files.isWritable(folder) && isWritableFile(log);
        } else {
            writable = Files.isWritable(parent);
        }
        if (!writable) {
            throw new Failure("the log " + log + " cannot be written in " + parent
                    + "; start from a folder that you can write to");
        }
    }

    private static boolean isWritableFile(Path log) {
        return !Files.exists(log) || Files.isRegularFile(log) && Files.isWritable(log);
    }
}
