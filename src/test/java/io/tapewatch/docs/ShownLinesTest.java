package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pages show and what programs print: equal, but for what the page says may vary. */
class ShownLinesTest {

    @Test
    void equalLinesAreAsShown() {
        assertThat(missing("a\nb", "a\nb")).isEmpty();
        assertThat(missing("a (1 + 2)", "a (1 + 2)")).isEmpty();
    }

    @Test
    void aLineTooFewTooManyOrOtherIsNot() {
        assertThat(missing("a\nb", "a")).hasValue("b");
        assertThat(missing("a", "a\nb"))
                .hasValueSatisfying(what -> assertThat(what).contains("nothing after it"));
        assertThat(missing("a\nb", "a\nc")).hasValue("b");
        assertThat(missing("a\nb", "b\na")).hasValue("a");
        assertThat(missing("a", "")).hasValue("a");
        assertThat(missing("a.b", "axb")).hasValue("a.b");
    }

    @Test
    void dotsStandForAnyLinesAndForAnyText() {
        assertThat(missing("a\n…\nd", "a\nb\nc\nd")).isEmpty();
        assertThat(missing("a\n…\nd", "a\nd")).isEmpty();
        assertThat(missing("…\nb\n…\nb", "b\nx\nb\nb")).isEmpty();
        assertThat(missing("…\nb\nc", "b\nb\nc")).isEmpty();
        assertThat(missing("…\nb\nc", "b\nd\nc")).hasValue("c");
        assertThat(missing("…\nb", "a")).hasValue("b");
        assertThat(missing("in … s", "in 3.7 s")).isEmpty();
        assertThat(missing("in … s", "in 3.7 min")).hasValue("in … s");
    }

    @Test
    void aWordThatVariesIsFound() {
        ShownLines lines = new ShownLines(List.of("Kafka  localhost:39877", "port 39877"), List.of("39877"), false);
        assertThat(lines.missing(List.of("Kafka  localhost:4711", "port 4711"))).isEmpty();
        assertThat(lines.found()).containsEntry("39877", "4711");
        assertThat(lines.missing(List.of("Kafka  localhost:", "port 4711"))).isPresent();
    }

    @Test
    void inAnyOrderNoLineMayBeMissing() {
        ShownLines lines = new ShownLines(List.of("a", "…", "b"), List.of(), true);
        assertThat(lines.missing(List.of("x", "b", "y", "a"))).isEmpty();
        assertThat(lines.missing(List.of("x", "b"))).hasValue("a");
    }

    @Test
    void aBlockIsReadWithItsCommentsCommandsAndLines() {
        List<CommandBlock> blocks = CommandBlock.of("page.md", """
                Words.

                <!-- varies: 1 2 -->
                <!-- exit code: 3 -->
                ```console
                $ one \\
                    --more
                printed
                $ two
                printed, too
                ^C
                stopped
                ```

                <!-- not run: needs Docker -->
                ```console
                $ three
                ```
                """);
        assertThat(blocks).hasSize(2);
        CommandBlock first = blocks.get(0);
        assertThat(first.line()).isEqualTo(5);
        assertThat(first.varying()).containsExactly("1", "2");
        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(first.commands())
                .containsExactly(
                        new CommandBlock.Typed(6, "one \\\n    --more", List.of("printed"), false, List.of()),
                        new CommandBlock.Typed(9, "two", List.of("printed, too"), true, List.of("stopped")));
        assertThat(blocks.get(1).notRun()).isEqualTo("needs Docker");
    }

    @Test
    void aCommandThatNoTestWouldRunIsRefused() {
        assertThatThrownBy(() -> CommandBlock.of("page.md", "```\n./tapewatch --exit\n```\n"))
                .hasMessage("page.md:1: './tapewatch --exit' looks like a command; fence it as ```console, with '$ '"
                        + " before it, and say <!-- not run: REASON --> if a test cannot run it");
        assertThatThrownBy(() -> CommandBlock.of("page.md", "<!-- nonsense -->\n```console\n$ a\n```\n"))
                .hasMessage("page.md:2: the comment 'nonsense' is no mark");
        assertThat(CommandBlock.of("page.md", "```json\n{}\n```\n")).isEmpty();
    }

    private static Optional<String> missing(String shown, String printed) {
        return new ShownLines(shown.lines().toList(), List.of(), false)
                .missing(printed.lines().toList());
    }
}
