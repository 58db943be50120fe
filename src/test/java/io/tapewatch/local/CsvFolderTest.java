package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFolderTest {

    @TempDir
    private Path folder;

    @Test
    void onlyWhatThisRunLeftUnfinishedIsRemoved() throws Exception {
        Path finished = file("part-0-0.csv", 2_000);
        Path unfinished = file(".part-0-1.csv.inprogress.1234", 2_000);
        Path ofAnotherRun = file(".part-0-1.csv.inprogress.5678", 1_999);
        Path hidden = file(".notes", 2_000);

        CsvFolder.removeUnfinished(folder, 2_000);

        assertThat(unfinished).doesNotExist();
        assertThat(finished).exists();
        assertThat(ofAnotherRun).exists();
        assertThat(hidden).exists();
    }

    @Test
    void aFolderThatWasNeverWrittenIsNoError() throws Exception {
        Path none = folder.resolve("none");
        CsvFolder.removeUnfinished(none, 0);
        assertThat(none).doesNotExist();
    }

    private Path file(String name, long modified) throws IOException {
        Path day = Files.createDirectories(folder.resolve("summaries").resolve("2013-11-25"));
        return Files.setLastModifiedTime(Files.createFile(day.resolve(name)), FileTime.fromMillis(modified));
    }
}
