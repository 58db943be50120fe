package io.tapewatch.cluster;

import io.tapewatch.CsvRows;
import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks, while the job runs, at the CSV files that can be seen (no dot before their names): each has a header and whole
 * lines from the first moment, never changes, and never goes.
 */
final class VisibleCsv implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 50;

    private final Path folder;
    private final Map<Path, Long> sizes = new HashMap<>();
    private final FutureTask<Integer> watching = new FutureTask<>(this::watch);
    private volatile boolean over;

    private VisibleCsv(Path folder) {
        this.folder = folder;
    }

    static VisibleCsv watch(Path folder) {
        VisibleCsv csv = new VisibleCsv(folder);
        new Thread(csv.watching, "watching CSV files").start();
        return csv;
    }

    private int watch() throws IOException {
        while (!over) {
            look();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        look();
        return sizes.size();
    }

    private void look() throws IOException {
        for (Map.Entry<Path, Long> seen : sizes.entrySet()) {
            if (Files.size(seen.getKey()) != seen.getValue()) {
                throw new AssertionError(seen.getKey() + " changed after it could be seen");
            }
        }
        for (Path file : finished(folder)) {
            if (!sizes.containsKey(file)) {
                String text = Files.readString(file);
                if (!text.endsWith("\n") || text.lines().count() < 2) {
                    throw new AssertionError(file + " could be seen half-written: " + text);
                }
                sizes.put(file, Files.size(file));
            }
        }
    }

    /** The files that can be seen. */
    static List<Path> finished(Path folder) throws IOException {
        return Folders.files(folder).filter(CsvRows::isFinished).toList();
    }

    /** How many files were seen, when all is over. */
    int seen() throws Exception {
        over = true;
        return watching.get();
    }

    @Override
    public void close() {
        over = true;
    }
}
