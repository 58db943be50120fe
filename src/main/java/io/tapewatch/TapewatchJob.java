package io.tapewatch;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.sink.CsvTarget;
import io.tapewatch.io.source.PartitionTime;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.TapeSettings;
import io.tapewatch.settings.JobArguments;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import io.tapewatch.settings.ShownSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job: its arguments, its sources and sinks, and the {@link Topology} between them. */
public final class TapewatchJob {

    private static final Logger LOG = LoggerFactory.getLogger(TapewatchJob.class);

    private TapewatchJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options;
        try {
            options = JobArguments.parse(arguments);
            Ends ends = build(env, options, kafka -> kafka);
            // Flink's client keeps the log from the terminal.
            if (!OtherRuns.mayRecover(env.getConfiguration())) {
                FirstWindows.inWords(options, ends.inputs().wholeFrom()).ifPresent(System.out::println);
            }
        } catch (IllegalArgumentException | KafkaConnection.KafkaUnusable e) {
            // Flink's client shows this exception as one line, without a stack trace.
            throw new ProgramParametrizationException(e.getMessage());
        }
        // So that alerts and dashboards tell it from another job that runs over the same topics.
        env.execute(options.get(JobOptions.GROUP_ID));
    }

    /**
     * Adds the job to {@code env}, with Kafka at its ends.
     *
     * @throws IllegalArgumentException if the settings do not go with each other or with {@code env}
     * @throws KafkaConnection.KafkaUnusable if Kafka does not answer, or a topic is missing
     */
    public static void build(StreamExecutionEnvironment env, Configuration options) {
        build(env, options, ends -> ends);
    }

    /**
     * The same, with some of its ends exchanged: looks whether the job can start, finds in Kafka where it begins, and joins
     * the inputs and the outputs.
     *
     * @return its ends
     */
    public static Ends build(StreamExecutionEnvironment env, Configuration options, UnaryOperator<Ends> exchange) {
        requireCheckpoints(env, options);
        requireCsvFolder(options);
        boolean hasSavepoint = env.getConfiguration()
                .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                .isPresent();
        if (hasSavepoint) {
            warnIfAnEndIsIgnored(options);
        }
        Properties properties = JobSettings.kafkaProperties(options);
        new OtherRuns(options, properties).expectNone(env.getConfiguration());
        KafkaAtStart found = KafkaAtStart.find(options, properties);
        long wholeFrom = hasSavepoint ? EventTimes.BEGINNING : wholeFrom(env, options, properties, found);
        Ends ends = exchange.apply(new Ends(
                JobInputs.of(options, properties, found, wholeFrom, env.getParallelism()),
                JobOutputs.of(options, properties)));
        // The web UI shows them.
        env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(ShownSettings.of(options)));
        Topology.build(env, ends, settings(options));
        return ends;
    }

    private static void requireCheckpoints(StreamExecutionEnvironment env, Configuration options) {
        if (!env.getCheckpointConfig().isCheckpointingEnabled()
                && (options.get(JobOptions.DELIVERY_SUMMARIES) == DeliveryGuarantee.EXACTLY_ONCE
                        || options.get(JobOptions.DELIVERY_FLAGS) == DeliveryGuarantee.EXACTLY_ONCE
                        || options.contains(JobOptions.CSV_PATH))) {
            throw new IllegalArgumentException("exactly-once delivery and CSV files need checkpoints, and they are off:"
                    + " set execution.checkpointing.interval, or choose --" + JobOptions.DELIVERY_SUMMARIES.key()
                    + " at-least-once and no --" + JobOptions.CSV_PATH.key());
        }
    }

    private static void requireCsvFolder(Configuration options) {
        Optional<CsvTarget> csv = JobSettings.csv(options);
        if (csv.isEmpty()) {
            if (options.get(JobOptions.CSV_PRICES)) {
                throw new IllegalArgumentException("--" + JobOptions.CSV_PRICES.key() + " needs --"
                        + JobOptions.CSV_PATH.key() + ", the folder to write to");
            }
            return;
        }
        try {
            csv.get().expectWritable();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--" + JobOptions.CSV_PATH.key() + " is '" + csv.get().folder()
                            + "', where no file can be written: " + e.getMessage()
                            + "; name a folder that this machine and all task managers can write to",
                    e);
        }
    }

    private static void warnIfAnEndIsIgnored(Configuration options) {
        if (options.contains(JobOptions.PRICES_UNTIL)) {
            LOG.warn(
                    "The job starts from a savepoint, and so --{} is ignored: the job ends where the job that took the"
                            + " savepoint was to end, or never. To compute a stretch of history, start without a"
                            + " savepoint.",
                    JobOptions.PRICES_UNTIL.key());
        }
    }

    private static long wholeFrom(
            StreamExecutionEnvironment env, Configuration options, Properties properties, KafkaAtStart found) {
        long wholeFrom =
                FirstWindows.wholeFrom(options, properties, found.prices().from());
        boolean mayRecover = OtherRuns.mayRecover(env.getConfiguration());
        FirstWindows.inWords(options, wholeFrom)
                .ifPresent(words -> OtherRuns.warnUnlessRecovered(LOG, words, mayRecover));
        return wholeFrom;
    }

    /**
     * Looks in Kafka as a start does, and starts nothing.
     *
     * @throws KafkaConnection.KafkaUnusable if the job could not start; the message is one line
     * @throws IllegalArgumentException if a setting does not fit, likewise
     */
    public static void expectKafka(Configuration options) {
        KafkaAtStart.find(options, JobSettings.kafkaProperties(options));
    }

    /** What the steps of a job with these options are told. */
    static TopologySettings settings(Configuration options) {
        WindowSettings windows = JobSettings.windows(options);
        MoversSettings movers = movers(options, windows);
        TapeSettings tape = new TapeSettings(
                windows,
                JobSettings.ruleLimits(options),
                options.get(JobOptions.RULES_MAX_BUFFERED),
                movers.window(),
                JobSettings.quotes(options).orElse(null),
                JobSettings.trades(options));
        return new TopologySettings(
                JobSettings.watchedSymbols(options),
                PartitionTime.strategy(
                        options.get(JobOptions.OUT_OF_ORDERNESS),
                        options.get(JobOptions.IDLE_TIMEOUT),
                        options.get(JobOptions.QUIET_ADVANCE)),
                options.get(JobOptions.OUT_OF_ORDERNESS),
                tape,
                movers);
    }

    /** How movers are ranked. The ranking is part of the job without movers, too, so that any savepoint fits. */
    private static MoversSettings movers(Configuration options, WindowSettings windows) {
        Optional<WindowSpec> day = JobSettings.moversWindow(options);
        if (day.isEmpty()) {
            LOG.info(
                    "There are no movers, as none of the windows {} is a day. Add one, such as 1d, to --{}.",
                    windows.list(),
                    JobOptions.WINDOWS.key());
        }
        String window = day.map(WindowSpec::name).orElse(MoversSettings.NO_WINDOW);
        return new MoversSettings(
                window, options.get(JobOptions.MOVERS_SIZE), windows.latenessOf(window), windows.reviseEvery());
    }
}
