package io.tapewatch.bench.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process in which one contender is measured, once. First it works through a small topic, which warms Java up; then the
 * size of its state is looked at. Then it starts anew on the large topic, and is measured after some more seconds.
 */
@Command(name = "contender", mixinStandardHelpOptions = true, sortOptions = false)
public final class ContenderProcess implements Callable<Integer> {

    private static final int LOOK_EVERY_MILLIS = 100;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    @Option(names = "--name", required = true)
    private String name;

    @Option(names = "--bootstrap", required = true)
    private String bootstrapServers;

    @Option(names = "--broker", required = true, description = "The process id of the broker.")
    private long broker;

    @Option(names = "--small", required = true, description = "The topic of the warm-up.")
    private String small;

    @Option(names = "--small-ticks", required = true)
    private long smallTicks;

    @Option(names = "--small-symbols", required = true)
    private int smallSymbols;

    @Option(names = "--large", required = true, description = "The topic on which it is measured.")
    private String large;

    @Option(names = "--large-ticks", required = true)
    private long largeTicks;

    @Option(names = "--warm-up", required = true, description = "Seconds on the large topic that are not measured.")
    private double warmUpSeconds;

    @Option(names = "--seconds", required = true, description = "Seconds that are measured.")
    private double seconds;

    @Option(names = "--parallelism", required = true)
    private int parallelism;

    @Option(names = "--prefix", required = true, description = "Of topics and groups that are its own.")
    private String prefix;

    @Option(names = "--folder", required = true, description = "An empty folder for what it keeps.")
    private Path folder;

    @Option(names = "--result", required = true, description = "The file that gets the figures, as JSON.")
    private Path result;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ContenderProcess()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Contender contender = Contenders.named(name);
        double stateBytes = warmUp(contender);
        System.gc();
        new ObjectMapper().writeValue(result.toFile(), measure(contender, stateBytes));
        return 0;
    }

    private Task task(String topic, String pass) throws IOException {
        return new Task(
                bootstrapServers,
                topic,
                prefix + pass + "-",
                Files.createDirectories(folder.resolve(pass)),
                parallelism);
    }

    /** @return the bytes of state a symbol, or {@link Figures#NO_STATE} */
    private double warmUp(Contender contender) throws Exception {
        Task task = task(small, "small");
        ReadSoFar readSoFar = new ReadSoFar(small);
        try (Contender.Running running = contender.start(task)) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (readSoFar.records() < smallTicks) {
                expectBefore(deadline, running);
            }
            OptionalLong bytes = running.stateBytes();
            return bytes.isPresent() ? (double) bytes.getAsLong() / smallSymbols : Figures.NO_STATE;
        }
    }

    private Figures measure(Contender contender, double stateBytes) throws Exception {
        Task task = task(large, "large");
        ReadSoFar readSoFar = new ReadSoFar(large);
        try (Contender.Running running = contender.start(task)) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (readSoFar.records() == 0) {
                expectBefore(deadline, running);
            }
            long begin = System.nanoTime() + (long) (warmUpSeconds * 1e9);
            while (System.nanoTime() < begin) {
                expectBefore(deadline, running);
            }
            Meter meter = new Meter(readSoFar, ProcessHandle.of(broker).orElseThrow());
            long end = System.nanoTime() + (long) (seconds * 1e9);
            boolean ranDry = false;
            while (System.nanoTime() < end && !ranDry) {
                expectBefore(Long.MAX_VALUE, running);
                ranDry = contender.stopsAtTheEnd() && readSoFar.records() >= largeTicks;
            }
            return meter.read(stateBytes, ranDry);
        }
    }

    private static void expectBefore(long deadline, Contender.Running running) throws Exception {
        running.expectRunning();
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("it reads nothing, or too slowly");
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
    }
}
