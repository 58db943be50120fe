package io.tapewatch.bench.contender;

import java.nio.file.Path;

/** The process in which a contender works through a topic once. It prints the size of its state. */
final class ContenderOnce {

    private ContenderOnce() {}

    /** @param arguments the contender's name; then those of {@link Task}, in their order */
    public static void main(String[] arguments) throws Exception {
        Task task = new Task(
                arguments[1], arguments[2], arguments[3], Path.of(arguments[4]), Integer.parseInt(arguments[5]));
        try (Contender.Running running = Contenders.named(arguments[0]).start(task)) {
            System.out.println("state: " + running.stateBytes().orElseThrow());
        }
    }
}
