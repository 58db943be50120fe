package io.tapewatch.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures pieces of the job alone, with JMH: how many nanoseconds an operation takes in one thread, and how many bytes of
 * garbage it makes. Prints one table.
 */
@Command(
        name = "pieces",
        description = "Measures pieces of the job alone: time and garbage of an operation.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Pieces implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "PIECE",
            description = "Parts of the names of pieces, such as Decode or Bars.add, or regular expressions for them."
                    + " Default: all pieces")
    private List<String> pieces = List.of();

    @Option(
            names = "--forks",
            description =
                    "JVMs that measure each piece, one after the other; 0 for this one. Default:" + " ${DEFAULT-VALUE}")
    private int forks = 2;

    @Mixin
    private PieceOptions options;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Pieces()).execute(arguments));
    }

    @Override
    public Integer call() throws CommandLineOptionException {
        PrintWriter errors = spec.commandLine().getErr();
        PieceTable table = new PieceTable(spec.commandLine().getOut());
        String[] arguments = options.arguments(forks, pieces).toArray(String[]::new);
        try {
            new Runner(new CommandLineOptions(arguments), table).run();
            return 0;
        } catch (NoBenchmarksException e) {
            errors.println("no piece has a name like " + String.join(" or ", pieces));
        } catch (RunnerException e) {
            errors.println(table.said() + e.getMessage());
        }
        return 1;
    }
}
