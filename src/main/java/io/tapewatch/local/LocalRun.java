package io.tapewatch.local;

import io.tapewatch.TapewatchJob;
import io.tapewatch.feed.FeedSource;
import io.tapewatch.feed.InstrumentFeed;
import io.tapewatch.feed.simulated.Simulation;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole job on one machine: a Kafka broker, topics, rules, instruments, a feed of prices and quotes, and the job in a
 * Flink cluster with its web UI, all in this JVM, until it is told to stop or, if so set, until everything is processed.
 *
 * <p>A replay as fast as it goes, to its end, is fed first and then read as bounded input. Otherwise the job runs while
 * the feed does; at its end it is drained.
 */
public final class LocalRun {

    /** Where the tools log to, under the working directory. */
    public static final Path LOG_FILE = Path.of("logs", "tapewatch.log");

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    /** For a feed that sends all the time; while catching up, a partition that is slow to be read is not idle. */
    private static final Duration PRICES_IDLE_TIMEOUT = Duration.ofSeconds(2);

    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final long CHECKPOINT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LocalRunSettings settings;
    private final Screen screen;
    private final CountDownLatch stop = new CountDownLatch(1);

    private final JobCounters counters = new JobCounters();
    private final FeedSource source;
    private final Scoreboard scoreboard;
    private final Progress progress = new Progress(counters::counts, System.nanoTime());
    private final RunReport report;

    public LocalRun(LocalRunSettings settings, Screen screen) {
        this.settings = settings;
        this.screen = screen;
        if (settings.simulation() == null) {
            scoreboard = new Scoreboard(List.of());
            source = settings.recordings();
        } else {
            scoreboard = new Scoreboard(new Simulation(settings.simulation(), planted -> {}).symbols());
            source = settings.recordings().with(new Simulation(settings.simulation(), scoreboard::planted));
        }
        report = new RunReport(settings, screen, counters, progress, scoreboard);
    }

    /** How a run ended. */
    public enum Outcome {
        /** Everything is processed, and the account balances. */
        BALANCED,
        /** Everything is processed, and the account does not balance. */
        UNBALANCED,
        /** It was told to stop. */
        STOPPED
    }

    /** Tells the run to stop and clean up; it does so in its own thread. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs, and leaves nothing behind but the CSV files.
     *
     * @throws IOException if a part of it failed; the message is one line for a person
     */
    public Outcome run() throws IOException, InterruptedException {
        screen.line("starting Kafka and Flink ...");
        long startMillis = System.currentTimeMillis();
        try (TemporaryFolder folder = TemporaryFolder.create("tapewatch-flink-");
                EmbeddedKafka kafka = EmbeddedKafka.create();
                FlinkCluster flink = startFlink(folder.path())) {
            screen.line("web UI    " + flink.webUi());
            screen.line("Kafka     " + kafka.bootstrapServers());
            screen.line("CSV       " + settings.csv());
            screen.line("log       " + LOG_FILE);
            LOG.info("web UI {}, Kafka {}, CSV {}", flink.webUi(), kafka.bootstrapServers(), settings.csv());
            return run(kafka, flink);
        } catch (ExecutionException e) {
            throw new IOException("Flink failed: " + FailureWords.of(e, settings.csv()), e);
        } finally {
            CsvFolder.removeUnfinished(settings.csv(), startMillis);
            mergeCsv();
        }
    }

    private FlinkCluster startFlink(Path folder) throws IOException {
        try {
            return FlinkCluster.start(settings.parallelism(), settings.webPort(), folder, counters);
        } catch (Exception e) {
            throw new IOException(
                    FailureWords.root(e) instanceof BindException
                            ? FlinkCluster.portsTaken(settings.webPort())
                            : "Flink did not start: " + FailureWords.of(e, settings.csv()),
                    e);
        }
    }

    private void mergeCsv() {
        try {
            CsvFolder.merge(settings.csv());
        } catch (IOException e) {
            LOG.warn("CSV files are not merged", e);
            screen.line("some CSV files of a day stay in parts: " + FileFaults.why(e));
        }
    }

