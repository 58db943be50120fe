package io.tapewatch.bench.contender;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads what this JVM, the broker and the whole machine have used since it was begun. */
final class Meter {

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReadSoFar readSoFar;
    private final ProcessHandle broker;

    private final Map<Long, Long> allocatedBefore;
    private final long ticksBefore;
    private final double cpuBefore;
    private final double brokerBefore;
    private final double pausesBefore;
    private final double compilerBefore;
    private final long nanosBefore;

    /** Begins. */
    Meter(ReadSoFar readSoFar, ProcessHandle broker) throws IOException {
        this.readSoFar = readSoFar;
        this.broker = broker;
        allocatedBefore = allocated();
        machine.getCpuLoad(); // what it returns next is since now
        ticksBefore = readSoFar.records();
        cpuBefore = cpu();
        brokerBefore = brokerCpu();
        pausesBefore = pauses();
        compilerBefore = compiler();
        nanosBefore = System.nanoTime();
    }

    /** What there was since the beginning. To be asked once. */
    Figures read(double stateBytesASymbol, boolean ranDry) throws IOException {
        double seconds = (System.nanoTime() - nanosBefore) / 1e9;
        long ticks = readSoFar.records() - ticksBefore;
        double cpu = cpu() - cpuBefore;
        double brokers = brokerCpu() - brokerBefore;
        double all = machine.getCpuLoad() * machine.getAvailableProcessors() * seconds;
        return new Figures(
                ticks,
                seconds,
                cpu,
                allocatedSince(),
                pauses() - pausesBefore,
                compiler() - compilerBefore,
                Math.max(0, all - cpu - brokers),
                brokers,
                stateBytesASymbol,
                ranDry);
    }

    private double cpu() {
        return machine.getProcessCpuTime() / 1e9;
    }

    private double brokerCpu() {
        return broker.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    private static double pauses() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1e3;
    }

    private static double compiler() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3;
    }

    private Map<Long, Long> allocated() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], bytes[i]);
        }
        return allocated;
    }

    /** By the threads that there are now: those that work on ticks do not end in between. */
    private double allocatedSince() {
        double bytes = 0;
        for (Map.Entry<Long, Long> thread : allocated().entrySet()) {
            bytes += thread.getValue() - allocatedBefore.getOrDefault(thread.getKey(), 0L);
        }
        return bytes;
    }
}
