package io.tapewatch.bench;

import io.tapewatch.bench.contender.Contender;
import io.tapewatch.bench.contender.Figures;
import io.tapewatch.bench.contender.Promise;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What {@link SideBySide} prints. */
final class SideBySideTable {

    /** By whose speed the others' are divided. */
    private static final String LIMIT = "limit";

    private SideBySideTable() {}

    /** One run, on a line. */
    static String line(int round, String name, Figures run) {
        return String.format(
                Locale.ROOT,
                "round %d  %-24s %,10.0f ticks/s  %6.2f µs of CPU a tick%s%s",
                round,
                name,
                run.ticksPerSecond(),
                run.cpuATick(),
                run.ranDry() ? "  (read to the end in " + Math.round(run.seconds()) + " s)" : "",
                isDisturbed(run)
                        ? String.format(
                                Locale.ROOT,
                                "  (other programs kept %.2f cores busy)",
                                run.othersSeconds() / run.seconds())
                        : "");
    }

    /** @param measured the runs of each contender; of one without runs nothing is printed */
    static void print(PrintWriter out, List<Contender> contenders, Map<String, List<Figures>> measured) {
        List<Contender> those = contenders.stream()
                .filter(each -> !measured.get(each.name()).isEmpty())
                .toList();
        List<Figures> limit = measured.getOrDefault(LIMIT, List.of());
        out.println(
                "| contender | thousand ticks/s | lowest to highest | of the limit | CPU, µs a tick | garbage, B a tick"
                        + " | pauses | compiler | state, B a symbol | other programs |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Contender contender : those) {
            List<Figures> runs = measured.get(contender.name());
            double state = median(runs, Figures::stateBytesASymbol);
            out.printf(
                    Locale.ROOT,
                    "| `%s` | %,.0f | %,.0f to %,.0f | %s | %.2f | %,.0f | %.1f %% | %.0f %% | %s | %.0f %% |%n",
                    contender.name(),
                    median(runs, Figures::ticksPerSecond) / 1e3,
                    runs.stream().mapToDouble(Figures::ticksPerSecond).min().orElseThrow() / 1e3,
                    runs.stream().mapToDouble(Figures::ticksPerSecond).max().orElseThrow() / 1e3,
                    limit.isEmpty()
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f %%",
                                    100
                                            * median(runs, Figures::ticksPerSecond)
                                            / median(limit, Figures::ticksPerSecond)),
                    median(runs, Figures::cpuATick),
                    median(runs, Figures::garbageATick),
                    100 * median(runs, run -> run.pauseSeconds() / run.seconds()),
                    100 * median(runs, run -> run.compilerSeconds() / run.seconds()),
                    state < 0 ? "" : String.format(Locale.ROOT, "%,.0f", state),
                    100 * median(runs, SideBySideTable::othersShare));
        }
        out.println();
        out.println("| contender | what it does | "
                + Arrays.stream(Promise.values()).map(Promise::words).collect(Collectors.joining(" | ")) + " |");
        out.println("|---|---|" + "---|".repeat(Promise.values().length));
        for (Contender contender : those) {
            out.printf(
                    "| `%s` | %s | %s |%n",
                    contender.name(),
                    contender.words(),
                    Arrays.stream(Promise.values())
                            .map(promise -> contender.promises().contains(promise) ? "yes" : "no")
                            .collect(Collectors.joining(" | ")));
        }
        List<String> disturbed = new ArrayList<>();
        those.stream()
                .filter(each -> measured.get(each.name()).stream().anyMatch(SideBySideTable::isDisturbed))
                .forEach(each -> disturbed.add(each.name()));
        out.println();
        out.println(
                disturbed.isEmpty()
                        ? "Nothing else kept the machine busy."
                        : "Other programs kept the machine busy in runs of " + String.join(", ", disturbed)
                                + ": measure these again when it is quiet.");
    }

    private static boolean isDisturbed(Figures run) {
        return othersShare(run) > OtherPrograms.MUCH;
    }

    /** The share of the whole machine that other programs took. */
    private static double othersShare(Figures run) {
        return run.othersSeconds() / run.seconds() / Runtime.getRuntime().availableProcessors();
    }

    private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
