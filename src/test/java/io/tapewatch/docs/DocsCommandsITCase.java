package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tapewatch.Rounds;
import io.tapewatch.WholeForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command on the pages, typed into a terminal of 100 columns, and what it prints compared with what the page shows.
 *
 * <p>How to write a command on a page, and how to add a page (a line in {@link #PAGES}):
 *
 * <pre>
 * ```console
 * $ ./tapewatch rules check examples/rules.json
 * price-spike  1  accepted
 * …
 * 4 rules, 0 rejected
 * ```
 * </pre>
 *
 * <ul>
 *   <li>The fence says {@code console}. A line that begins with {@code $ } is a command. A backslash at the end of a line
 *       continues the command on the next line. The lines up to the next command are what it prints, on standard output
 *       and standard error. A command without such lines is run, and its output is not compared.
 *   <li>{@code …} alone on a line stands for any lines, or none. {@code …} within a line stands for any text.
 *   <li>{@code ^C} alone on a line: when the lines above have been printed, Ctrl-C is typed. The lines below come then.
 *   <li>A command returns 0, unless Ctrl-C ends it or the page says otherwise.
 *   <li>The blocks of a page are run one after the other, in one folder that looks like a fresh clone: {@code ./tapewatch},
 *       {@code examples/}, {@code docs/}, {@code target/tapewatch.jar}. {@code localhost:9092} and {@code broker:9092} are a Kafka broker of
 *       the page's own, {@code flink} is the client of a cluster of the page's own.
 * </ul>
 *
 * <p>All that was typed and printed is in {@code target/docs-commands/} afterwards: write a page with {@code …} for the lines,
 * run this test, and take them from there. {@code -Dtapewatch.docs.page=docs/tools.md} runs one page alone. The short form of
 * the tests runs {@link #FIRST_PAGES} alone.
 *
 * <p>Comments on the lines right before the fence, which no reader sees, say more:
 *
 * <ul>
 *   <li>{@code <!-- not run: needs Docker -->}: the block is skipped, and the report of the tests tells why.
 *   <li>{@code <!-- varies: 39877 23.9 -->}: these words are others in each run. Later blocks of the page may use them: they
 *       get what was printed.
 *   <li>{@code <!-- in any order -->}: all lines that are shown must be there, in whatever order, among others.
 *   <li>{@code <!-- left running -->}: the last command goes on while the next blocks run, as in another terminal.
 *   <li>{@code <!-- exit code: 1 -->}: what the last command returns.
 *   <li>{@code <!-- first: COMMAND -->}: a command that is run before the block.
 * </ul>
 */
class DocsCommandsITCase {

    /** The pages whose commands are run. */
    static final List<String> PAGES = List.of(
            "README.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "examples/README.md",
            "docs/conditions.md",
            "docs/doctor.md",
            "docs/feeds.md",
            "docs/glossary.md",
            "docs/metrics.md",
            "docs/operations.md",
            "docs/performance.md",
            "docs/records.md",
            "docs/rules.md",
            "docs/security.md",
            "docs/settings.md",
            "docs/simulated-market.md",
            "docs/starter-rules.md",
            "docs/status.md",
            "docs/tools.md",
            "docs/troubleshooting.md",
            "docs/windows.md");

    /** The pages that a newcomer types first: the short form runs these alone. */
    private static final List<String> FIRST_PAGES = List.of("README.md", "examples/README.md");

    /** One of them, or some with commas between them, to run no others. */
    private static final String ONE_PAGE = "tapewatch.docs.page";

    /** What was typed and printed, for whoever writes a page. */
    private static final Path TRANSCRIPTS = Path.of("target", "docs-commands");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> everyCommandPrintsWhatIsShown() {
        String one = System.getProperty(ONE_PAGE);
        return (one == null ? PAGES.stream() : Stream.of(one.split(",")))
                .map(page -> one != null || Rounds.areAll() || FIRST_PAGES.contains(page)
                        ? dynamicContainer(page, Stream.of(page).flatMap(this::blocks))
                        : dynamicTest(page, () -> notInTheShortForm(page)));
    }

    /** Reads the page all the same, so that a block which cannot be run is found. */
    private static void notInTheShortForm(String page) throws IOException {
        CommandBlock.of(page, Files.readString(Path.of(page)));
        assumeTrue(false, WholeForm.REASON);
    }

    private Stream<DynamicNode> blocks(String page) {
        List<DynamicNode> tests = new ArrayList<>();
        try {
            List<CommandBlock> blocks = CommandBlock.of(page, Files.readString(Path.of(page)));
            if (blocks.isEmpty()) {
                return Stream.empty();
            }
            String name = page.replace('/', '-');
            PageRun run = new PageRun(folder.resolve(name), TRANSCRIPTS.resolve(name + ".txt"));
            for (CommandBlock block : blocks) {
                tests.add(dynamicTest(block.name(), () -> {
                    assumeTrue(PseudoTerminal.isHere(), "script of util-linux is not here");
                    run.run(block);
                }));
            }
            tests.add(dynamicTest(page + " leaves nothing running", run::close));
        } catch (IOException | IllegalArgumentException e) {
            tests.add(dynamicTest(page, () -> {
                throw e;
            }));
        }
        return tests.stream();
    }

    @Test
    void thePagesThatAreRunAreThere() {
        assertThat(PAGES).doesNotHaveDuplicates().allMatch(page -> Files.exists(Path.of(page)));
    }

    @Test
    void aCommandGoesOnBesideOthersAndWhatVariesIsKnownToThem() throws Exception {
        assumeTrue(PseudoTerminal.isHere(), "script of util-linux is not here");
        run("""
                <!-- left running -->
                <!-- varies: 4711 -->
                ```console
                $ echo "number $$"; cat
                number 4711
                ```
                ```console
                $ kill -0 4711 && echo "4711 runs"
                4711 runs
                $ echo ready; cat
                ready
                ^C
                ```
                <!-- exit code: 3 -->
                ```console
                $ tput cols; exit 3
                100
                ```
                """);
    }

    @Test
    void whatIsNotPrintedAsShownFails() {
        assumeTrue(PseudoTerminal.isHere(), "script of util-linux is not here");
        assertThatThrownBy(() -> run("```console\n$ echo one\ntwo\n```\n"))
                .hasMessage("page.md:2: echo one\ndid not print as shown: two\nIt printed:\none");
        assertThatThrownBy(() -> run("```console\n$ echo one; exit 2\none\n```\n"))
                .hasMessage("page.md:2: echo one; exit 2\nreturned 2\nIt printed:\none");
        assertThatThrownBy(() -> run("```console\n$ echo one\ntwo\n^C\n```\n"))
                .hasMessageContaining("did not print as shown: two");
    }

    private void run(String markdown) throws Exception {
        try (PageRun run = new PageRun(
                Files.createTempDirectory(folder, "page"),
                folder.resolve("transcript").resolve("page.txt"))) {
            for (CommandBlock block : CommandBlock.of("page.md", markdown)) {
                run.run(block);
            }
        }
    }
}
