package io.tapewatch.cli;

import io.tapewatch.io.rules.RuleFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The file of rules that a command is about. */
final class RuleArgument {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "FILE",
            description = "A JSON array of rules, or one rule; " + STANDARD_INPUT + " for standard input.")
    @SuppressWarnings("NullAway.Init") // Required.
    private String file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** What the file is called in messages. */
    String name() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    /**
     * Reads it.
     *
     * @throws ParameterException if it cannot be read
     * @throws Failure if it holds no rules
     */
    RuleFile read() throws Failure {
        try {
            return RuleFile.parse(name(), text());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private String text() throws Failure {
        try {
            byte[] bytes = bytes();
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure(name() + ": expected JSON in UTF-8, and it is not UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new ParameterException(command.commandLine(), file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(),
                    name() + ": cannot be read" + (Files.isDirectory(Path.of(file)) ? ": it is a folder" : ""),
                    e);
        }
    }

    private byte[] bytes() throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            InputStream in = System.in;
            return in.readAllBytes();
        }
        return Files.readAllBytes(Path.of(file));
    }
}
