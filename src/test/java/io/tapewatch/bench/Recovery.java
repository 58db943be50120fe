package io.tapewatch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long a job is gone when its task manager is killed: the job as it is submitted has much state, and reads ticks of now
 * all the while. A known share of the ticks is flagged, and the first flag after the kill of a tick that had none is the
 * first new output.
 *
 * <p>One task manager is killed in each run: Flink waits longer before the second restart of a job than before the first.
 */
@Command(
        name = "recovery",
        description = "Measures how long a job is gone when its task manager is killed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Recovery implements Callable<Integer> {

    private static final int SYMBOLS_OF_A_TRIAL = 500;
    private static final int LOOK_EVERY_MILLIS = 250;

    /** Much state takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Option(names = "--state", split = ",", description = "hashmap, rocksdb or both. Default: both")
    private List<String> states = List.of("hashmap", "rocksdb");

    @Option(
            names = "--replacement",
            split = ",",
            description = "standby: a second task manager is there before; started: one is started at once; or both."
                    + " Default: both")
    private List<Replacement> replacements = List.of(Replacement.standby, Replacement.started);

    @Option(names = "--state-bytes", description = "How much state. Default: ${DEFAULT-VALUE}")
    private String stateBytes = "1g";

    @Option(
            names = "--symbols",
            description = "How many symbols; 0 for as many as --state-bytes takes, which a trial tells."
                    + " Default: ${DEFAULT-VALUE}")
    private int symbols = 0;

    @Option(
            names = "--minutes",
            description = "For how many minutes each symbol had a tick a minute before. Default: ${DEFAULT-VALUE}")
    private int minutes = 240;

    @Option(names = "--rate", description = "Ticks a second, of all symbols. Default: ${DEFAULT-VALUE}")
    private int rate = 20_000;

    @Option(names = "--flag-one-in", description = "Of how many ticks one is flagged. Default: ${DEFAULT-VALUE}")
    private int flagOneIn = 200;

    @Option(
            names = "--seconds",
            description = "How long it is looked at before the kill, and after it. Default: ${DEFAULT-VALUE}")
    private int seconds = 30;

    @Option(names = "--partitions", description = "Partitions of the topic. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(names = "--parallelism", description = "Slots that the job takes. Default: ${DEFAULT-VALUE}")
    private int parallelism = 1;

    @Option(names = "--memory", description = "Of each task manager's process. Default: ${DEFAULT-VALUE}")
    private String memory = "5g";

    @Option(
            names = "--flink",
            description =
                    "A setting of Flink, KEY=VALUE, that is other than in flink-conf/config.yaml. Can be repeated.")
    private Map<String, String> flink = Map.of();

    @Option(names = "--seed", description = "Of the random prices. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--runs", description = "How often each is measured. Default: ${DEFAULT-VALUE}")
    private int runs = 1;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    enum Replacement {
        standby,
        started
    }

    /** What one run came to; times are milliseconds since the kill. */
    private record Result(
            long stateBytes,
            long checkpointAge,
            long noticed,
            long running,
            long firstNewFlag,
            long caughtUp,
            double perSecondBefore,
            double perSecondCatchingUp,
            double perSecondAfter) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Recovery()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Stage stage = Stage.open(out)) {
            out.printf(
                    Locale.ROOT,
                    "%,d ticks/s, 1 in %,d flagged, after %d minutes of a tick a minute and symbol, %d partitions,"
                            + " parallelism %d, task managers of %s%n%n",
                    rate,
                    flagOneIn,
                    minutes,
                    partitions,
                    parallelism,
                    memory);
            out.println("| state | takes over | symbols | state, MB | age of the checkpoint, ms | noticed after, ms"
                    + " | running after, ms | first new flag after, ms | caught up after, ms | ticks/s before"
                    + " | catching up | after |");
            out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            for (String state : states) {
                int count = symbols > 0 ? symbols : symbolsThatTake(MemorySize.parseBytes(stateBytes), stage, state);
                for (Replacement replacement : replacements) {
                    for (int run = 0; run < runs; run++) {
                        print(out, state, replacement, count, run(stage, state, replacement, count));
                    }
                }
            }
        }
        return 0;
    }

    /** How many symbols take so much state, if each takes as much as one of a few. */
    private int symbolsThatTake(long bytes, Stage stage, String state) throws Exception {
        String prefix = stage.nextPrefix();
        try (SubmittedJob job = startWithAPast(stage, prefix, state, SYMBOLS_OF_A_TRIAL, 1)) {
            return Math.toIntExact(bytes * SYMBOLS_OF_A_TRIAL / stateSize(job.lastCheckpoint()));
        }
    }

    /** Starts the job, and waits until it has read what there is by now, and a checkpoint was taken after that. */
    private SubmittedJob startWithAPast(Stage stage, String prefix, String state, int symbols, int taskManagers)
            throws Exception {
        InputTopics inputs = Stage.inputsOf(prefix);
        stage.broker().createTopics(JobTopics.ANY.withPartitions(partitions).all(inputs, prefix));
        stage.sendRules(inputs.rules(), PacedPrices.withStarterRules());
        long minute = TimeUnit.MINUTES.toMillis(1);
        Backlog past = new Backlog(
                symbols, minutes, minute, System.currentTimeMillis() - minutes * minute, 0, partitions, seed);
        past.sendTo(stage.bootstrapServers(), inputs.prices());
        SubmittedJob.Setup setup =
                new SubmittedJob.Setup(prefix, inputs, state, parallelism, memory, taskManagers, flink, List.of());
        SubmittedJob job = SubmittedJob.start(stage, setup);
        try {
            Waiting.untilTrue(
                    "the job has read what there is",
                    PATIENCE,
                    () -> !job.isFinished() && job.sample().records() >= past.ticks());
            job.rest().awaitFurtherCheckpoints(job.id(), 1);
            return job;
        } catch (Exception | AssertionError e) {
            job.close();
            throw e;
        }
    }

    private static long stateSize(JsonNode checkpoint) {
        return checkpoint.get("state_size").asLong();
    }

    private Result run(Stage stage, String state, Replacement replacement, int symbols) throws Exception {
        String prefix = stage.nextPrefix();
        int taskManagers = replacement == Replacement.standby ? 2 : 1;
        try (SubmittedJob job = startWithAPast(stage, prefix, state, symbols, taskManagers);
                Arrivals<FlagSeen> flags = Arrivals.follow(stage.bootstrapServers(), prefix + "flags", FlagSeen::of);
                PacedPrices prices = PacedPrices.start(
                        stage.bootstrapServers(),
                        new PacedPrices.Settings(
                                Stage.inputsOf(prefix).prices(), partitions, symbols, rate, flagOneIn, seed))) {
            job.rest().awaitFurtherCheckpoints(job.id(), 2);
            Sample before = job.nextSample();
            // On a busy machine the first flag may take longer than the time that is looked at.
            Waiting.untilTrue("a tick of now is flagged", PATIENCE, () -> longestDelay(prices, flags, before.millis())
                    .isPresent());
            Waiting.untilPassed(Duration.ofSeconds(seconds), System.nanoTime());
            Sample atKill = job.nextSample();
            long usual = longestDelay(prices, flags, before.millis()).getAsLong();
            JsonNode checkpoint = job.lastCheckpoint();

            String victim = job.rest().taskManagersOf(job.id()).iterator().next();
            long killed = System.currentTimeMillis();
            job.cluster().killTaskManager(victim);
            if (replacement == Replacement.started) {
                job.cluster().startTaskManager();
            }
            Waiting.untilTrue(
                    "the loss is noticed", () -> !job.rest().state(job.id()).equals("RUNNING"));
            long noticed = System.currentTimeMillis();
            Waiting.untilTrue("the job runs again", PATIENCE, job::allTasksRun);
            long running = System.currentTimeMillis();
            // Until then Flink shows the figures of the tasks that were killed, which do not grow.
            Sample shown = job.sample();
            Sample restarted = Waiting.until(
                    "the tasks tell what they have read since they started anew", () -> Optional.of(job.sample())
                            .filter(sample ->
                                    sample.records() < atKill.records() || sample.records() > shown.records()));
            long firstNewFlag = awaitFlag("a flag that is new", prices, flags, noticed, delay -> true);
            long caughtUp = awaitFlag("a flag as soon as before", prices, flags, noticed, delay -> delay <= usual);
            Sample afterwards = job.nextSample();
            Waiting.untilPassed(Duration.ofSeconds(seconds), System.nanoTime());
            Sample end = job.nextSample();
            stage.expectNoDeadLetters(prefix);
            return new Result(
                    stateSize(checkpoint),
                    killed - checkpoint.get("trigger_timestamp").asLong(),
                    noticed - killed,
                    running - killed,
                    firstNewFlag - killed,
                    caughtUp - killed,
                    atKill.recordsPerSecondSince(before),
                    afterwards.recordsPerSecondSince(restarted),
                    end.recordsPerSecondSince(afterwards));
        }
    }

    /** The longest time from a tick to its flag, of the ticks since then that are flagged by now. */
    private static OptionalLong longestDelay(PacedPrices prices, Arrivals<FlagSeen> flags, long since) {
        Map<FlagSeen.Source, PacedPrices.Sent> sent = prices.flagged();
        return FlagSeen.firstOfKnownShare(flags.soFar()).entrySet().stream()
                .filter(flag -> sent.containsKey(flag.getKey())
                        && sent.get(flag.getKey()).time() >= since)
                .mapToLong(flag ->
                        flag.getValue().appended() - sent.get(flag.getKey()).appended())
                .max();
    }

    /** Waits for the first flag since then of a tick that had none before, after such a delay; says when it was appended. */
    private static long awaitFlag(
            String what, PacedPrices prices, Arrivals<FlagSeen> flags, long since, Predicate<Long> delay)
            throws Exception {
        return Waiting.until(what, PATIENCE, () -> {
            // The stamps say when, so there is no need to look often, beside a job that has to catch up.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
            Map<FlagSeen.Source, PacedPrices.Sent> sent = prices.flagged();
            return FlagSeen.firstOfKnownShare(flags.soFar()).entrySet().stream()
                    .filter(flag -> flag.getValue().appended() >= since
                            && sent.containsKey(flag.getKey())
                            && delay.test(flag.getValue().appended()
                                    - sent.get(flag.getKey()).appended()))
                    .map(flag -> flag.getValue().appended())
                    .min(Long::compare);
        });
    }

    private static void print(PrintWriter out, String state, Replacement replacement, int symbols, Result result) {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,d | %,.1f | %,d | %,d | %,d | %,d | %,d | %,.0f | %,.0f | %,.0f |%n",
                state,
                replacement == Replacement.standby ? "one that stands by" : "one that is started at once",
                symbols,
                result.stateBytes / 1e6,
                result.checkpointAge,
                result.noticed,
                result.running,
                result.firstNewFlag,
                result.caughtUp,
                result.perSecondBefore,
                result.perSecondCatchingUp,
                result.perSecondAfter);
        out.flush();
    }
}
