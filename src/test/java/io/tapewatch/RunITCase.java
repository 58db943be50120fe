package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The local run as a process of its own: where it writes, and what it says where it cannot. */
@ExtendWith(LongPatience.class)
@Timeout(180)
class RunITCase {

    private static final int PRICES = 300;
    private static final long START = 1_700_000_000_000L;

    @TempDir
    private Path folder;

    private Path work;
    private Path temporary;

    @BeforeEach
    void makeFoldersWithNamesThatAUriWouldWriteOtherwise() throws IOException {
        work = Files.createDirectory(folder.resolve("with space %20#ü+?"));
        temporary = Files.createDirectory(folder.resolve("for a while %41#ü+?"));
        StringBuilder prices = new StringBuilder("time,symbol,price,size\n");
        for (int i = 0; i < PRICES; i++) {
            prices.append(START + i * 1_000L).append(",A,").append(100 + i % 10).append(",1\n");
        }
        Files.writeString(work.resolve("prices.csv"), prices);
    }

    @Test
    void aRunWritesAFileOfEachKindAndDayToAFolderOfItsOwnAndLeavesNothingElse() throws Exception {
        Tool.Said said = run(temporary, "--speed", "1000", "--exit");

        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        List<Path> runs = list(work.resolve("out")).stream()
                .filter(each -> !Files.isSymbolicLink(each))
                .toList();
        assertThat(runs).hasSize(1);
        Path own = runs.get(0);
        assertThat(said.out()).contains("CSV       " + work.relativize(own));
        assertThat(work.resolve("out").resolve("latest").toRealPath()).isEqualTo(own.toRealPath());
        assertThat(files(own))
                .containsExactlyInAnyOrder(
                        Path.of("flags", "2023-11-14", "flags-2023-11-14.csv"),
                        Path.of("movers", "2023-11-14", "movers-2023-11-14.csv"),
                        Path.of("summaries", "2023-11-14", "summaries-2023-11-14.csv"));
        // In 300 s a symbol has five or six windows of 1m, and as many that step by 1m.
        List<String> rows = Files.readAllLines(own.resolve("summaries/2023-11-14/summaries-2023-11-14.csv"));
        assertThat(rows).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(rows).filteredOn(row -> row.startsWith("symbol,")).hasSize(1);
        assertThat(names(work)).containsOnly("prices.csv", "out", "logs");
        assertThat(names(folder)).hasSize(5);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aLogThatCannotBeWrittenIsOneLineBeforeAnythingStarts() throws Exception {
        Files.createFile(work.resolve("logs"));

        Tool.Said said = run(temporary, "--exit").ends(1);

        assertThat(said.err())
                .containsExactly("tapewatch: the log logs/tapewatch.log cannot be written in " + work.toRealPath()
                        + "; start from a folder that you can write to");
        assertThat(said.out()).isEmpty();
        assertThat(names(work)).containsOnly("prices.csv", "logs");
    }

    @Test
    void aFolderForCsvThatCannotBeMadeIsOneLineBeforeAnythingStarts() throws Exception {
        Files.createFile(work.resolve("out"));

        Tool.Said said = run(temporary, "--exit").ends(1);

        assertThat(said.err())
                .containsExactly(
                        "tapewatch: out: cannot be written: out is a file; name another folder for CSV files with"
                                + " --csv");
        assertThat(said.out()).isEmpty();
        assertThat(names(work)).containsOnly("prices.csv", "out");
    }

    @Test
    void aMissingFolderForTemporaryFilesIsOneLineAndLeavesNoFolderOfResults() throws Exception {
        Path nowhere = folder.resolve("nowhere");

        Tool.Said said = run(nowhere, "--exit").ends(1);

        assertThat(said.err())
                .containsExactly(
                        "tapewatch: the folder for temporary files, " + nowhere + ", cannot be written: there is"
                                + " no such folder; name another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER (more in"
                                + " logs/tapewatch.log)");
        assertThat(work.resolve("out")).isEmptyDirectory();
    }

    private Tool.Said run(Path temporaryFiles, String... further) throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of("--replay", "prices.csv", "--web-port", "0"), Stream.of(further))
                .toList();
        ProcessBuilder process = Tool.process(work, arguments.toArray(String[]::new));
        process.command().set(1, "-Xmx512m");
        process.command().add(1, "-Djava.io.tmpdir=" + temporaryFiles);
        return Tool.start(folder, "", process).said();
    }

    private static List<Path> files(Path folder) throws IOException {
        return Folders.files(folder).map(folder::relativize).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return list(folder).stream().map(each -> each.getFileName().toString()).toList();
    }
}
