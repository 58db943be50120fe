package io.tapewatch.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that a test starts, and that does not outlive the test's. */
public final class Program implements AutoCloseable {

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final List<String> command;
    private final Process process;
    private final Path output;

    private Program(List<String> command, Process process, Path output) {
        this.command = command;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param folder where it runs, and where a file gets what it prints
     */
    public static Program start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        return start(folder, Files.createTempFile(folder, "program", ".out"), environment, command);
    }

    /** The same with a known file for what it prints. */
    static Program start(Path folder, Path output, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        STARTED.add(process);
        return new Program(command, process, output);
    }

    /** Waits until it has ended, and returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(Waiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(this + " does not end");
        }
        STARTED.remove(process);
        return process.exitValue();
    }

    /** Ends it at once (SIGKILL), and waits until it has. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        STARTED.remove(process);
    }

    /** Asks it to end (SIGTERM), and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        exitCode();
    }

    /** Holds it (SIGSTOP): it keeps its memory and its connections, and does nothing. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("SIG" + name + " cannot be sent to " + this);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The id that the system knows it by. */
    long pid() {
        return process.pid();
    }

    /** For how long it has kept a core busy. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Types into it, as on a keyboard. */
    public void type(String text) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** What it has printed. */
    public String output() {
        return written(output);
    }

    /**
     * What a program has written to a file so far, and may be writing still: the last character may be half there. A log that is
     * being rolled over is gone for a moment.
     */
    static String written(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, and waits until it has: JUnit deletes the folder that it writes to. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        STARTED.remove(process);
    }

    /** Its command, and what it has printed. */
    @Override
    public String toString() {
        return String.join(" ", command) + "\n" + output();
    }
}
