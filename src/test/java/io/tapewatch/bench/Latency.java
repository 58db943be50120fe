package io.tapewatch.bench;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How soon: the job as it is submitted reads ticks of now at an even pace, and the time is taken from a tick to its flag,
 * and from the end of a window to its summaries.
 *
 * <p>One broker appends ticks, flags and summaries, and stamps them by its clock. Producer and readers have the same clock,
 * for all of it is on one machine.
 */
@Command(
        name = "latency",
        description = "Measures how soon a flag follows its tick, and a summary the end of its window.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Latency implements Callable<Integer> {

    @Option(names = "--rate", description = "Ticks a second, of all symbols. Default: ${DEFAULT-VALUE}")
    private int rate = 20_000;

    @Option(names = "--symbols", description = "How many symbols. Default: ${DEFAULT-VALUE}")
    private int symbols = 1000;

    @Option(names = "--flag-one-in", description = "Of how many ticks one is flagged. Default: ${DEFAULT-VALUE}")
    private int flagOneIn = 400;

    @Option(names = "--warm-up", description = "Seconds that do not count. Default: ${DEFAULT-VALUE}")
    private int warmUp = 30;

    @Option(names = "--seconds", description = "Seconds that count. Default: ${DEFAULT-VALUE}")
    private int seconds = 120;

    @Option(
            names = "--out-of-orderness",
            split = ",",
            description = "Each value of prices.out-of-orderness to measure. Default: 2s,100ms")
    private List<String> outOfOrderness = List.of("2s", "100ms");

    @Option(names = "--windows", description = "Default: ${DEFAULT-VALUE}")
    private String windows = "1m,5m/1m,1d+1m";

    @Option(names = "--state", description = "hashmap or rocksdb. Default: ${DEFAULT-VALUE}")
    private String state = "rocksdb";

    @Option(names = "--partitions", description = "Partitions of the topic. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(names = "--parallelism", description = "Slots that the job takes. Default: ${DEFAULT-VALUE}")
    private int parallelism = 1;

    @Option(names = "--memory", description = "Of the task manager's process. Default: ${DEFAULT-VALUE}")
    private String memory = "2g";

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
     * A summary, as far as it matters when it came.
     *
     * @param asOf the end of the window, or of the step, in epoch milliseconds
     * @param revision 0 if it is no correction
     */
    private record SummarySeen(long asOf, int revision) {}

    /**
     * From one moment to another.
     *
     * @param from what happens at the first
     * @param to what happens at the second
     */
    private record Delay(String from, String to, Percentiles millis) {}

    /** What one run came to. */
    private record Result(List<Delay> delays, String remark) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Latency()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<String> remarks = new ArrayList<>();
        try (Stage stage = Stage.open(out)) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks/s of %,d symbols for %,d s, 1 in %,d flagged, %d partitions, parallelism %d, state %s,"
                            + " windows %s%n%n",
                    rate,
                    symbols,
                    seconds,
                    flagOneIn,
                    partitions,
                    parallelism,
                    state,
                    windows);
            out.println("| out-of-orderness | from | to | p50, ms | p99, ms | p99.9, ms | longest, ms | how many |");
            out.println("|---|---|---|--:|--:|--:|--:|--:|");
            for (String each : outOfOrderness) {
                Result result = run(stage, each);
                result.delays.forEach(delay -> print(out, each, delay));
                remarks.add("out-of-orderness " + each + ": " + result.remark);
            }
            out.println();
            remarks.forEach(out::println);
            out.flush();
        }
        return 0;
    }

    private Result run(Stage stage, String outOfOrderness) throws Exception {
        String prefix = stage.nextPrefix();
        InputTopics inputs = Stage.inputsOf(prefix);
        stage.broker().createTopics(JobTopics.ANY.withPartitions(partitions).all(inputs, prefix));
        stage.sendRules(inputs.rules(), PacedPrices.withStarterRules());
        SubmittedJob.Setup setup = new SubmittedJob.Setup(
                prefix,
                inputs,
                state,
                parallelism,
                memory,
                1,
                flink,
                List.of("--windows", windows, "--prices.out-of-orderness", outOfOrderness));
        try (SubmittedJob job = SubmittedJob.start(stage, setup)) {
            job.rest().awaitRunning(job.id());
            try (Arrivals<FlagSeen> flags = Arrivals.follow(stage.bootstrapServers(), prefix + "flags", FlagSeen::of);
                    Arrivals<SummarySeen> summaries = Arrivals.follow(
                            stage.bootstrapServers(),
                            prefix + "summaries",
                            summary -> new SummarySeen(
                                    Instant.parse(summary.get("asOf").asText()).toEpochMilli(),
                                    summary.get("revision").asInt()));
                    PacedPrices prices = PacedPrices.start(
                            stage.bootstrapServers(),
                            new PacedPrices.Settings(inputs.prices(), partitions, symbols, rate, flagOneIn, seed))) {
                Waiting.untilPassed(Duration.ofSeconds(warmUp), System.nanoTime());
                prices.watchPace();
                Sample before = job.nextSample();
                Waiting.untilPassed(Duration.ofSeconds(seconds), System.nanoTime());
                Sample after = job.nextSample();
                String remark = String.format(
                        Locale.ROOT,
                        "%,.0f ticks/s were read with %.2f cores of the task manager, and %s.",
                        after.recordsPerSecondSince(before),
                        after.coresBusySince(before),
                        prices.pace());
                List<Delay> delays = new ArrayList<>(delaysOfFlags(prices, flags, before.millis(), after.millis()));
                // The sink may still hold summaries back, until a checkpoint whose barrier comes after them. That is
                // the second.
                job.rest().awaitFurtherCheckpoints(job.id(), 2);
                summaries.awaitUpTo(stage.ends(prefix + "summaries"));
                delays.addAll(delaysOfSummaries(summaries, before.millis(), after.millis()));
                stage.expectNoDeadLetters(prefix);
                return new Result(delays, remark);
            }
        }
    }

    /** Of the ticks from one time to another, each of which is flagged. Waits for the flag of a later tick. */
    private static List<Delay> delaysOfFlags(PacedPrices prices, Arrivals<FlagSeen> flags, long from, long to)
            throws Exception {
        Waiting.untilTrue("all ticks are flagged that meet the rule", () -> {
            Map<FlagSeen.Source, PacedPrices.Sent> sent = prices.flagged();
            Map<FlagSeen.Source, Arrivals.Arrival<FlagSeen>> seen = FlagSeen.firstOfKnownShare(flags.soFar());
            return seen.keySet().stream()
                            .anyMatch(source ->
                                    sent.containsKey(source) && sent.get(source).time() >= to)
                    && sent.entrySet().stream()
                            .filter(tick -> tick.getValue().time() < to)
                            .allMatch(tick -> seen.containsKey(tick.getKey()));
        });
        List<long[]> appendedAndSeen = new ArrayList<>();
        Map<FlagSeen.Source, Arrivals.Arrival<FlagSeen>> seen = FlagSeen.firstOfKnownShare(flags.soFar());
        prices.flagged().forEach((source, tick) -> {
            if (tick.time() >= from && tick.time() < to) {
                Arrivals.Arrival<FlagSeen> flag = seen.get(source);
                appendedAndSeen.add(new long[] {flag.appended() - tick.appended(), flag.seen() - tick.appended()});
            }
        });
        return List.of(
                new Delay("a tick is appended", "its flag is appended", percentiles(appendedAndSeen, each -> each[0])),
                new Delay("a tick is appended", "its flag is read", percentiles(appendedAndSeen, each -> each[1])));
    }

    /** Of the windows that ended from one time to another. */
    private static List<Delay> delaysOfSummaries(Arrivals<SummarySeen> summaries, long from, long to) {
        List<Arrivals.Arrival<SummarySeen>> counted = summaries.soFar().stream()
                .filter(each -> each.record().revision == 0 && each.record().asOf >= from && each.record().asOf < to)
                .toList();
        if (counted.isEmpty()) {
            throw new IllegalStateException("no window ended in that time: use more --seconds");
        }
        return List.of(
                new Delay(
                        "a window ends",
                        "its summary is appended",
                        percentiles(counted, each -> each.appended() - each.record().asOf)),
                new Delay(
                        "a window ends",
                        "its summary is committed and read",
                        percentiles(counted, each -> each.seen() - each.record().asOf)));
    }

    private static <T> Percentiles percentiles(List<T> of, ToLongFunction<T> millis) {
        return Percentiles.of(of.stream().mapToLong(millis));
    }

    private static void print(PrintWriter out, String outOfOrderness, Delay delay) {
        Percentiles millis = delay.millis;
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %,d | %,d | %,d | %,d | %,d |%n",
                outOfOrderness,
                delay.from,
                delay.to,
                millis.at(500),
                millis.at(990),
                millis.at(999),
                millis.max(),
                millis.count());
        out.flush();
    }
}
