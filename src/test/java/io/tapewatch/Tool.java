package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool as a user runs it: a process of its own. */
final class Tool {

    private static final long LONGEST_SECONDS = 180;

    /** What a process returns that was asked to end: 128 and the signal. */
    static final int STOPPED = 143;

    private Tool() {}

    /** What a tool said, and its exit code. */
    record Said(int exitCode, List<String> out, List<String> err) {
        Said ends(int expected) {
            assertThat(exitCode).as("%s", this).isEqualTo(expected);
            return this;
        }
    }

    /** One that was started; what it says is in files. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {

        boolean isAlive() {
            return process.isAlive();
        }

        /** Asks it to end. */
        void stop() {
            Tool.stop(process);
        }

        /** Waits until it has ended. */
        Said said() throws IOException, InterruptedException {
            return new Said(exitCode(process), Files.readAllLines(out), Files.readAllLines(err));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Runs it to its end. */
    static Said run(Path folder, String input, String... arguments) throws IOException, InterruptedException {
        return start(folder, input, process(folder, arguments)).said();
    }

    /** Starts it. */
    static Running start(Path folder, String input, ProcessBuilder process) throws IOException {
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        return new Running(
                process.redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /**
     * Asks a process to end, as Ctrl-C does, but with the signal that it heeds also where the tests run in the background of
     * a shell, in which that of Ctrl-C is ignored.
     */
    static void stop(Process process) {
        // The process itself would close its streams at once.
        process.toHandle().destroy();
    }

    /** What it returns when it ends, as it is expected to. */
    static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", process.info())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** One that can be started. */
    static ProcessBuilder process(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        if (LongPatience.isInForce()) {
            command.add(1, LongPatience.OPTION);
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    /** One that waits for Kafka's answers as long as it does for a person, also in a test with {@link LongPatience}. */
    static ProcessBuilder impatient(Path folder, String... arguments) {
        ProcessBuilder process = process(folder, arguments);
        process.command().remove(LongPatience.OPTION);
        return process;
    }
}
