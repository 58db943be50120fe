package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapewatch.WholeForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That two builds can be compared, not how fast any of them is. */
@Timeout(300)
class PairsITCase {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final List<String> SHORT = List.of("--warmups", "0", "--iterations", "1", "--millis", "1");

    @TempDir
    Path folder;

    private final StringWriter shown = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void isAClone() throws Exception {
        assumeTrue(git("rev-parse", "HEAD").exitCode() == 0, "this is no clone of a repository");
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        assertThat(workTrees()).isEmpty();
    }

    @Test
    @WholeForm
    void aCommitAndTheWorkTreeAreRunInPairs() {
        assertThat(run("--base", "HEAD", "--bench", "Bars.add", "--pairs", "2"))
                .as(errors.toString())
                .isZero();
        assertThat(shown.toString().lines().map(line -> line.replaceAll("\\d[\\d,]*\\.\\d+", "N")))
                .element(0)
                .asString()
                .matches("\\| pair \\| piece \\| \\w+, ns/op \\| work tree, ns/op \\| ratio \\| \\w+, B/op"
                        + " \\| work tree, B/op \\|");
        assertThat(shown.toString().lines().skip(1).map(line -> line.replaceAll("\\d[\\d,]*\\.\\d+", "N")))
                .containsExactly(
                        "|--:|---|--:|--:|--:|--:|--:|",
                        "| 1 | Bars.add | N | N | N | N | N |",
                        "| 2 | Bars.add | N | N | N | N | N |",
                        "Bars.add: ratio N, 95 % interval unknown, 2 pairs: cannot be told: take more pairs");
    }

    @Test
    @WholeForm
    void theWholeJobOfBothIsRunInPairsOverOneTopic() {
        assertThat(run(
                        "--base",
                        "HEAD",
                        "--job",
                        "limit",
                        "--pairs",
                        "2",
                        "--seconds",
                        "1",
                        "--warm-up",
                        "0",
                        "--ticks",
                        "40000",
                        "--symbols",
                        "20",
                        "--small-ticks",
                        "2000",
                        "--heap",
                        "512m"))
                .as(errors.toString())
                .isZero();
        assertThat(shown.toString().lines().map(line -> line.replaceAll("\\d[\\d,]*\\.\\d+", "N")))
                .contains(
                        "| 1 | limit clock | N | N | N | N | N |",
                        "| 2 | limit CPU | N | N | N | N | N |",
                        "limit clock: ratio N, 95 % interval unknown, 2 pairs: cannot be told: take more pairs");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        assertThat(run("--base", "HEAD", "--bench", "NoSuchPiece")).isEqualTo(1);
        assertThat(run("--base", "no-such-commit", "--bench", "Bars.add")).isEqualTo(1);
        assertThat(errors.toString().lines())
                .containsExactly(
                        "work tree has no benchmark like NoSuchPiece", "git knows no commit no-such-commit here");
        assertThat(shown.toString()).isEmpty();
    }

    @Test
    void aWorkTreeIsRemovedThatIsBeingBuiltWhenTheProcessIsEnded() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pairs.class.getName(),
                        "--base",
                        "HEAD",
                        "--bench",
                        "Bars.add")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).startsWith("building ");
            while (workTrees().isEmpty()) {
                assertThat(process.isAlive()).isTrue();
            }
            // Unlike that of the process, it leaves open what is read here.
            process.toHandle().destroy();
            assertThat(said.lines()).isEmpty();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** The work trees among the temporary files of the tests. */
    private static List<String> workTrees() throws IOException, InterruptedException {
        String temporary =
                Path.of(System.getProperty("java.io.tmpdir")).toRealPath().toString();
        return git("worktree", "list")
                .output()
                .lines()
                .filter(line -> line.startsWith(temporary))
                .toList();
    }

    private static ProgramRun git(String... arguments) throws IOException, InterruptedException {
        return ProgramRun.run(
                HERE, Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    }

    private int run(String... options) {
        return new CommandLine(new Pairs())
                .setOut(new PrintWriter(shown, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(Stream.of(options), SHORT.stream()).toArray(String[]::new));
    }
}
