package io.tapewatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.bench.contender.Contender;
import io.tapewatch.bench.contender.Contenders;
import io.tapewatch.bench.contender.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures Tapewatch beside its peers: the same topic, the same heap, a fresh JVM for each run, in turn, several rounds. Prints
 * the medians, and what each contender promises.
 */
@Command(
        name = "side-by-side",
        description = "Measures the job beside its peers, and prints a table.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SideBySide implements Callable<Integer> {

    @Option(
            names = "--contenders",
            split = ",",
            description = "Their names; a name may end with '*'. Default: all. --list shows them.")
    private List<String> chosen = List.of("*");

    @Option(names = "--list", description = "Lists the contenders, and measures nothing.")
    private boolean lists;

    @Option(names = "--rounds", description = "How often each is measured, in turn. Default: ${DEFAULT-VALUE}")
    private int rounds = 3;

    @Option(
            names = "--results",
            description =
                    "A file that gets each run's figures at once. What it holds already is not measured again, so that"
                            + " a run of this program that was ended goes on.")
    private Path results;

    @Mixin
    private Arena.Options arena;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /** A run, as the file of results keeps it. */
    private record Run(String contender, int round, Figures figures) {}

    /** A run that is still to come. */
    private record Turn(Contender contender, int round) {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SideBySide()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<Contender> contenders = contenders();
        if (lists) {
            contenders.forEach(each -> out.printf("%-24s %s%n", each.name(), each.words()));
            return 0;
        }
        Map<String, List<Figures>> measured = new LinkedHashMap<>();
        contenders.forEach(each -> measured.put(each.name(), new ArrayList<>()));
        List<Run> before = before();
        before.stream().filter(run -> measured.containsKey(run.contender)).forEach(run -> measured.get(run.contender)
                .add(run.figures));
        List<Turn> turns = turns(contenders, before);
        boolean isWhole = true;
        out.println(Machine.inWords());
        if (!turns.isEmpty()) {
            try (Arena open = Arena.open(arena, line -> tell(out, line))) {
                for (Turn turn : turns) {
                    String name = turn.contender.name();
                    try {
                        Figures figures = open.run(turn.contender);
                        measured.get(name).add(figures);
                        keep(new Run(name, turn.round, figures));
                        tell(out, SideBySideTable.line(turn.round, name, figures));
                    } catch (IllegalStateException e) {
                        // The others have their turns all the same.
                        isWhole = false;
                        tell(out, e.getMessage());
                    }
                }
            }
        }
        out.println();
        SideBySideTable.print(out, contenders, measured);
        out.flush();
        return isWhole ? 0 : 1;
    }

    private static void tell(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private List<Contender> contenders() {
        for (String name : chosen) {
            if (Contenders.all().stream().noneMatch(each -> isMeant(name, each))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "--contenders: there is no '" + name + "'; --list shows those that there are");
            }
        }
        return Contenders.all().stream()
                .filter(each -> chosen.stream().anyMatch(name -> isMeant(name, each)))
                .toList();
    }

    private static boolean isMeant(String name, Contender contender) {
        return name.endsWith("*")
                ? contender.name().startsWith(name.substring(0, name.length() - 1))
                : contender.name().equals(name);
    }

    /** Each contender once a round, but for what has been measured before. */
    private List<Turn> turns(List<Contender> contenders, List<Run> before) {
        return IntStream.rangeClosed(1, rounds)
                .boxed()
                .flatMap(round -> contenders.stream().map(contender -> new Turn(contender, round)))
                .filter(turn -> before.stream()
                        .noneMatch(run -> run.contender.equals(turn.contender.name()) && run.round == turn.round))
                .toList();
    }

    private List<Run> before() throws IOException {
        List<Run> runs = new ArrayList<>();
        if (results != null && Files.exists(results)) {
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.readAllLines(results)) {
                runs.add(json.readValue(line, Run.class));
            }
        }
        return runs;
    }

    private void keep(Run run) throws IOException {
        if (results != null) {
            Files.writeString(
                    results,
                    new ObjectMapper().writeValueAsString(run) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
