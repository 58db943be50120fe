package io.tapewatch.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javax.tools.ToolProvider;

/** What a run on this machine needs of it. */
final class MachineChecks {

    private static final long GIGABYTE = 1L << 30;

    /** The heap, the direct memory and the classes that the launcher allows a run. */
    private static final long MEMORY_OF_A_RUN = 7 * GIGABYTE / 4;

    private static final long LITTLE_SPACE = GIGABYTE;
    private static final long TOO_LITTLE_SPACE = GIGABYTE / 10;

    private MachineChecks() {}

    /**
     * Looks.
     *
     * @param working where a run writes its CSV files and its log
     * @param temporary where it keeps Kafka's and Flink's files while it runs
     * @param webPort the port that the web UI is to have; 0 for any
     */
    static List<Finding> of(Path working, Path temporary, int webPort) {
        return List.of(
                java(() -> ToolProvider.getSystemJavaCompiler() != null),
                memory(((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize()),
                webPort(webPort),
                folder("working folder", working),
                folder("temporary folder", temporary));
    }

    /** @param hasCompiler whether there is a compiler, which a JRE has not */
    static Finding java(BooleanSupplier hasCompiler) {
        String version = System.getProperty("java.version") + " in " + System.getProperty("java.home");
        return hasCompiler.getAsBoolean()
                ? Finding.ok("Java", version)
                : Finding.warn(
                        "Java",
                        version + " has no compiler, so ./tapewatch cannot build; install a JDK 17 or newer, or set"
                                + " JAVA_HOME to one");
    }

    /** @param total how many bytes the machine has */
    static Finding memory(long total) {
        String found = inGigabytes(total) + " on this machine, "
                + inGigabytes(Runtime.getRuntime().maxMemory()) + " for the heap of this program";
        return total >= MEMORY_OF_A_RUN
                ? Finding.ok("memory", found)
                : Finding.warn(
                        "memory", found + "; a run takes up to " + inGigabytes(MEMORY_OF_A_RUN) + ": use another one");
    }

    static Finding webPort(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("web port", port + " is free");
        } catch (IOException e) {
            return Finding.warn(
                    "web port",
                    port + " is taken; a run takes the next free one and says which, --web-port names another");
        }
    }

    static Finding folder(String what, Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "tapewatch-doctor-", ".tmp"));
            long space = Files.getFileStore(folder).getUsableSpace();
            String found = folder + " can be written to, " + inGigabytes(space) + " are free";
            if (space < TOO_LITTLE_SPACE) {
                return Finding.fail(what, found + ", which is too little; free some, or go to another folder");
            }
            return space < LITTLE_SPACE
                    ? Finding.warn(what, found + ", which is little: a long recording may need more")
                    : Finding.ok(what, found);
        } catch (IOException e) {
            return Finding.fail(
                    what,
                    folder + " cannot be written to (" + e.getClass().getSimpleName()
                            + "); allow it, or go to another folder"
                            + (what.startsWith("temporary") ? ": TMPDIR and -Djava.io.tmpdir name it" : ""));
        }
    }

    private static String inGigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE);
    }
}
