package io.tapewatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that a test starts, and that does not outlive the test's. */
final class JavaProcess implements AutoCloseable {

    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path output;
    private final Path log;

    private JavaProcess(String name, Process process, Path output, Path log) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param folder where it runs; {@code name.out} there gets what it prints, {@code name.log} what it logs
     * @param jvm the options of the JVM
     * @param classPath all that it can load
     */
    static JavaProcess start(
            Path folder,
            String name,
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
        command.add("-Dlog4j2.configurationFile="
                + Path.of("src", "test", "resources", "cluster", "log4j2.properties")
                        .toUri());
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        Path output = folder.resolve(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        STARTED.add(process);
        return new JavaProcess(name, process, output, log);
    }

    /** The {@code java} that runs the tests. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once (SIGKILL), and waits until it has. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        STARTED.remove(process);
    }

    /** Waits until it has ended, and says how. */
    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " does not end; it printed\n" + output());
        }
        STARTED.remove(process);
        return process.exitValue();
    }

    /** What it has printed. */
    String output() {
        return text(output);
    }

    /** What it has logged. */
    String log() {
        return text(log);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What there is to say when it ended and should not have. */
    AssertionError endedUnexpectedly() {
        return new AssertionError(name + " ended\n" + output() + "\n" + log());
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
