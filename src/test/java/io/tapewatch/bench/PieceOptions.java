package io.tapewatch.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How long JMH measures a piece, and with which parameters. */
final class PieceOptions {

    /** What JMH calls the garbage of an operation, in bytes. */
    static final String GARBAGE = "gc.alloc.rate.norm";

    private static final String PACKAGE = Pieces.class.getPackageName() + ".pieces.";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE,...",
            description = "The values of a parameter that are measured, such as rules=1,100. Default: all of them")
    private List<String> parameters = List.of();

    @Option(
            names = "--warmups",
            description = "Iterations that do not count, for the compiler. Default: ${DEFAULT-VALUE}")
    private int warmups = 2;

    @Option(names = "--iterations", description = "Iterations that count. Default: ${DEFAULT-VALUE}")
    private int iterations = 4;

    @Option(names = "--millis", description = "Milliseconds of an iteration. Default: ${DEFAULT-VALUE}")
    private int millis = 300;

    /**
     * The arguments of JMH's own command line.
     *
     * @param forks how many JVMs measure each piece, one after the other; 0 for this one
     * @param pieces regular expressions for parts of their names; all pieces if there are none
     */
    List<String> arguments(int forks, List<String> pieces) {
        List<String> arguments = new ArrayList<>(pieces);
        arguments.addAll(List.of("-bm", "avgt", "-tu", "ns", "-prof", "gc", "-foe", "true"));
        arguments.addAll(List.of("-f", String.valueOf(forks)));
        arguments.addAll(List.of("-wi", String.valueOf(warmups), "-w", millis + "ms"));
        arguments.addAll(List.of("-i", String.valueOf(iterations), "-r", millis + "ms"));
        parameters.forEach(parameter -> arguments.addAll(List.of("-p", parameter)));
        return arguments;
    }

    /** The name of a piece, such as Bars.add, of JMH's longer one. */
    static String name(String benchmark) {
        return benchmark.startsWith(PACKAGE) ? benchmark.substring(PACKAGE.length()) : benchmark;
    }
}