    private Outcome run(EmbeddedKafka kafka, FlinkCluster flink)
            throws IOException, InterruptedException, ExecutionException {
        Configuration job = jobSettings(kafka);
        InputTopics inputs = JobSettings.inputs(job);
        String prefix = job.get(JobOptions.OUTPUT_PREFIX);
        kafka.createTopics(JobTopics.ANY.withPartitions(settings.partitions()).all(inputs, prefix));
        try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
            settings.rules().sendTo(connection, inputs.rules());
            if (!settings.instruments().isEmpty()) {
                String topic = Objects.requireNonNull(inputs.instruments(), "topic");
                InstrumentFeed.send(connection, topic, settings.instruments());
            }
            return run(connection, kafka, flink, job, inputs);
        }
    }

    private Outcome run(
            KafkaConnection connection, EmbeddedKafka kafka, FlinkCluster flink, Configuration job, InputTopics inputs)
            throws IOException, InterruptedException, ExecutionException {
        String prefix = job.get(JobOptions.OUTPUT_PREFIX);
        try (Feeding feeding = new Feeding(connection, inputs, source, settings.speed(), moveOnMillis(job));
                FlagTail tail = new FlagTail(
                        kafka.bootstrapServers(),
                        prefix + "flags",
                        prefix + "rule-status",
                        screen,
                        flag -> scoreboard.flagged(
                                flag.path("ruleId").asText(),
                                flag.path("symbol").asText(),
                                Instant.parse(flag.path("time").asText()).toEpochMilli()))) {
            report.replaying();
            boolean bounded = settings.exit() && !settings.speed().isPaced();
            if (bounded) {
                feeding.start();
                if (!awaitFed(feeding)) {
                    return stopped();
                }
                job.set(JobOptions.PRICES_UNTIL, "latest");
            }
            long startNanos = System.nanoTime();
            StreamExecutionEnvironment environment = flink.environment();
            TapewatchJob.build(environment, job);
            CompletableFuture<JobResult> result = flink.run(environment, "tapewatch");
            if (!bounded) {
                feeding.start();
            }
            if (!awaitProcessed(flink, feeding, result, bounded, startNanos)) {
                return stopped();
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            tail.finish();
            return report.accounts(feeding, seconds) ? Outcome.BALANCED : Outcome.UNBALANCED;
        }
    }

    /** At its end a run that exits takes all that waits. One that goes on lets event time pass the last records. */
    private long moveOnMillis(Configuration job) {
        return settings.exit() ? 0 : job.get(JobOptions.OUT_OF_ORDERNESS).toMillis() + 1;
    }

    private Configuration jobSettings(EmbeddedKafka kafka) {
        Configuration job = new Configuration(settings.job());
        job.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        job.set(JobOptions.CSV_PATH, settings.csv().toAbsolutePath().toString());
        if (!job.contains(JobOptions.IDLE_TIMEOUT) && settings.speed().isPaced()) {
            job.set(JobOptions.IDLE_TIMEOUT, PRICES_IDLE_TIMEOUT);
        }
        return job;
    }

    /** Waits until everything is in Kafka; false if told to stop. */
    private boolean awaitFed(Feeding feeding) throws IOException, InterruptedException {
        while (!feeding.isOver()) {
            if (stop.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            report.feeding(feeding);
        }
        report.fed(feeding);
        return true;
    }

    /** Waits until the job has ended; false if told to stop. */
    private boolean awaitProcessed(
            FlinkCluster flink, Feeding feeding, CompletableFuture<JobResult> result, boolean bounded, long startNanos)
            throws IOException, InterruptedException, ExecutionException {
        boolean saidOver = false;
        CompletableFuture<String> draining = null;
        long drainNanos = 0;
        long checkpointNanos = System.nanoTime();
        while (!result.isDone()) {
            if (stop.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
            long now = System.nanoTime();
            progress.look(now);
            boolean fed = feeding.isOver();
            boolean read = fed
                    && counters.sum("records") >= feeding.prices().records()
                    && counters.sum("quotesRecords") >= feeding.quotes().records();
            if (read && !settings.exit() && !saidOver && progress.isAtRest(now)) {
                report.accounts(feeding, (progress.latestNanos() - startNanos) / 1e9);
                report.over(feeding);
                saidOver = true;
            }
            if (read && bounded && now - checkpointNanos > CHECKPOINT_EVERY_NANOS) {
                checkpointNanos = now;
                flink.checkpoint().whenComplete((id, e) -> LOG.debug("checkpoint {}", id, e));
            }
            if (read && settings.exit() && !bounded && draining == null) {
                draining = flink.drain();
                drainNanos = drainNanos == 0 ? now : drainNanos;
            }
            if (draining != null && draining.isCompletedExceptionally() && !result.isDone()) {
                // Declined, for example, while the rules of the start come to their end: the job goes on, and on a busy
                // machine that takes a while.
                if (now - drainNanos >= DRAIN_NANOS) {
                    draining.get();
                }
                draining = null;
            }
            report.processing(now);
        }
        JobResult ended = result.get();
        if (!ended.isSuccess()) {
            Throwable cause = ended.getSerializedThrowable()
                    .<Throwable>map(e -> e.deserializeError(LocalRun.class.getClassLoader()))
                    .orElse(null);
            throw new IOException(
                    cause == null
                            ? "the job ended: " + ended.getApplicationStatus()
                            : "the job failed: " + FailureWords.of(cause, settings.csv()),
                    cause);
        }
        return true;
    }

    private Outcome stopped() {
        report.stopped();
        return Outcome.STOPPED;
    }
}
