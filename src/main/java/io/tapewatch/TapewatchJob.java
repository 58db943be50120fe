package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.lease.LeaseTerms;
import io.tapewatch.io.lease.LeasedSource;
import io.tapewatch.io.sink.CsvTarget;
import io.tapewatch.io.sink.JobSinks;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.io.source.PartitionTime;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.operators.TapeSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.common.TopicPartition;
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
                FirstWindows.inWords(options, ends.wholeFrom()).ifPresent(System.out::println);
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
     * The same, with some of its ends exchanged.
     *
     * @return its ends
     */
    public static Ends build(StreamExecutionEnvironment env, Configuration options, UnaryOperator<Ends> exchange) {
        Ends ends = exchange.apply(kafka(env, options));
        // The web UI shows them.
        env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(JobArguments.shown(options)));
        MoversSettings movers = movers(options);
        TapeSettings settings = new TapeSettings(
                options.get(JobOptions.WINDOWS),
                options.get(JobOptions.ALLOWED_LATENESS).toMillis(),
                JobArguments.latenessOf(options),
                options.get(JobOptions.REVISE_EVERY).toMillis(),
                options.get(JobOptions.PREVIOUS_CLOSE_MAX_AGE).toMillis(),
                options.get(JobOptions.RULES_MAX_COUNT),
                options.get(JobOptions.RULES_MAX_WINDOWS),
                options.get(JobOptions.RULES_MAX_OVER).toMillis(),
                options.get(JobOptions.RULES_MAX_BUFFERED),
                movers.window(),
                JobArguments.quotes(options).orElse(null),
                options.contains(JobOptions.INSTRUMENTS_TOPIC));
        Topology.build(
                env,
                ends,
                settings,
                movers,
                JobArguments.watchedSymbols(options),
                PartitionTime.strategy(
                        options.get(JobOptions.OUT_OF_ORDERNESS),
                        options.get(JobOptions.IDLE_TIMEOUT),
                        options.get(JobOptions.QUIET_ADVANCE)),
                options.get(JobOptions.OUT_OF_ORDERNESS));
        return ends;
    }

    /**
     * Looks in Kafka as a start does, and starts nothing.
     *
     * @throws KafkaConnection.KafkaUnusable if the job could not start; the message is one line
     * @throws IllegalArgumentException if a setting does not fit, likewise
     */
    public static void expectKafka(Configuration options) {
        KafkaAtStart.find(options, JobArguments.kafkaProperties(options));
    }

    /** What the ranking of movers is told. It is part of the job without movers, too, so that any savepoint fits. */
    private static MoversSettings movers(Configuration options) {
        Optional<WindowSpec> day = JobArguments.moversWindow(options);
        if (day.isEmpty()) {
            LOG.info(
                    "There are no movers, as none of the windows {} is a day. Add one, such as 1d, to --{}.",
                    options.get(JobOptions.WINDOWS),
                    JobOptions.WINDOWS.key());
        }
        String window = day.map(WindowSpec::name).orElse(MoversSettings.NO_WINDOW);
        long allowedLateness = options.get(JobOptions.ALLOWED_LATENESS).toMillis();
        return new MoversSettings(
                window,
                options.get(JobOptions.MOVERS_SIZE),
                JobArguments.latenessOf(options).getOrDefault(window, allowedLateness),
                options.get(JobOptions.REVISE_EVERY).toMillis());
    }

    private static Ends kafka(StreamExecutionEnvironment env, Configuration options) {
        DeliveryGuarantee summaries = options.get(JobOptions.DELIVERY_SUMMARIES);
        DeliveryGuarantee flags = options.get(JobOptions.DELIVERY_FLAGS);
        CsvTarget csv = csv(options);
        if (!env.getCheckpointConfig().isCheckpointingEnabled()
                && (summaries == DeliveryGuarantee.EXACTLY_ONCE
                        || flags == DeliveryGuarantee.EXACTLY_ONCE
                        || csv != null)) {
            throw new IllegalArgumentException("exactly-once delivery and CSV files need checkpoints, and they are off:"
                    + " set execution.checkpointing.interval, or choose --" + JobOptions.DELIVERY_SUMMARIES.key()
                    + " at-least-once and no --" + JobOptions.CSV_PATH.key());
        }
        if (csv == null && options.get(JobOptions.CSV_PRICES)) {
            throw new IllegalArgumentException("--" + JobOptions.CSV_PRICES.key() + " needs --"
                    + JobOptions.CSV_PATH.key() + ", the folder to write to");
        }
        if (csv != null) {
            try {
                csv.expectWritable();
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "--" + JobOptions.CSV_PATH.key() + " is '" + csv.folder() + "', where no file can be written: "
                                + e.getMessage()
                                + "; name a folder that this machine and all task managers can write to",
                        e);
            }
        }
        boolean hasSavepoint = env.getConfiguration()
                .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                .isPresent();
        if (options.contains(JobOptions.PRICES_UNTIL) && hasSavepoint) {
            LOG.warn(
                    "The job starts from a savepoint, and so --{} is ignored: the job ends where the job that took the"
                            + " savepoint was to end, or never. To compute a stretch of history, start without a"
                            + " savepoint.",
                    JobOptions.PRICES_UNTIL.key());
        }
        String servers = options.get(JobOptions.BOOTSTRAP_SERVERS);
        Properties properties = JobArguments.kafkaProperties(options);
        new OtherRuns(options, properties).expectNone(env.getConfiguration());
        KafkaAtStart found = KafkaAtStart.find(options, properties);
        long wholeFrom = hasSavepoint
                ? EventTimes.BEGINNING
                : FirstWindows.wholeFrom(options, properties, InputFormats.prices(options), found.pricesFrom());
        boolean mayRecover = OtherRuns.mayRecover(env.getConfiguration());
        FirstWindows.inWords(options, wholeFrom)
                .ifPresent(words -> OtherRuns.warnUnlessRecovered(LOG, words, mayRecover));

        String pricesTopic = options.get(JobOptions.PRICES_TOPIC);
        SourceTopics topics = new SourceTopics(pricesTopic, options.get(JobOptions.QUOTES_TOPIC));
        String rulesTopic = options.get(JobOptions.RULES_TOPIC);
        String group = options.get(JobOptions.GROUP_ID);
        JobSources sources = new JobSources(servers, properties, group);
        LeaseTerms lease = new LeaseTerms(
                servers, properties, group, pricesTopic, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        JobSinks sinks = new JobSinks(
                servers,
                properties,
                group,
                options.get(JobOptions.OUTPUT_PREFIX),
                options.get(JobOptions.LOST_TRANSACTIONS));
        Sink<Summary> summariesCsv = csv == null ? null : sinks.summariesCsv(csv);
        Sink<Tick> pricesCsv = csv == null || !options.get(JobOptions.CSV_PRICES) ? null : sinks.pricesCsv(csv);
        Sink<Flag> flagsCsv = csv == null ? null : sinks.flagsCsv(csv, topics);
        Sink<Flag> shadowFlagsCsv = csv == null ? null : sinks.shadowFlagsCsv(csv, topics);
        return new Ends(
                new LeasedSource<>(
                        sources.prices(
                                pricesTopic,
                                stretch(options, found.pricesFrom(), found.pricesUntil()),
                                InputFormats.prices(options),
                                DecodedSerializer.TYPE),
                        lease),
                Math.min(found.pricePartitions(), env.getParallelism()),
                wholeFrom,
                topics,
                quotes(options, found, sources, lease, sinks, env.getParallelism()),
                instruments(options, found, sources, lease),
                new Ends.Control<>(
                        new LeasedSource<>(
                                sources.rulesUpTo(rulesTopic, found.rulesEnd(), RuleRequestSerializer.TYPE), lease),
                        new LeasedSource<>(
                                sources.rulesFrom(
                                        rulesTopic,
                                        found.rulesEnd(),
                                        found.pricesUntil() != null,
                                        RuleRequestSerializer.TYPE),
                                lease),
                        found.rulesLast()),
                sinks.summaries(summaries),
                summariesCsv,
                sinks.movers(summaries),
                csv == null ? null : sinks.moversCsv(csv),
                pricesCsv,
                sinks.flags(flags, topics),
                flagsCsv,
                sinks.shadowFlags(flags, topics),
                shadowFlagsCsv,
                sinks.verdicts(),
                sinks.deadLetters(options.get(JobOptions.DEAD_LETTERS_MAX_BYTES)));
    }

    /** Where CSV files go, or null. */
    private static CsvTarget csv(Configuration options) {
        String folder = options.get(JobOptions.CSV_PATH);
        return folder == null ? null : new CsvTarget(folder, options.get(JobOptions.CSV_LINE_ENDING));
    }

    private static JobSources.Stretch stretch(
            Configuration options, Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
        return new JobSources.Stretch(
                from, until, options.get(JobOptions.PRICES_START).equals(JobOptions.EARLIEST));
    }

    private static Ends.Quotes quotes(
            Configuration options,
            KafkaAtStart found,
            JobSources sources,
            LeaseTerms lease,
            JobSinks sinks,
            int parallelism) {
        String topic = options.get(JobOptions.QUOTES_TOPIC);
        CsvTarget csv = csv(options);
        return topic == null
                ? null
                : new Ends.Quotes(
                        new LeasedSource<>(
                                sources.quotes(
                                        topic,
                                        stretch(options, found.quotesFrom(), found.quotesUntil()),
                                        InputFormats.quotes(options),
                                        DecodedSerializer.TYPE),
                                lease),
                        Math.min(found.quotePartitions(), parallelism),
                        sinks.quotedTrades(options.get(JobOptions.DELIVERY_SUMMARIES)),
                        csv == null ? null : sinks.quotedTradesCsv(csv));
    }

    private static Ends.Control<Decoded> instruments(
            Configuration options, KafkaAtStart found, JobSources sources, LeaseTerms lease) {
        String topic = options.get(JobOptions.INSTRUMENTS_TOPIC);
        DecoderFactory format = InputFormats.instruments(options);
        boolean bounded = found.pricesUntil() != null;
        return topic == null
                ? null
                : new Ends.Control<>(
                        new LeasedSource<>(
                                sources.instrumentsUpTo(topic, found.instrumentsEnd(), format, DecodedSerializer.TYPE),
                                lease),
                        new LeasedSource<>(
                                sources.instrumentsFrom(
                                        topic, found.instrumentsEnd(), bounded, format, DecodedSerializer.TYPE),
                                lease),
                        found.instrumentsLast());
    }
}
