package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What a benchmark shows, each number as N. */
final class ShownTable {

    private ShownTable() {}

    /** Runs the benchmark with these options, and returns the lines it shows. */
    static List<String> of(Object benchmark, String... options) {
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown, true);
        int exitCode = new CommandLine(benchmark).setOut(out).setErr(out).execute(options);
        assertThat(exitCode).as(shown.toString()).isZero();
        return shown.toString()
                .lines()
                .map(line -> line.replaceAll("\\d+([,.]\\d+)*", "N"))
                .toList();
    }
}
