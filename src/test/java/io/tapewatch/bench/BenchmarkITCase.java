package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.WholeForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** That the benchmark works, not how fast anything is. */
@Timeout(600)
@WholeForm
class BenchmarkITCase {

    private final StringWriter shown = new StringWriter();

    @ParameterizedTest
    @CsvSource({"hashmap,none", "rocksdb,kafka"})
    void bothSidesPublishTheSameAndAreComparedInATable(String state, String sink) {
        assertThat(run("--state", state, "--sink", sink, "--windows", "1m;1m,5m/1m,1d"))
                .isZero();
        assertThat(shown.toString().lines().map(line -> line.replaceAll("\\d+([,.]\\d+)*", "N")))
                .contains("N ticks of N symbols in N minutes, N partitions, parallelism N, state " + state + ", sink "
                        + sink)
                .containsSequence(
                        "| windows | engine ticks/s | flink ticks/s | ratio | engine bytes a symbol | flink bytes a symbol |",
                        "|--:|--:|--:|--:|--:|--:|",
                        "| N | N | N | N | N | N |",
                        "| N | N | N | N | N | N |");
        // Of five symbols: twelve minutes, the twelve that end then of five minutes, and no day.
        assertThat(shown.toString()).containsPattern("engine +1 windows .* 60 summaries");
        assertThat(shown.toString()).containsPattern("flink +3 windows .* 120 summaries");
    }

    @Test
    void windowsThatFlinkHasNoOperatorForAreRefused() {
        assertThat(run("--windows", "1d+1m")).isNotZero();
        assertThat(shown.toString()).contains("Flink has no operator for windows like 1d+1m");
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 6];
        System.arraycopy(options, 0, arguments, 0, options.length);
        System.arraycopy(
                new String[] {"--symbols", "5", "--minutes", "12", "--runs", "1"}, 0, arguments, options.length, 6);
        PrintWriter out = new PrintWriter(shown, true);
        return new CommandLine(new Benchmark()).setOut(out).setErr(out).execute(arguments);
    }
}
