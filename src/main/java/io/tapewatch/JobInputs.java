package io.tapewatch;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.lease.LeaseTerms;
import io.tapewatch.io.lease.LeasedSource;
import io.tapewatch.io.source.CarefulSource;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.settings.InputFormats;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;

/** The inputs of the job: topics of Kafka, read from where a start found them, and while the group is leased to the job. */
final class JobInputs {

    private final Configuration options;
    private final InputTopics topics;
    private final KafkaAtStart found;
    private final int parallelism;
    private final JobSources sources;
    private final LeaseTerms lease;

    private JobInputs(Configuration options, Properties properties, KafkaAtStart found, int parallelism) {
        String servers = options.get(JobOptions.BOOTSTRAP_SERVERS);
        String group = options.get(JobOptions.GROUP_ID);
        this.options = options;
        this.topics = JobSettings.inputs(options);
        this.found = found;
        this.parallelism = parallelism;
        this.sources = new JobSources(servers, properties, group);
        this.lease = new LeaseTerms(
                servers, properties, group, topics.prices(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * @param properties further settings of all clients, such as security
     * @param found what is in Kafka
     * @param wholeFrom the event time from which on a job without a savepoint reads every price
     * @param parallelism the parallelism of the job
     */
    static Ends.Inputs of(
            Configuration options, Properties properties, KafkaAtStart found, long wholeFrom, int parallelism) {
        JobInputs job = new JobInputs(options, properties, found, parallelism);
        return new Ends.Inputs(
                job.prices(),
                found.quotes().map(job::quotes),
                found.instruments().map(job::instruments),
                job.rules(found.rules()),
                JobSettings.sourceTopics(options),
                wholeFrom);
    }

    private Ends.TimedInput prices() {
        return timed(
                found.prices(),
                sources.prices(
                        topics.prices(),
                        stretch(found.prices()),
                        InputFormats.prices(options),
                        DecodedSerializer.TYPE));
    }

    private Ends.TimedInput quotes(KafkaAtStart.Timed quotes) {
        return timed(
                quotes,
                sources.quotes(
                        Objects.requireNonNull(topics.quotes(), "quotes"),
                        stretch(quotes),
                        InputFormats.quotes(options),
                        DecodedSerializer.TYPE));
    }

    private Ends.TimedInput timed(KafkaAtStart.Timed topic, CarefulSource<Decoded> source) {
        return new Ends.TimedInput(new LeasedSource<>(source, lease), Math.min(topic.partitions(), parallelism));
    }

    private JobSources.Stretch stretch(KafkaAtStart.Timed topic) {
        return new JobSources.Stretch(
                topic.from(),
                topic.until().orElse(null),
                options.get(JobOptions.PRICES_START).equals(JobOptions.EARLIEST));
    }

    private Ends.Control<RuleRequest> rules(KafkaAtStart.Control rules) {
        return control(
                rules,
                sources.rulesUpTo(topics.rules(), rules.end(), RuleRequestSerializer.TYPE),
                sources.rulesFrom(topics.rules(), rules.end(), found.isBounded(), RuleRequestSerializer.TYPE));
    }

    private Ends.Control<Decoded> instruments(KafkaAtStart.Control instruments) {
        String topic = Objects.requireNonNull(topics.instruments(), "instruments");
        DecoderFactory format = InputFormats.instruments(options);
        return control(
                instruments,
                sources.instrumentsUpTo(topic, instruments.end(), format, DecodedSerializer.TYPE),
                sources.instrumentsFrom(topic, instruments.end(), found.isBounded(), format, DecodedSerializer.TYPE));
    }

    private <T> Ends.Control<T> control(KafkaAtStart.Control topic, CarefulSource<T> atStart, CarefulSource<T> later) {
        return new Ends.Control<>(new LeasedSource<>(atStart, lease), new LeasedSource<>(later, lease), topic.last());
    }
}
