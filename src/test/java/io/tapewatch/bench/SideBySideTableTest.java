package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.bench.contender.Contender;
import io.tapewatch.bench.contender.Contenders;
import io.tapewatch.bench.contender.Figures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideBySideTableTest {

    private static final Contender LIMIT = Contenders.named("limit");
    private static final Contender OURS = Contenders.named("ours-1m");
    private static final Contender NOT_MEASURED = Contenders.named("limit-bytes");

    @Test
    void itShowsMediansAndRatiosToTheLimit() {
        assertThat(table(
                        List.of(run(1_000, 0), run(3_000, 0), run(2_000, 0)),
                        List.of(run(500, 0), run(400, 0), run(600, 0))))
                .contains(
                        "| `limit` | 2 | 1 to 3 | 100.0 % | 750.00 | 100 | 1.0 % | 20 % |  | 0 % |",
                        "| `ours-1m` | 1 | 0 to 1 | 25.0 % | 3000.00 | 400 | 1.0 % | 20 % |  | 0 % |",
                        "Nothing else kept the machine busy.")
                .noneMatch(line -> line.contains("limit-bytes"));
    }

    @Test
    void itSaysWhoseRunsWereDisturbed() {
        double halfOfTheMachine = 5.0 * Runtime.getRuntime().availableProcessors();

        assertThat(table(List.of(run(1_000, 0)), List.of(run(500, 0), run(500, halfOfTheMachine))))
                .contains(
                        "Other programs kept the machine busy in runs of ours-1m: measure these again when it is quiet.");
        assertThat(SideBySideTable.line(1, "ours-1m", run(500, halfOfTheMachine)))
                .contains("(other programs kept ");
        assertThat(SideBySideTable.line(1, "ours-1m", run(500, 0))).doesNotContain("other programs");
    }

    private static List<String> table(List<Figures> limit, List<Figures> ours) {
        Map<String, List<Figures>> measured = new LinkedHashMap<>();
        measured.put(NOT_MEASURED.name(), List.of());
        measured.put(LIMIT.name(), limit);
        measured.put(OURS.name(), ours);
        StringWriter out = new StringWriter();
        SideBySideTable.print(new PrintWriter(out, true), List.of(NOT_MEASURED, LIMIT, OURS), measured);
        return out.toString().lines().toList();
    }

    /** Ten seconds with a core and a half. */
    private static Figures run(double ticksPerSecond, double othersSeconds) {
        return new Figures(
                Math.round(10 * ticksPerSecond), 10, 15, 2_000_000, 0.1, 2, othersSeconds, 1, Figures.NO_STATE, false);
    }
}
