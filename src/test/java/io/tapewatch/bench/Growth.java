package io.tapewatch.bench;

import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What more symbols, more rules and one busy symbol cost: the job as it is submitted works off a backlog, exactly once to
 * Kafka.
 *
 * <p>The number of ticks is the same in all runs, and each symbol has its ticks at the same distance. So as many summaries
 * come of each tick with few symbols as with many: few symbols only go on for longer, in event time. The time is taken from
 * a quarter of the ticks to the last summary, and that of the cores to the end of the job; before that, Java compiles. Of a run
 * so short that a quarter is not seen, the start is measured, too.
 */
@Command(
        name = "growth",
        description = "Measures what more symbols, more rules and one busy symbol cost.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Growth implements Callable<Integer> {

    private static final int LOOK_EVERY_MILLIS = 100;

    @Option(names = "--ticks", description = "How many ticks each run reads. Default: ${DEFAULT-VALUE}")
    private long ticks = 20_000_000;

    @Option(
            names = "--millis-apart",
            description = "From one tick of a symbol to the next, in event time. Default: ${DEFAULT-VALUE}")
    private long millisApart = 6000;

    @Option(names = "--symbols", split = ",", description = "Default: 100,10000,1000000")
    private List<Integer> symbols = List.of(100, 10_000, 1_000_000);

    @Option(names = "--rules", split = ",", description = "How many rules. Default: 1,10,100")
    private List<Integer> rules = List.of(1, 10, 100);

    @Option(names = "--busy", description = "Percent of the ticks that one symbol has. Default: ${DEFAULT-VALUE}")
    private int busy = 95;

    @Option(names = "--usual-symbols", description = "Where rules or shares vary. Default: ${DEFAULT-VALUE}")
    private int usualSymbols = 10_000;

    @Option(names = "--usual-rules", description = "Where symbols or shares vary. Default: ${DEFAULT-VALUE}")
    private int usualRules = 10;

    @Option(names = "--state", description = "hashmap or rocksdb. Default: ${DEFAULT-VALUE}")
    private String state = "hashmap";

    @Option(names = "--partitions", description = "Partitions of the topic. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(names = "--parallelism", description = "Slots that the job takes. Default: ${DEFAULT-VALUE}")
    private int parallelism = 2;

    @Option(names = "--memory", description = "Of the task manager's process. Default: ${DEFAULT-VALUE}")
    private String memory = "8g";

    @Option(
            names = "--flink",
            description =
                    "A setting of Flink, KEY=VALUE, that is other than in flink-conf/config.yaml. Can be repeated.")
    private Map<String, String> flink = Map.of();

    @Option(names = "--seed", description = "Of the random prices. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    /**
     * What is measured in one run.
     *
     * @param busy percent of the ticks that one symbol has beyond its share
     */
    private record Case(int symbols, int rules, int busy) {}

    /** What a run came to. */
    private record Result(double ticksPerSecond, double microsOfCpu, long stateBytes, long summaries) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Growth()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Stage stage = Stage.open(out)) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks in each run, %,d ms from one tick of a symbol to the next, %d partitions, parallelism %d,"
                            + " state %s, task manager of %s%n%n",
                    ticks,
                    millisApart,
                    partitions,
                    parallelism,
                    state,
                    memory);
            out.println("| what grows | symbols | ticks a symbol | rules | one symbol has | ticks/s | ratio"
                    + " | CPU a tick, µs | ratio | state, bytes a symbol | ratio | summaries |");
            out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            // A case that two groups have is measured once.
            Map<Case, Result> results = new HashMap<>();
            print(stage, out, "symbols", casesOfSymbols(), results);
            print(stage, out, "rules", casesOfRules(), results);
            print(
                    stage,
                    out,
                    "one symbol",
                    List.of(new Case(usualSymbols, usualRules, 0), new Case(usualSymbols, usualRules, busy)),
                    results);
        }
        return 0;
    }

    private List<Case> casesOfSymbols() {
        return symbols.stream().map(count -> new Case(count, usualRules, 0)).toList();
    }

    private List<Case> casesOfRules() {
        return rules.stream().map(count -> new Case(usualSymbols, count, 0)).toList();
    }

    private void print(Stage stage, PrintWriter out, String group, List<Case> cases, Map<Case, Result> results)
            throws Exception {
        Result first = null;
        for (Case each : cases) {
            Result result = results.get(each);
            if (result == null) {
                result = run(stage, each);
                results.put(each, result);
            }
            if (first == null) {
                first = result;
            }
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %s | %,.0f | %.2f | %.2f | %.2f | %,d | %.2f | %,d |%n",
                    group,
                    each.symbols,
                    ticks / each.symbols,
                    each.rules,
                    each.busy == 0 ? "its share" : each.busy + " %",
                    result.ticksPerSecond,
                    result.ticksPerSecond / first.ticksPerSecond,
                    result.microsOfCpu,
                    result.microsOfCpu / first.microsOfCpu,
                    result.stateBytes / each.symbols,
                    (double) result.stateBytes / each.symbols / (first.stateBytes / (double) cases.get(0).symbols),
                    result.summaries);
            out.flush();
        }
    }

    private Result run(Stage stage, Case each) throws Exception {
        String prefix = stage.nextPrefix();
        InputTopics inputs = Stage.inputsOf(prefix);
        stage.broker().createTopics(JobTopics.ANY.withPartitions(partitions).all(inputs, prefix));
        stage.sendRules(inputs.rules(), VariedRules.ofStarterKinds(each.rules));
        Backlog backlog =
                new Backlog(each.symbols, ticks / each.symbols, millisApart, Load.START, each.busy, partitions, seed);
        backlog.sendTo(stage.bootstrapServers(), inputs.prices());
        SubmittedJob.Setup setup = new SubmittedJob.Setup(
                prefix,
                inputs,
                state,
                parallelism,
                memory,
                1,
                flink,
                List.of("--prices.until", "latest", "--prices.idle-timeout", "1 h"));
        try (SubmittedJob job = SubmittedJob.start(stage, setup)) {
            Result result = measure(stage, prefix, job, backlog.ticks());
            stage.expectNoDeadLetters(prefix);
            return result;
        } finally {
            stage.deleteTopics(List.of(inputs.prices(), prefix + "summaries"));
        }
    }

    private static Result measure(Stage stage, String prefix, SubmittedJob job, long all) throws Exception {
        Sample first = job.sample();
        long stateBytes = 0;
        while (!job.isFinished()) {
            if (first.records() < all / 4) {
                Sample later = job.sample();
                first = later.records() < all / 2 ? later : first;
            }
            stateBytes = Math.max(stateBytes, job.largestState());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        stateBytes = Math.max(stateBytes, job.largestState());
        Sample ended = new Sample(all, job.cluster().cpuOfTaskManagers(), stage.lastAppended(prefix + "summaries"));
        return new Result(
                ended.recordsPerSecondSince(first),
                1e6 / ended.recordsPerCoreSince(first),
                stateBytes,
                stage.records(prefix + "summaries"));
    }
}
