package io.tapewatch.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** The results of JMH as a table in Markdown. A row appears when its piece has been measured. */
final class PieceTable implements OutputFormat {

    private final PrintWriter out;

    /** What JMH said since the last row: of interest if no other follows. */
    private final StringBuilder said = new StringBuilder();

    PieceTable(PrintWriter out) {
        this.out = out;
    }

    /** What JMH has said since the last row. */
    String said() {
        return said.toString();
    }

    @Override
    public void startRun() {
        out.println("| piece | parameters | ns/op ± error | B/op |");
        out.println("|---|---|--:|--:|");
        out.flush();
    }

    /** The error is half of JMH's interval, in which the mean is with a confidence of 99.9 %. */
    @Override
    public void endBenchmark(BenchmarkResult result) {
        if (result == null) {
            return; // It failed, and JMH says so.
        }
        BenchmarkParams params = result.getParams();
        Result<?> time = result.getPrimaryResult();
        Result<?> garbage = result.getSecondaryResults().get(PieceOptions.GARBAGE);
        double error = time.getScoreError();
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,.1f%s | %,.1f |%n",
                PieceOptions.name(params.getBenchmark()),
                params.getParamsKeys().stream()
                        .map(key -> key + "=" + params.getParam(key))
                        .collect(Collectors.joining(", ")),
                time.getScore(),
                // Of one or two iterations there is none.
                Double.isNaN(error) ? "" : String.format(Locale.ROOT, " ± %,.1f", error),
                garbage.getScore());
        out.flush();
        said.setLength(0);
    }

    @Override
    public void print(String text) {
        said.append(text);
    }

    @Override
    public void println(String line) {
        said.append(line).append(System.lineSeparator());
    }

    @Override
    public void write(int single) {
        said.append((char) single);
    }

    @Override
    public void write(byte[] text) {
        said.append(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void startBenchmark(BenchmarkParams params) {}

    @Override
    public void iteration(BenchmarkParams params, IterationParams iterations, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams params, IterationParams iterations, int iteration, IterationResult result) {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
