package io.tapewatch.cli;

import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Reads what options say, and refuses what makes no sense, in one line that names the option.
 *
 * @param command the command whose options they are
 */
record OptionReader(CommandLine command) {

    /** What can only be told by reading a file. */
    @FunctionalInterface
    interface OfFile<R> {
        R read(Recording recording) throws IOException;
    }

    <R> R read(String option, Path file, OfFile<R> reader) {
        return read(option, Recording.file(file), reader);
    }

    <R> R read(String option, Recording file, OfFile<R> reader) {
        try {
            return reader.read(file);
        } catch (RecordingException e) {
            throw wrong(option, e.getMessage());
        } catch (IOException e) {
            throw wrong(option, file.name() + ": " + e.getMessage());
        }
    }

    <T, R> R read(String option, T text, Function<T, R> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option, e.getMessage());
        }
    }

    int inRange(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw wrong(option, "expected " + lowest + " to " + highest + ", found " + value);
        }
        return value;
    }

    ParameterException wrong(String option, String message) {
        return wrong(option + ": " + message);
    }

    ParameterException wrong(String message) {
        return new ParameterException(command, message);
    }
}
