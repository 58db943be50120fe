package io.tapewatch.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own that a test starts, with a log, and that does not outlive the test's. */
final class JavaProcess implements AutoCloseable {

    private final String name;
    private final Program program;
    private final Path log;

    private JavaProcess(String name, Program program, Path log) {
        this.name = name;
        this.program = program;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param folder where it runs; {@code name.out} there gets what it prints, {@code name.log} what it logs
     * @param logging the configuration of its log
     * @param jvm the options of the JVM
     * @param classPath all that it can load
     */
    static JavaProcess start(
            Path folder,
            String name,
            Path logging,
            Map<String, String> environment,
            List<String> jvm,
            String classPath,
            String main,
            List<String> arguments)
            throws IOException {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(jvm);
        command.add("-Dlog.file=" + log);
        command.add("-Dlog4j2.configurationFile=" + logging.toUri());
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return new JavaProcess(name, Program.start(folder, folder.resolve(name + ".out"), environment, command), log);
    }

    /** The {@code java} that runs the tests. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    boolean isAlive() {
        return program.isAlive();
    }

    /** Ends it at once (SIGKILL), and waits until it has. */
    void kill() throws InterruptedException {
        program.kill();
    }

    /** Asks it to end (SIGTERM), and waits until it has. */
    void stop() throws InterruptedException {
        program.stop();
    }

    /** Holds it (SIGSTOP): it keeps its memory and its connections, and does nothing. */
    void pause() throws IOException, InterruptedException {
        program.pause();
    }

    /** Lets it go on (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        program.resume();
    }

    /** Waits until it has ended, and says how. */
    int exitCode() throws InterruptedException {
        return program.exitCode();
    }

    /** The id that the system knows it by. */
    long pid() {
        return program.pid();
    }

    /** For how long it has kept a core busy. */
    Duration cpu() {
        return program.cpu();
    }

    /** What it has printed. */
    String output() {
        return program.output();
    }

    /** What it has logged since its log was rolled over last, if ever. */
    String log() {
        return Program.written(log);
    }

    /** What there is to say when it ended and should not have. */
    AssertionError endedUnexpectedly() {
        return new AssertionError(name + " ended\n" + output() + "\n" + log());
    }

    @Override
    public void close() {
        program.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
