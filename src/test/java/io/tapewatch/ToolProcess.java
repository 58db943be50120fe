package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command as a user runs it: a process of its own, in a folder of its own. */
final class ToolProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    /** What a command said, and its exit code. */
    record Said(int exitCode, List<String> out, List<String> err) {
        Said ends(int expected) {
            assertThat(exitCode).as("%s", this).isEqualTo(expected);
            return this;
        }
    }

    private ToolProcess(List<String> command, Path folder, Path in) throws IOException {
        this.command = command;
        this.out = folder.resolve("out.txt");
        this.err = folder.resolve("err.txt");
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    /** Starts a Tapewatch command. */
    static ToolProcess start(Path folder, String input, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return new ToolProcess(command, folder, Files.writeString(folder.resolve("in.txt"), input));
    }

    /** Starts any other command. */
    static ToolProcess startOther(Path folder, String... command) throws IOException {
        return new ToolProcess(List.of(command), folder, Files.writeString(folder.resolve("in.txt"), ""));
    }

    /** Does what Ctrl-C does, as far as the process can tell. */
    void interrupt() {
        process.destroy();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until it has ended. */
    Said said() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s ends", command)
                .isTrue();
        return new Said(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
