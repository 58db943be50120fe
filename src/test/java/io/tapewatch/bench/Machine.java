package io.tapewatch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine that measures. */
final class Machine {

    private Machine() {}

    /** {@code 2 cores, 24 GB, Linux amd64, Java 17.0.15}. */
    static String inWords() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores, %.0f GB, %s %s, Java %s",
                machine.getAvailableProcessors(),
                machine.getTotalMemorySize() / 1e9,
                machine.getName(),
                machine.getArch(),
                System.getProperty("java.version"));
    }
}
