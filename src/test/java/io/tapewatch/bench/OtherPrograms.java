package io.tapewatch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches how much of the machine is taken by programs that do not belong to a measurement: by all but this process and those that
 * it has started, and they have started. A measurement beside others says little.
 */
final class OtherPrograms implements AutoCloseable {

    /** From this share of the machine on, a measurement counts as disturbed. */
    static final double MUCH = 0.05;

    private static final int LOOK_EVERY_MILLIS = 500;

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What each own process has used since the beginning, in nanoseconds, also if it has ended meanwhile. */
    private final Map<Long, Long> used = new ConcurrentHashMap<>();

    private final Map<Long, Long> usedBefore;
    private final long nanosBefore;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "other-programs");
        thread.setDaemon(true);
        return thread;
    });

    private OtherPrograms() {
        look();
        usedBefore = Map.copyOf(used);
        machine.getCpuLoad(); // what it returns next is since now
        nanosBefore = System.nanoTime();
        looking.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to watch. */
    static OtherPrograms watch() {
        return new OtherPrograms();
    }

    private void look() {
        ProcessHandle self = ProcessHandle.current();
        Stream.concat(Stream.of(self), self.descendants()).forEach(process -> process.info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .ifPresent(nanos -> used.put(process.pid(), nanos)));
    }

    /** The share of the machine that others have had since the beginning. To be asked once. */
    double share() {
        double all = machine.getCpuLoad() * machine.getAvailableProcessors();
        look();
        double own = used.entrySet().stream()
                .mapToLong(process -> process.getValue() - usedBefore.getOrDefault(process.getKey(), 0L))
                .sum();
        double cores = all - own / (System.nanoTime() - nanosBefore);
        return Math.max(0, cores / machine.getAvailableProcessors());
    }

    /** The same, as a sentence. To be asked once. */
    String inWords() {
        return inWords(share());
    }

    static String inWords(double share) {
        return share <= MUCH
                ? "Nothing else kept the machine busy."
                : String.format(
                        Locale.ROOT,
                        "Other programs took %.0f %% of the machine: measure again when it is quiet.",
                        100 * share);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
