package io.tapewatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of CSV files after a run. */
final class CsvFolder {

    private CsvFolder() {}

    /**
     * Removes the files, hidden by a leading dot, that a run left unfinished: without its checkpoints nobody will ever
     * finish them.
     *
     * @param sinceMillis when the run started; older files are another run's
     */
    static void removeUnfinished(Path folder, long sinceMillis) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> unfinished;
        try (Stream<Path> files = Files.walk(folder)) {
            unfinished = files.filter(file -> file.getFileName().toString().startsWith(".")
                            && file.getFileName().toString().contains(".inprogress."))
                    .toList();
        }
        for (Path file : unfinished) {
            if (Files.getLastModifiedTime(file).toMillis() >= sinceMillis) {
                Files.deleteIfExists(file);
            }
        }
    }
}
