package io.tapewatch.cluster;

import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What a JVM that runs takes, as the JDK's {@code jcmd} and the system tell. */
record JvmFigures(long heapBytes, long threads, OptionalLong handles) {

    /**
     * Looks at a JVM, after letting it collect garbage.
     *
     * @param pid its id
     * @return what its objects that can be reached take, its threads, and the files and sockets it holds open, where the
     *     system tells
     */
    static JvmFigures of(long pid) throws IOException, InterruptedException {
        // The histogram of live objects collects all garbage first. Its last line: Total, objects, bytes.
        List<String> histogram = jcmd(pid, "GC.class_histogram");
        long heapBytes = histogram.stream()
                .filter(line -> line.startsWith("Total "))
                .map(line -> line.trim().split("\\s+"))
                .mapToLong(total -> Long.parseLong(total[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total in " + histogram));
        long threads = jcmd(pid, "Thread.print").stream()
                .filter(line -> line.startsWith("\""))
                .count();
        Path handles = Path.of("/proc", String.valueOf(pid), "fd");
        return new JvmFigures(
                heapBytes,
                threads,
                Files.isDirectory(handles)
                        ? OptionalLong.of(Folders.files(handles).count())
                        : OptionalLong.empty());
    }

    private static List<String> jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        JavaProcess.java().resolveSibling("jcmd").toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + ": " + output);
        }
        return Arrays.asList(output.split("\\R"));
    }
}
