package io.tapewatch;

import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.sink.CsvTarget;
import io.tapewatch.io.sink.JobSinks;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The outputs of the job's streams: topics of Kafka, and CSV files. Another output of a stream is one line here. */
final class JobOutputs {

    private final Configuration options;
    private final JobSinks sinks;
    private final SourceTopics sources;
    private final Optional<CsvTarget> csv;

    private JobOutputs(Configuration options, Properties properties) {
        this.options = options;
        this.sinks = new JobSinks(
                options.get(JobOptions.BOOTSTRAP_SERVERS),
                properties,
                options.get(JobOptions.GROUP_ID),
                options.get(JobOptions.OUTPUT_PREFIX),
                options.get(JobOptions.LOST_TRANSACTIONS));
        this.sources = JobSettings.sourceTopics(options);
        this.csv = JobSettings.csv(options);
    }

    /** @param properties further settings of all clients, such as security */
    static Ends.Outputs of(Configuration options, Properties properties) {
        JobOutputs job = new JobOutputs(options, properties);
        return new Ends.Outputs(
                job.prices(),
                job.summaries(),
                job.movers(),
                job.quotedTrades(),
                job.flags(),
                job.shadowFlags(),
                job.verdicts(),
                job.deadLetters());
    }

    private List<Output<Tick>> prices() {
        return options.get(JobOptions.CSV_PRICES) ? outputs(csv("prices-csv", sinks::pricesCsv)) : List.of();
    }

    private List<Output<Summary>> summaries() {
        return outputs(
                parallel("summaries", sinks.summaries(deliveryOfSummaries())),
                csv("summaries-csv", sinks::summariesCsv));
    }

    private List<Output<Movers>> movers() {
        return outputs(
                ofOneTask("movers-out", sinks.movers(deliveryOfSummaries())), csv("movers-csv", sinks::moversCsv));
    }

    private List<Output<QuotedTrade>> quotedTrades() {
        return options.contains(JobOptions.QUOTES_TOPIC)
                ? outputs(
                        parallel("quoted-trades", sinks.quotedTrades(deliveryOfSummaries())),
                        csv("quoted-trades-csv", sinks::quotedTradesCsv))
                : List.of();
    }

    private List<Output<Flag>> flags() {
        return outputs(
                parallel("flags", sinks.flags(options.get(JobOptions.DELIVERY_FLAGS), sources)),
                csv("flags-csv", target -> sinks.flagsCsv(target, sources)));
    }

    private List<Output<Flag>> shadowFlags() {
        return outputs(
                parallel("shadow-flags", sinks.shadowFlags(options.get(JobOptions.DELIVERY_FLAGS), sources)),
                csv("shadow-flags-csv", target -> sinks.shadowFlagsCsv(target, sources)));
    }

    private List<Output<Verdict>> verdicts() {
        return outputs(ofOneTask("rule-status", sinks.verdicts()));
    }

    private List<Output<Rejection>> deadLetters() {
        return outputs(parallel("dead-letters", sinks.deadLetters(options.get(JobOptions.DEAD_LETTERS_MAX_BYTES))));
    }

    private DeliveryGuarantee deliveryOfSummaries() {
        return options.get(JobOptions.DELIVERY_SUMMARIES);
    }

    @SafeVarargs
    private static <T> List<Output<T>> outputs(Optional<Output<T>>... those) {
        List<Output<T>> outputs = new ArrayList<>();
        for (Optional<Output<T>> each : those) {
            each.ifPresent(outputs::add);
        }
        return outputs;
    }

    private static <T> Optional<Output<T>> parallel(String name, Sink<T> sink) {
        return Optional.of(new Output<>(name, sink, false));
    }

    /** One task, so that records stay in order. */
    private static <T> Optional<Output<T>> ofOneTask(String name, Sink<T> sink) {
        return Optional.of(new Output<>(name, sink, true));
    }

    /** One task, so that files stay few; empty if no CSV files are written. */
    private <T> Optional<Output<T>> csv(String name, Function<CsvTarget, Sink<T>> sink) {
        return csv.map(target -> new Output<>(name, sink.apply(target), true));
    }
}
