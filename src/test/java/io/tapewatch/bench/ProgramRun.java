package io.tapewatch.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program that was run to its end.
 *
 * @param command what was run
 * @param exitCode what it returned
 * @param output what it printed
 */
record ProgramRun(List<String> command, int exitCode, String output) {

    private static final int LAST_LINES = 30;

    /**
     * Runs a program, without input.
     *
     * @param folder where it runs
     * @throws InterruptedException also if the program has ended when the thread is interrupted: what ended it is Ctrl-C then
     */
    static ProgramRun run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // The builds of both sides are of the JDK that runs them.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ProgramRun run = new ProgramRun(command, process.waitFor(), output);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return run;
    }

    /** @throws IOException if it failed; with the end of what it printed */
    ProgramRun expectSuccess() throws IOException {
        if (exitCode != 0) {
            String[] lines = output.split("\n");
            throw new IOException(name() + " ended with exit code " + exitCode + ":\n"
                    + Arrays.stream(lines)
                            .skip(Math.max(0, lines.length - LAST_LINES))
                            .collect(Collectors.joining("\n")));
        }
        return this;
    }

    /** The program and what it was asked, but for class paths and the like. */
    private String name() {
        return command.stream().filter(word -> word.length() < 100).collect(Collectors.joining(" "));
    }
}
