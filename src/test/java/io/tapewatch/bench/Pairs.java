package io.tapewatch.bench;

import io.tapewatch.bench.PairedBench.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs one benchmark on a commit and on the work tree in turn, and says whether the work tree is worse. Runs of a pair are
 * close in time, so what else the machine does touches both; in each other pair the work tree is first.
 */
@Command(
        name = "pairs",
        description = "Compares the work tree with a commit, in pairs of runs of one benchmark.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Pairs implements Callable<Integer> {

    /** What a process returns that is ended by Ctrl-C: 128 and the signal. */
    private static final int CTRL_C = 130;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "COMMIT",
            description = "What the work tree is compared with, such as main or HEAD")
    private String base;

    @ArgGroup(multiplicity = "1")
    private Bench bench;

    /** What is run. */
    static final class Bench {
        @Option(
                names = "--bench",
                paramLabel = "PIECE",
                description = "A part of the names of pieces, such as Decode or Bars.add, or a regular expression")
        private String piece;

        @Option(
                names = "--job",
                paramLabel = "CONTENDER",
                description = "The whole job, under one of the names that SideBySide lists, such as ours-1m")
        private String job;

        @Override
        public String toString() {
            return piece != null ? piece : job;
        }
    }

    @Option(names = "--pairs", description = "How many pairs, two at least. Default: ${DEFAULT-VALUE}")
    private int pairs = 10;

    @Option(
            names = "--bound",
            paramLabel = "PERCENT",
            description = "By how much the work tree may be worse. Default: ${DEFAULT-VALUE}")
    private BigDecimal bound = BigDecimal.valueOf(3);

    @ArgGroup(validate = false, heading = "%nOf pieces:%n")
    private PieceOptions pieceOptions = new PieceOptions();

    @ArgGroup(validate = false, heading = "%nOf the whole job:%n")
    private Arena.Options jobOptions = new Arena.Options();

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Pairs()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (pairs < 2) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--pairs: expected 2 or more");
        }
        try (Checkout checkout = Checkout.of(Path.of("").toAbsolutePath(), base);
                PairedBench paired = paired()) {
            buildAndCompare(paired, checkout);
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            return CTRL_C;
        }
    }

    private PairedBench paired() {
        return bench.piece != null
                ? new PiecePairs(bench.piece, pieceOptions)
                : new JobPairs(bench.job, jobOptions, spec.commandLine().getErr()::println);
    }

    private void buildAndCompare(PairedBench paired, Checkout checkout) throws Exception {
        Build workTree = Build.ofThisProcess(checkout.folder());
        expectIn(workTree, paired);
        spec.commandLine().getErr().println("building " + checkout.commit() + " ...");
        Build built = checkout.build();
        expectIn(built, paired);
        compare(paired, built, workTree);
    }

    private void expectIn(Build build, PairedBench paired) throws IOException, InterruptedException {
        if (!paired.isIn(build)) {
            throw new IOException(build.name() + " has no benchmark like " + bench);
        }
    }

    private void compare(PairedBench paired, Build built, Build workTree) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "| pair | piece | %2$s, %1$s | work tree, %1$s | ratio | %2$s, %3$s | work tree, %3$s |%n",
                paired.unit(), built.name(), paired.unitBesides());
        out.println("|--:|---|--:|--:|--:|--:|--:|");
        Map<String, PairedRatios> ratios = new LinkedHashMap<>();
        for (int pair = 1; pair <= pairs; pair++) {
            boolean isBaseFirst = pair % 2 == 1;
            List<Score> first = paired.run(isBaseFirst ? built : workTree);
            List<Score> second = paired.run(isBaseFirst ? workTree : built);
            addPair(pair, isBaseFirst ? first : second, isBaseFirst ? second : first, ratios);
            if (ratios.isEmpty()) {
                throw new IOException("the two builds have no piece in common");
            }
        }
        ratios.forEach((piece, each) -> out.println(piece + ": " + each.told(bound, paired.isLowerBetter())));
        out.flush();
    }

    /** Pieces that only one of the builds has are left out. */
    private void addPair(int pair, List<Score> before, List<Score> after, Map<String, PairedRatios> ratios) {
        PrintWriter out = spec.commandLine().getOut();
        for (Score now : after) {
            for (Score then : before) {
                if (now.piece().equals(then.piece())) {
                    ratios.computeIfAbsent(now.piece(), piece -> new PairedRatios())
                            .add(then.value(), now.value());
                    out.printf(
                            Locale.ROOT,
                            "| %d | %s | %,.1f | %,.1f | %.3f | %,.1f | %,.1f |%n",
                            pair,
                            now.piece(),
                            then.value(),
                            now.value(),
                            now.value() / then.value(),
                            then.besides(),
                            now.besides());
                }
            }
        }
        out.flush();
    }
}
