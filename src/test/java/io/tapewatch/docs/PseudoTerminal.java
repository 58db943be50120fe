package io.tapewatch.docs;

import io.tapewatch.cluster.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A terminal of 100 columns in which one command runs: {@code script} of util-linux. */
final class PseudoTerminal implements AutoCloseable {

    private static final Pattern ESCAPES = Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|\\][^\u0007]*\u0007|[=>])");
    private static final String CTRL_C = "\u0003";

    /** For how long a command may run, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Program program;

    private PseudoTerminal(Program program) {
        this.program = program;
    }

    /** Whether there can be one on this machine. */
    static boolean isHere() {
        try {
            Process process = new ProcessBuilder(
                            "env", "--default-signal=INT", "script", "-qec", "stty cols 100", "/dev/null")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Types a command into one. */
    static PseudoTerminal type(Path folder, Map<String, String> environment, String command) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TYPED", command);
        all.put("LC_ALL", "C.UTF-8");
        all.put("TERM", "xterm");
        // A process that was started in the background of a shell would ignore Ctrl-C, and so would its children.
        List<String> line = List.of(
                "env",
                "--default-signal=INT,QUIT",
                "script",
                "-qefc",
                "stty cols 100 rows 50; exec sh -c \"$TYPED\"",
                "/dev/null");
        return new PseudoTerminal(Program.start(folder, all, line));
    }

    /** Types Ctrl-C. */
    void ctrlC() throws IOException {
        program.type(CTRL_C);
    }

    boolean isAlive() {
        return program.isAlive();
    }

    /** Waits until the command has ended, and returns its exit code. */
    int exitCode() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (program.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return program.exitCode();
    }

    /** The lines that it shows by now: without colours, and of a line that was written anew the last. */
    List<String> lines() {
        String text = ESCAPES.matcher(program.output()).replaceAll("");
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String written = line.replaceFirst("\r+$", "");
            lines.add(written.substring(written.lastIndexOf('\r') + 1).stripTrailing());
        }
        // After the last line break there is nothing, or what Ctrl-C echoes.
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    @Override
    public void close() {
        program.close();
    }
}
