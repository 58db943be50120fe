package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void eachRunHasAFolderOfItsOwnAndTheLatestIsLinked() throws Exception {
        Path out = folder.resolve("out");
        Instant start = Instant.parse("2026-11-30T03:15:20.999Z");

        for (String name : new String[] {"2026-11-30T03-15-20Z", "2026-11-30T03-15-20Z-2", "2026-11-30T03-15-20Z-3"}) {
            Path own = CsvFolder.ofOneRun(out, start).path();
            assertThat(own).isEqualTo(out.resolve(name)).isEmptyDirectory();
            assertThat(Files.readSymbolicLink(out.resolve("latest"))).isEqualTo(Path.of(name));
            assertThat(out.resolve("latest").toRealPath()).isEqualTo(own.toRealPath());
        }
    }

    @Test
    void aRunThatWroteNothingLeavesNothing() throws Exception {
        Path out = folder.resolve("out");
        CsvFolder first = CsvFolder.ofOneRun(out, Instant.EPOCH);
        first.close();
        assertThat(out).isEmptyDirectory();

        CsvFolder second = CsvFolder.ofOneRun(out, Instant.EPOCH);
        Files.createDirectory(second.path().resolve("flags"));
        second.close();
        CsvFolder.ofOneRun(out, Instant.EPOCH.plusSeconds(1)).close();
        assertThat(Files.readSymbolicLink(out.resolve("latest"))).isEqualTo(Path.of("1970-01-01T00-00-00Z"));
        assertThat(second.path().resolve("flags")).exists();
    }

    @Test
    void aLinkThatIsNoLinkStays() throws Exception {
        Path latest = Files.createDirectory(folder.resolve("latest"));
        Files.createFile(latest.resolve("mine"));
        CsvFolder.ofOneRun(folder, Instant.EPOCH).close();
        assertThat(latest.resolve("mine")).exists();
    }

    @Test
    void aFolderThatHoldsResultsIsRefusedOrItsResultsAreDeletedAndNothingElse() throws Exception {
        Path results = file("summaries-20131125T000000000Z-0.csv", 0);
        Path merged = file("summaries-2013-11-25.csv", 0);
        Path unfinished = file(".summaries-20131125T000000000Z-1.csv.inprogress.1234", 0);
        Path note = file("note.txt", 0);
        Path table = file("my-summaries.csv", 0);
        Path other = Files.createFile(
                Files.createDirectories(folder.resolve("flags").resolve("old")).resolve("flags-1.csv"));
        Path loose = Files.createFile(folder.resolve("flags.csv"));

        assertThatThrownBy(() -> CsvFolder.named(folder, false))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " holds the results of another run; name another folder, or let --overwrite delete"
                        + " them");
        assertThat(results).exists();

        CsvFolder named = CsvFolder.named(folder, true);
        assertThat(results).doesNotExist();
        assertThat(merged).doesNotExist();
        assertThat(unfinished).doesNotExist();
        for (Path kept : new Path[] {note, table, other, loose}) {
            assertThat(kept).exists();
        }
        named.close();
        assertThat(CsvFolder.named(folder, false).path()).isEqualTo(folder);
    }

    @Test
    void aFolderThatAnotherRunWritesToIsRefused() throws Exception {
        CsvFolder first = CsvFolder.named(folder, false);
        Path unfinished = file(".summaries-20131125T000000000Z-1.csv.inprogress.1234", 0);
        for (boolean overwrite : new boolean[] {false, true}) {
            assertThatThrownBy(() -> CsvFolder.named(folder, overwrite))
                    .isInstanceOf(IOException.class)
                    .hasMessage(folder + " is in use by another run; name another folder");
        }
        assertThat(unfinished).exists();

        first.close();
        CsvFolder.named(folder, false).close();
        assertThat(folder.resolve(".tapewatch-run")).doesNotExist();
    }

    @Test
    void aNamedFolderStaysWhenItIsEmpty() throws Exception {
        Path named = folder.resolve("a").resolve("b");
        CsvFolder.named(named, false).close();
        assertThat(named).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void theFilesOfADayBecomeOneWithTheirRowsInTheOrderOfTheFiles(String end) throws Exception {
        Path first = file("summaries-20131125T000000000Z-b.csv", 0);
        Path second = file("summaries-20131125T000010000Z-a.csv", 0);
        Path hidden = file(".summaries-20131125T000020000Z-a.csv", 0);
        Path foreign = file("other.csv", 0);
        Files.writeString(first, "a,b" + end + "1,\"x" + end + "y\"" + end + "2," + end);
        Files.writeString(second, "a,b" + end + "3,z" + end);

        CsvFolder.merge(folder);
        CsvFolder.merge(folder);

        Path day = first.getParent();
        assertThat(day.resolve("summaries-2013-11-25.csv"))
                .hasContent("a,b" + end + "1,\"x" + end + "y\"" + end + "2," + end + "3,z" + end);
        try (Stream<Path> files = Files.list(day)) {
            assertThat(files).containsExactlyInAnyOrder(day.resolve("summaries-2013-11-25.csv"), hidden, foreign);
        }
    }

    @Test
    void aMergeThatFailsLeavesTheFilesAsTheyWere() throws Exception {
        Path part = file("summaries-20131125T000000000Z-b.csv", 0);
        Path inTheWay = Files.createDirectory(part.resolveSibling("summaries-2013-11-25.csv"));
        Files.createFile(inTheWay.resolve("x"));

        assertThatThrownBy(() -> CsvFolder.merge(folder)).isInstanceOf(IOException.class);

        assertThat(part).exists();
        assertThat(part.resolveSibling(".summaries-2013-11-25.csv")).doesNotExist();
    }

    private Path file(String name, long modified) throws IOException {
        Path day = Files.createDirectories(folder.resolve("summaries").resolve("2013-11-25"));
        return Files.setLastModifiedTime(Files.createFile(day.resolve(name)), FileTime.fromMillis(modified));
    }
}
