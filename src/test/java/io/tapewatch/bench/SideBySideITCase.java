package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That the benchmark works, not how fast anything is. */
@Timeout(600)
class SideBySideITCase {

    private static final String[] SMALL = {
        "--rounds",
        "1",
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
        "--small-symbols",
        "5",
        "--heap",
        "512m"
    };

    private final StringWriter shown = new StringWriter();

    @Test
    void aContenderIsMeasuredInAJvmOfItsOwnAndWhatIsThereIsNotMeasuredAgain(@TempDir Path folder) throws Exception {
        Path results = folder.resolve("results.jsonl");

        assertThat(run("--contenders", "limit", "--results", results.toString()))
                .as(shown.toString())
                .isZero();
        assertThat(table())
                .contains(
                        "| `limit` | N | N to N | N % | N | N | N % | N % |  | N % |",
                        "| `limit` | consumers that decode, by the decoder of N-N-N | no | no | no | no |");
        assertThat(Files.readAllLines(results)).hasSize(1);

        assertThat(run("--contenders", "limit", "--results", results.toString()))
                .isZero();
        assertThat(Files.readAllLines(results)).hasSize(1);
    }

    @Test
    @WholeForm
    void theWholeJobIsMeasuredBesideAPeerWithAnotherClassPath() {
        assertThat(run("--contenders", "ours-everything,streams-1m"))
                .as(shown.toString())
                .isZero();
        assertThat(table())
                .contains(
                        "| `ours-everything` | N | N to N |  | N | N | N % | N % | N | N % |",
                        "| `streams-Nm` | N | N to N |  | N | N | N % | N % | N | N % |",
                        "| `ours-everything` | five windows, twenty rules, exactly once to Kafka, CSV"
                                + " | yes | yes | yes | yes |");
    }

    @Test
    @WholeForm
    void aContenderThatDoesNotStartIsToldWithWhatItPrinted() {
        assertThat(run("--contenders", "limit", "--heap", "1k")).isEqualTo(1);
        assertThat(shown.toString()).contains("limit ended with exit code 1").contains("Too small maximum heap");
    }

    @Test
    void anUnknownContenderIsToldBeforeAnythingStarts() {
        assertThat(run("--contenders", "flunk-*")).isNotZero();
        assertThat(shown.toString()).contains("there is no 'flunk-*'");
    }

    private Stream<String> table() {
        // Kafka Streams may have read all of so few ticks before it is measured.
        return shown.toString().lines().map(line -> line.replaceAll("\\d+([,.]\\d+)*|NaN|Infinity", "N"));
    }

    private int run(String... options) {
        String[] arguments = new String[SMALL.length + options.length];
        System.arraycopy(SMALL, 0, arguments, 0, SMALL.length);
        System.arraycopy(options, 0, arguments, SMALL.length, options.length);
        PrintWriter out = new PrintWriter(shown, true);
        return new CommandLine(new SideBySide())
                .setOverwrittenOptionsAllowed(true)
                .setOut(out)
                .setErr(out)
                .execute(arguments);
    }
}
