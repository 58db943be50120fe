package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of rules that are not sent: nothing listens at the address of Kafka, and nothing asks. */
class RulesPutTest {

    private static final String WHEN = "\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":1}}";

    @TempDir
    private Path folder;

    @Test
    void ofAFileWithAnInvalidRuleNoneIsSent() throws IOException {
        ToolInProcess.Said said =
                put("[{\"id\":\"a\",\"version\":1," + WHEN + ",{\"id\":\"b\",\"version\":0," + WHEN + "]");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .hasSize(3)
                .startsWith("a  1  valid")
                .endsWith("2 rules, 1 invalid")
                .anyMatch(line -> line.startsWith("b     invalid  ") && line.contains("version"));
        assertThat(said.err())
                .containsExactly("tapewatch: nothing was sent; correct the invalid rules in "
                        + folder.resolve("rules.json") + ", or send the others alone with --partial");
    }

    @Test
    void withoutAValidRuleThereIsNothingToSendInPart() throws IOException {
        for (String option : List.of("--partial", "--no-wait")) {
            ToolInProcess.Said said = put("{\"version\":1," + WHEN, option);
            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.out())
                    .containsExactly(
                            "rule 1    invalid  \"id\" is missing: name the rule there, or in the record's key",
                            "1 rule, 1 invalid");
            assertThat(said.err())
                    .containsExactly("tapewatch: nothing was sent; correct the invalid rules in "
                            + folder.resolve("rules.json"));
        }
    }

    @Test
    void anIdStandsInAFileOnce() throws IOException {
        ToolInProcess.Said said = put("[{\"id\":\"a\",\"version\":1," + WHEN + ",{\"id\":\"b\",\"version\":1," + WHEN
                + ",{\"id\":\"a\",\"version\":2," + WHEN + "]");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .containsExactly(
                        "a  1  valid",
                        "b  1  valid",
                        "a  2  invalid  rule 1 of the file has the same id: keep one of them, or give one another id",
                        "3 rules, 1 invalid");
    }

    @Test
    void aRuleThatIsTooLongIsInvalid() throws IOException {
        ToolInProcess.Said said = put("{\"id\":\"a\",\"version\":1," + " ".repeat(70_000) + WHEN);
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out().get(0)).startsWith("a    invalid  a rule of 70").endsWith("at most 65536 are allowed");
    }

    private ToolInProcess.Said put(String rules, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), rules);
        Stream<String> put = Stream.of("rules", "put", "--kafka.bootstrap-servers=localhost:1", file.toString());
        return ToolInProcess.run(Stream.concat(put, Stream.of(options)).toList());
    }
}
