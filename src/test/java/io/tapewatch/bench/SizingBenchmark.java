package io.tapewatch.bench;

import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.local.RuleSet;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How large a cluster for how much traffic: the job as it is submitted, with {@code flink-conf/config.yaml}, exactly once
 * to Kafka, works off a backlog on a cluster of processes. Prints for how many records a core of a task manager is enough
 * for a second, and how much state a checkpoint holds.
 *
 * <p>A core's share is taken from the time for which the task manager kept cores busy, so what else the machine does
 * matters little. It is measured from a quarter of the records to their end; before that, Java compiles.
 */
@Command(
        name = "sizing-benchmark",
        description = "Measures how many records a second a core of a cluster gets through.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SizingBenchmark implements Callable<Integer> {

    private static final int LOOK_EVERY_MILLIS = 100;

    @Option(names = "--symbols", description = "How many symbols. Default: ${DEFAULT-VALUE}")
    private int symbols = 1000;

    @Option(names = "--minutes", description = "How many minutes of 60 ticks a symbol. Default: ${DEFAULT-VALUE}")
    private int minutes = 120;

    @Option(
            names = "--quotes-per-tick",
            description =
                    "How many quotes come before each tick, 0 for a job without quotes. Default: ${DEFAULT-VALUE}")
    private int quotesPerTick = 0;

    @Option(names = "--partitions", description = "Partitions of a topic. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(names = "--parallelism", description = "Slots that the job takes. Default: ${DEFAULT-VALUE}")
    private int parallelism = 1;

    @Option(names = "--state", split = ",", description = "hashmap, rocksdb or both. Default: both")
    private List<String> states = List.of("hashmap", "rocksdb");

    @Option(
            names = "--windows",
            split = ";",
            description = "Lists of windows, separated by ';'. Default: ${DEFAULT-VALUE}")
    private List<String> windowLists = List.of("1m,5m/1m,1d+1m");

    @Option(
            names = "--rules",
            split = ",",
            description = "none, starter (those that ./tapewatch starts with) or both. Default: both")
    private List<Rules> rules = List.of(Rules.none, Rules.starter);

    @Option(names = "--memory", description = "Of the task manager's process. Default: ${DEFAULT-VALUE}")
    private String memory = "2g";

    @Option(names = "--seed", description = "Of the random prices. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--runs", description = "How often each is measured; the median counts. Default: ${DEFAULT-VALUE}")
    private int runs = 3;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    enum Rules {
        none,
        starter
    }

    /** What one run came to. */
    private record Result(double perCore, double perSecond, long stateBytes, long checkpointMillis) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SizingBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Load load = new Load(symbols, minutes, partitions, seed);
        try (Stage stage = Stage.open(out)) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks and %,d quotes of %,d symbols, %d partitions, parallelism %d, task manager of %s%n",
                    load.ticks(),
                    load.ticks() * quotesPerTick,
                    symbols,
                    partitions,
                    parallelism,
                    memory);
            stage.broker().createTopics(inputTopics());
            load.sendTo(stage.bootstrapServers(), "prices", hasQuotes() ? "quotes" : null, quotesPerTick);
            stage.sendRules("rules-" + Rules.starter, RuleSet.starter(hasQuotes()));
            out.println(
                    "| state | windows | rules | records/s a core | records/s | state, bytes a symbol | checkpoint, ms |");
            out.println("|---|---|---|--:|--:|--:|--:|");
            for (String state : states) {
                for (String windows : windowLists) {
                    for (Rules each : rules) {
                        List<Result> results = new ArrayList<>();
                        for (int run = 0; run < runs; run++) {
                            results.add(run(stage, state, windows, each));
                        }
                        print(out, state, windows, each, results);
                    }
                }
            }
        }
        return 0;
    }

    private boolean hasQuotes() {
        return quotesPerTick > 0;
    }

    private InputTopics inputs(Rules rules) {
        return new InputTopics("prices", "rules-" + rules, hasQuotes() ? "quotes" : null, null);
    }

    private List<TopicSpec> topics(Rules rules, String prefix) {
        return JobTopics.ANY.withPartitions(partitions).all(inputs(rules), prefix);
    }

    /** Those that all runs read. */
    private List<TopicSpec> inputTopics() {
        Set<TopicSpec> read = new HashSet<>();
        for (Rules each : Rules.values()) {
            topics(each, "output.").stream()
                    .filter(topic -> !topic.name().startsWith("output."))
                    .forEach(read::add);
        }
        return List.copyOf(read);
    }

    private Result run(Stage stage, String state, String windows, Rules rules) throws Exception {
        String prefix = stage.nextPrefix();
        stage.broker()
                .createTopics(topics(rules, prefix).stream()
                        .filter(topic -> topic.name().startsWith(prefix))
                        .toList());
        SubmittedJob.Setup setup = new SubmittedJob.Setup(
                prefix,
                inputs(rules),
                state,
                parallelism,
                memory,
                1,
                Map.of(),
                List.of("--prices.until", "latest", "--prices.idle-timeout", "1 h", "--windows", windows));
        try (SubmittedJob job = SubmittedJob.start(stage, setup)) {
            Result result = measure(job);
            stage.expectNoDeadLetters(prefix);
            return result;
        }
    }

    private Result measure(SubmittedJob job) throws Exception {
        long all = new Load(symbols, minutes, partitions, seed).ticks() * (1 + quotesPerTick);
        Sample first = null;
        Sample last = null;
        while (!job.isFinished()) {
            Sample sample = job.sample();
            if (first == null && sample.records() > all / 4) {
                first = sample;
            }
            if (last == null || sample.records() > last.records() && sample.records() < all) {
                last = sample;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        if (first == null || last.records() - first.records() < all / 4) {
            throw new IllegalStateException("too short to be measured: use more --minutes");
        }
        return new Result(
                last.recordsPerCoreSince(first),
                last.recordsPerSecondSince(first),
                job.largestState(),
                job.longestCheckpointMillis());
    }

    private void print(PrintWriter out, String state, String windows, Rules rules, List<Result> results) {
        results.sort(Comparator.comparing(Result::perCore));
        Result median = results.get(results.size() / 2);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %,.0f | %,.0f | %,d | %,d |%n",
                state,
                windows,
                rules,
                median.perCore,
                median.perSecond,
                median.stateBytes / symbols,
                median.checkpointMillis);
        out.flush();
    }
}
