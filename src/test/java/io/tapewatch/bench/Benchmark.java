package io.tapewatch.bench;

import io.tapewatch.ExchangedEnds;
import io.tapewatch.TapewatchJob;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.sink.JobSinks;
import io.tapewatch.io.sink.LostTransactions;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.io.source.PartitionTime;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.settings.JobOptions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reads one topic through the job and through Flink's own windows in turn, with few and with many windows, and prints how
 * many ticks a second each of them managed and how much state it kept. Fails if the two do not publish the same.
 *
 * <p>Everything is in this JVM, the broker too. The clock runs from a tenth of the event time to its end; before that,
 * the job starts. After it a checkpoint is taken, while all windows may still be corrected.
 */
@Command(
        name = "benchmark",
        description = "Measures the engine beside Flink's own window operators.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Benchmark implements Callable<Integer> {

    private static final String THREE = "1m,5m/1m,1d";
    private static final String SIX = "1m,5m/1m,15m/1m,1h/1m,4h/5m,1d";
    private static final String TWELVE = SIX + ",10m/1m,30m/1m,2h/5m,6h/15m,12h/30m,1h";

    private static final String PRICES = "prices";
    private static final String RULES = "rules";

    /** A run of this length says enough by itself. */
    private static final double LONG_SECONDS = 20;

    /** No partition is idle while another is read: all have ticks to the end. */
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    @Option(names = "--symbols", description = "How many symbols. Default: ${DEFAULT-VALUE}")
    private int symbols = 100;

    @Option(
            names = "--minutes",
            description = "How many minutes of 60 ticks a symbol, at least 10. Default: ${DEFAULT-VALUE}")
    private int minutes = 240;

    @Option(names = "--partitions", description = "Partitions of the topic. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(names = "--parallelism", description = "Subtasks of each operator. Default: ${DEFAULT-VALUE}")
    private int parallelism = 2;

    @Option(names = "--seed", description = "Of the random prices. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--state", description = "hashmap or rocksdb. Default: ${DEFAULT-VALUE}")
    private String state = "hashmap";

    @Option(
            names = "--sink",
            description = "Where summaries go: none, where they are only counted, or kafka. Default: ${DEFAULT-VALUE}")
    private SinkKind sink = SinkKind.none;

    @Option(names = "--checkpoints", description = "Seconds between two checkpoints. Default: ${DEFAULT-VALUE}")
    private int checkpointSeconds = 10;

    @Option(
            names = "--runs",
            description = "How often each is measured, by turns, but for those that take more than 20 seconds; the"
                    + " median counts. Default: ${DEFAULT-VALUE}")
    private int runs = 5;

    @Option(
            names = "--windows",
            split = ";",
            description = "Lists of windows, separated by ';'. Default: 1, 3, 6 and 12 windows, the last of them "
                    + "1m,5m/1m,15m/1m,1h/1m,4h/5m,1d,10m/1m,30m/1m,2h/5m,6h/15m,12h/30m,1h")
    private List<String> windowLists = List.of("1m", THREE, SIX, TWELVE);

    @Option(names = "--sides", split = ",", description = "engine, flink or both. Default: both")
    private List<Side> sides = List.of(Side.engine, Side.flink);

    @Spec
    private CommandLine.Model.CommandSpec spec;

    enum Side {
        engine,
        flink
    }

    enum SinkKind {
        none,
        kafka
    }

    /** What one run came to. */
    private record Result(double ticksPerSecond, double seconds, long stateBytes, long summaries, Set<String> sample) {}

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        windowLists.forEach(this::checkWindows);
        Path folder = Files.createTempDirectory("tapewatch-benchmark-");
        Load load = new Load(symbols, minutes, partitions, seed);
        try (EmbeddedKafka kafka = EmbeddedKafka.create();
                Cluster cluster = Cluster.start(parallelism, state, Duration.ofSeconds(checkpointSeconds), folder)) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks of %,d symbols in %d minutes, %d partitions, parallelism %d, state %s, sink %s%n",
                    load.ticks(),
                    symbols,
                    minutes,
                    partitions,
                    parallelism,
                    state,
                    sink);
            load.sendTo(kafka, PRICES);
            kafka.createTopic(RULES, 1, Map.of());
            for (String output : KafkaTopics.outputs(JobOptions.OUTPUT_PREFIX.defaultValue(), true, false)) {
                kafka.createTopic(output, 1, Map.of("message.timestamp.type", "LogAppendTime"));
            }
            compare(load, kafka, cluster, out);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private void checkWindows(String windows) {
        try {
            List<WindowSpec> specs = WindowSpec.parseList(windows);
            if (sides.contains(Side.flink)) {
                FlinkWindows.expectOperators(specs);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--windows: " + e.getMessage());
        }
    }

    private void compare(Load load, EmbeddedKafka kafka, Cluster cluster, PrintWriter out) throws Exception {
        warmUp(load, kafka, cluster);
        List<List<List<Result>>> results = windowLists.stream()
                .map(each -> sides.stream()
                        .map(side -> (List<Result>) new ArrayList<Result>())
                        .toList())
                .toList();
        for (int run = 1; run <= runs; run++) {
            for (int i = 0; i < windowLists.size(); i++) {
                for (int side = 0; side < sides.size(); side++) {
                    if (isLong(results.get(i).get(side))) {
                        continue;
                    }
                    Result result = run(sides.get(side), windowLists.get(i), load, kafka, cluster);
                    results.get(i).get(side).add(result);
                    out.printf(
                            Locale.ROOT,
                            "run %d  %-6s  %2d windows  %,11.0f ticks/s  %,9d summaries%n",
                            run,
                            sides.get(side),
                            count(windowLists.get(i)),
                            result.ticksPerSecond,
                            result.summaries);
                    out.flush();
                }
            }
        }
        for (int i = 0; i < windowLists.size(); i++) {
            expectTheSame(
                    windowLists.get(i),
                    results.get(i).stream().flatMap(List::stream).toList());
        }
        print(results, out);
    }

    /** Runs everything once that is quick, until Java has compiled what there is to compile. */
    private void warmUp(Load load, EmbeddedKafka kafka, Cluster cluster) throws Exception {
        for (Side side : sides) {
            for (String windows : windowLists) {
                if (isLong(List.of(run(side, windows, load, kafka, cluster)))) {
                    break;
                }
            }
        }
    }

    private Result run(Side side, String windows, Load load, EmbeddedKafka kafka, Cluster cluster) throws Exception {
        List<WindowSpec> specs = WindowSpec.parseList(windows);
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        options.set(JobOptions.PRICES_START, "earliest");
        options.set(JobOptions.WINDOWS, windows);
        options.set(JobOptions.IDLE_TIMEOUT, IDLE_TIMEOUT);
        options.set(JobOptions.DELIVERY_SUMMARIES, DeliveryGuarantee.AT_LEAST_ONCE);
        StreamExecutionEnvironment env = cluster.environment();
        String group = options.get(JobOptions.GROUP_ID);
        JobSources sources = new JobSources(kafka.bootstrapServers(), new Properties(), group);
        JobSinks sinks = new JobSinks(
                kafka.bootstrapServers(),
                new Properties(),
                group,
                options.get(JobOptions.OUTPUT_PREFIX),
                LostTransactions.FAIL);
        Sink<Summary> summaries =
                new MeasuredSink(sink == SinkKind.kafka ? sinks.summaries(DeliveryGuarantee.AT_LEAST_ONCE) : null);
        switch (side) {
            case engine ->
                TapewatchJob.build(env, options, ends -> ExchangedEnds.withSummaries(ends, before -> summaries));
            case flink -> buildFlink(env, options, sources, specs, summaries);
        }
        System.gc();
        Progress progress = Progress.begin(
                parallelism * (side == Side.flink ? specs.size() : 1),
                Load.START + (load.end() - Load.START) / 10,
                load.end(),
                Load.symbol(0));
        long bytes = cluster.run(env, progress);
        return new Result(
                progress.ticksPerSecond(load),
                progress.seconds(),
                bytes,
                progress.summaries(),
                progress.samples().stream().map(Benchmark::figures).collect(Collectors.toSet()));
    }

    private void buildFlink(
            StreamExecutionEnvironment env,
            Configuration options,
            JobSources sources,
            List<WindowSpec> windows,
            Sink<Summary> summaries) {
        Map<TopicPartition, Long> from = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(PRICES, partition), partition -> 0L));
        FlinkWindows.build(
                env,
                sources.prices(
                        PRICES,
                        new JobSources.Stretch(from, null, true),
                        new RecordLimits(
                                options.get(JobOptions.PRICES_MAX_BYTES),
                                options.get(JobOptions.MAX_FUTURE),
                                options.get(JobOptions.ALLOW_NONPOSITIVE)),
                        DecodedSerializer.TYPE),
                Math.min(partitions, parallelism),
                PartitionTime.strategy(options.get(JobOptions.OUT_OF_ORDERNESS), IDLE_TIMEOUT, false),
                windows,
                options.get(JobOptions.ALLOWED_LATENESS),
                summaries);
    }

    /** Every digit of it, but for what Flink does not know: the window before. */
    private static String figures(Summary summary) {
        return summary.toString().replaceFirst("previousClose=.*revision", "revision");
    }

    private static void expectTheSame(String windows, List<Result> results) {
        Result first = results.get(0);
        if (first.sample.isEmpty()) {
            throw new IllegalStateException("nothing was published with " + windows);
        }
        for (Result other : results) {
            if (other.summaries != first.summaries || !other.sample.equals(first.sample)) {
                throw new IllegalStateException("not the same was published with " + windows + ": " + first.summaries
                        + " and " + other.summaries + " summaries, of " + Load.symbol(0) + " " + first.sample.size()
                        + " and " + other.sample.size());
            }
        }
    }

    private void print(List<List<List<Result>>> results, PrintWriter out) {
        out.println();
        out.println("| windows | "
                + sides.stream().map(side -> side + " ticks/s | ").collect(Collectors.joining())
                + (sides.size() == 2 ? "ratio | " : "")
                + sides.stream().map(side -> side + " bytes a symbol |").collect(Collectors.joining(" ")));
        out.println("|" + "--:|".repeat(1 + 2 * sides.size() + (sides.size() == 2 ? 1 : 0)));
        for (int i = 0; i < results.size(); i++) {
            List<List<Result>> ofSides = results.get(i);
            out.printf(Locale.ROOT, "| %d |", count(windowLists.get(i)));
            for (List<Result> each : ofSides) {
                out.printf(Locale.ROOT, " %,.0f |", median(each));
            }
            if (ofSides.size() == 2) {
                out.printf(Locale.ROOT, " %.1f |", median(ofSides.get(0)) / median(ofSides.get(1)));
            }
            for (List<Result> each : ofSides) {
                out.printf(Locale.ROOT, " %,d |", each.get(each.size() - 1).stateBytes / symbols);
            }
            out.println();
        }
        for (int side = 0; side < sides.size(); side++) {
            double few = median(results.get(0).get(side));
            double many = median(results.get(results.size() - 1).get(side));
            out.printf(
                    Locale.ROOT,
                    "%n%s: from %d to %d windows it loses %.0f %%",
                    sides.get(side),
                    count(windowLists.get(0)),
                    count(windowLists.get(windowLists.size() - 1)),
                    100 * (1 - many / few));
        }
        out.println();
        out.flush();
    }

    private static boolean isLong(List<Result> results) {
        return results.stream().anyMatch(result -> result.seconds > LONG_SECONDS);
    }

    private static double median(List<Result> results) {
        double[] sorted =
                results.stream().mapToDouble(Result::ticksPerSecond).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static int count(String windows) {
        return WindowSpec.parseList(windows).size();
    }
}
