package io.tapewatch.bench.contender;

import io.tapewatch.cluster.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process in which a contender works through a topic once. It prints the size of its state. */
final class ContenderOnce {

    private static final String STATE = "state: ";

    private ContenderOnce() {}

    /** @param arguments the contender's name; then those of {@link Task}, in their order */
    public static void main(String[] arguments) throws Exception {
        Task task = new Task(
                arguments[1], arguments[2], arguments[3], Path.of(arguments[4]), Integer.parseInt(arguments[5]));
        try (Contender.Running running = Contenders.named(arguments[0]).start(task)) {
            System.out.println(STATE + running.stateBytes().orElseThrow());
        }
    }

    /**
     * Runs it, with the class path of the contender.
     *
     * @return the bytes of its state
     * @throws IllegalStateException if it fails, with what it printed
     */
    static long run(Contender contender, Task task) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                contender.classPath(System.getProperty("java.class.path")),
                ContenderOnce.class.getName(),
                contender.name(),
                task.bootstrapServers(),
                task.prices(),
                task.prefix(),
                task.folder().resolve("state").toString(),
                String.valueOf(task.parallelism()));
        try (Program program = Program.start(task.folder(), Map.of(), command)) {
            if (program.exitCode() != 0) {
                throw new IllegalStateException(program.output());
            }
            return Long.parseLong(program.output()
                    .lines()
                    .filter(line -> line.startsWith(STATE))
                    .findFirst()
                    .orElseThrow()
                    .substring(STATE.length()));
        }
    }
}
