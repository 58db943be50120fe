package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.BrokerProcess;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.local.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.TopicPartition;
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
    private static final String RECORDS = "numRecordsOut";

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

    /** What the job has read, what that took, and when. */
    private record Sample(long records, Duration cpu, long nanos) {}

    /** What one run came to. */
    private record Result(double perCore, double perSecond, long stateBytes, long checkpointMillis) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SizingBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createTempDirectory("tapewatch-sizing-");
        Load load = new Load(symbols, minutes, partitions, seed);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks and %,d quotes of %,d symbols, %d partitions, parallelism %d, task manager of %s%n",
                    load.ticks(),
                    load.ticks() * quotesPerTick,
                    symbols,
                    partitions,
                    parallelism,
                    memory);
            broker.createTopics(inputTopics());
            load.sendTo(broker.bootstrapServers(), "prices", hasQuotes() ? "quotes" : null, quotesPerTick);
            sendStarterRules(broker);
            out.println(
                    "| state | windows | rules | records/s a core | records/s | state, bytes a symbol | checkpoint, ms |");
            out.println("|---|---|---|--:|--:|--:|--:|");
            int number = 0;
            for (String state : states) {
                for (String windows : windowLists) {
                    for (Rules each : rules) {
                        List<Result> results = new ArrayList<>();
                        for (int run = 0; run < runs; run++) {
                            results.add(run(
                                    broker,
                                    folder.resolve("run-" + number),
                                    "run-" + number++ + ".",
                                    state,
                                    windows,
                                    each));
                        }
                        print(out, state, windows, each, results);
                    }
                }
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
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

    private void sendStarterRules(BrokerProcess broker) {
        try (KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), new Properties())) {
            new RulesOnKafka(kafka, "rules-" + Rules.starter)
                    .send(RuleSet.starter(hasQuotes()).rules().stream()
                            .map(rule -> new RulesOnKafka.Request(rule.id(), rule.json()))
                            .toList());
        }
    }

    private Result run(BrokerProcess broker, Path folder, String prefix, String state, String windows, Rules rules)
            throws Exception {
        broker.createTopics(topics(rules, prefix).stream()
                .filter(topic -> topic.name().startsWith(prefix))
                .toList());
        Map<String, String> settings = Map.of(
                "taskmanager.memory.process.size",
                memory,
                "taskmanager.memory.managed.fraction",
                state.equals("hashmap") ? "0" : "0.4",
                "taskmanager.numberOfTaskSlots",
                String.valueOf(parallelism),
                "metrics.fetcher.update-interval",
                "100 ms");
        try (SessionCluster cluster = SessionCluster.startForLong(folder, 1, settings)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--kafka.bootstrap-servers",
                    broker.bootstrapServers(),
                    "--rules.topic",
                    "rules-" + rules,
                    "--output.prefix",
                    prefix,
                    "--prices.group-id",
                    prefix + "group",
                    "--prices.start",
                    "earliest",
                    "--prices.until",
                    "latest",
                    "--prices.idle-timeout",
                    "1 h",
                    "--windows",
                    windows));
            if (hasQuotes()) {
                arguments.addAll(List.of("--quotes.topic", "quotes"));
            }
            String job = cluster.client()
                    .submit(
                            List.of("-t", "remote", "-Dstate.backend.type=" + state, "-p", String.valueOf(parallelism)),
                            arguments);
            Result result = measure(cluster, job);
            expectNoDeadLetters(broker, prefix);
            return result;
        }
    }

    private Result measure(SessionCluster cluster, String job) throws Exception {
        long all = new Load(symbols, minutes, partitions, seed).ticks() * (1 + quotesPerTick);
        Map<String, String> sources = sources(cluster, job);
        Sample first = null;
        Sample last = null;
        while (!cluster.rest().state(job).equals("FINISHED")) {
            if (!cluster.rest().state(job).matches("INITIALIZING|CREATED|RUNNING|FINISHED")) {
                throw new IllegalStateException(cluster.rest().exceptions(job));
            }
            Sample sample = sample(cluster, job, sources);
            if (first == null && sample.records > all / 4) {
                first = sample;
            }
            if (last == null || sample.records > last.records && sample.records < all) {
                last = sample;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        if (first == null || last.records - first.records < all / 4) {
            throw new IllegalStateException("too short to be measured: use more --minutes");
        }
        long stateBytes = 0;
        long millis = 0;
        for (JsonNode checkpoint : cluster.rest().checkpoints(job).get("history")) {
            if (checkpoint.get("status").asText().equals("COMPLETED")) {
                stateBytes = Math.max(stateBytes, checkpoint.get("state_size").asLong());
                millis = Math.max(millis, checkpoint.get("end_to_end_duration").asLong());
            }
        }
        double records = last.records - first.records;
        return new Result(
                records * 1e9 / last.cpu.minus(first.cpu).toNanos(),
                records * 1e9 / (last.nanos - first.nanos),
                stateBytes,
                millis);
    }

    /** The tasks that read prices and quotes, and the name of the metric that counts what they have read. */
    private static Map<String, String> sources(SessionCluster cluster, String job) throws Exception {
        cluster.rest().awaitRunning(job);
        Map<String, String> sources = new HashMap<>();
        for (JsonNode vertex : cluster.rest().get("/jobs/" + job).get("vertices")) {
            String name = vertex.get("name").asText();
            for (String source : List.of("prices", "quotes")) {
                if (name.startsWith("Source: " + source + " ")) {
                    sources.put(vertex.get("id").asText(), "Source__" + source + "." + RECORDS);
                }
            }
        }
        return sources;
    }

    private static Sample sample(SessionCluster cluster, String job, Map<String, String> sources) throws Exception {
        long records = 0;
        for (Map.Entry<String, String> source : sources.entrySet()) {
            JsonNode metrics = cluster.rest()
                    .get("/jobs/" + job + "/vertices/" + source.getKey() + "/subtasks/metrics?agg=sum&get="
                            + source.getValue());
            for (JsonNode metric : metrics) {
                records += metric.get("sum").asLong();
            }
        }
        return new Sample(records, cluster.cpuOfTaskManagers(), System.nanoTime());
    }

    private static void expectNoDeadLetters(BrokerProcess broker, String prefix) {
        try (KafkaConnection kafka = new KafkaConnection(broker.bootstrapServers(), new Properties())) {
            Map<TopicPartition, Long> ends = kafka.endOffsets(prefix + "dead-letters");
            if (ends.values().stream().anyMatch(end -> end > 0)) {
                throw new IllegalStateException("there are dead letters: " + ends);
            }
        }
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
