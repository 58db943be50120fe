package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That pieces can be measured, not how fast any of them is. */
class PiecesTest {

    private final StringWriter shown = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void eachPieceIsARowOfOneTable() {
        assertThat(run("--param", "held=10", "--param", "rules=1")).isZero();
        assertThat(errors.toString()).isEmpty();
        List<String> lines = shown.toString().lines().toList();
        assertThat(lines).startsWith("| piece | parameters | ns/op ± error | B/op |", "|---|---|--:|--:|");
        assertThat(lines.stream().skip(2))
                .allMatch(line -> line.matches("\\|[^|]*\\|[^|]*\\| [\\d,]+\\.\\d \\| [\\d,]+\\.\\d \\|"))
                .map(line -> line.replaceAll("^\\| (.*) \\| (.*?) ?\\| .* \\| .* \\|$", "$1: $2"))
                .containsExactly(
                        "Bars.add: ",
                        "Bars.merge: ",
                        "Decode.json: fields=few",
                        "Decode.json: fields=all",
                        "Decode.limit: fields=few",
                        "Decode.limit: fields=all",
                        "RuleChecks.check: held=10, kind=simple, rules=1",
                        "RuleChecks.check: held=10, kind=changePct, rules=1",
                        "RuleChecks.check: held=10, kind=windowed, rules=1",
                        "RuleChecks.check: held=10, kind=returnZScore, rules=1",
                        "RuleChecks.check: held=10, kind=volumeRatio, rules=1",
                        "Serialize.read: fields=few",
                        "Serialize.read: fields=all",
                        "Serialize.write: fields=few",
                        "Serialize.write: fields=all",
                        "Summaries.csv: ",
                        "Summaries.figures: ",
                        "Summaries.json: ");
    }

    @Test
    void aPieceThatIsNotThereIsRefused() {
        assertThat(run("NoSuchPiece")).isEqualTo(1);
        assertThat(errors.toString()).isEqualTo("no piece has a name like NoSuchPiece" + System.lineSeparator());
    }

    private int run(String... options) {
        return new CommandLine(new Pieces())
                .setOut(new PrintWriter(shown, true))
                .setErr(new PrintWriter(errors, true))
                .execute(Stream.concat(
                                Stream.of(options),
                                Stream.of("--forks", "0", "--warmups", "0", "--iterations", "1", "--millis", "1"))
                        .toArray(String[]::new));
    }
}
