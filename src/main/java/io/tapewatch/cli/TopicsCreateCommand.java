package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import io.tapewatch.io.kafka.FoundTopic;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.TopicAdmin;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code tapewatch topics create}. */
@Command(
        name = "create",
        description = {
            "Creates every topic that the job needs and that is not there yet; those of quotes and instruments if they are"
                    + " named.",
            "Topics that exist are left as they are; what differs in them from what the job needs is told, and the exit"
                    + " code is 1."
        })
final class TopicsCreateCommand extends JobCommand {

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_COPIES = 100;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "The partitions of the topics of prices and quotes. Default: 1, and any number where they exist.")
    private int partitions = TopicSpec.ANY;

    @Option(
            names = "--output.partitions",
            paramLabel = "N",
            description =
                    "The partitions of summaries, flags, shadow-flags, quoted-trades and dead-letters. Default: 1, and any"
                            + " number where they exist.")
    private int outputPartitions = TopicSpec.ANY;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "The copies of each partition. Default: the brokers' default.")
    private int replication = TopicSpec.ANY;

    @Option(
            names = "--prices.retention",
            paramLabel = "TIME",
            converter = Retention.class,
            description =
                    "How long prices and quotes are kept, such as 30d, or forever. Default: the brokers' default.")
    private @Nullable Long retention;

    @Option(
            names = "--output.retention",
            paramLabel = "TIME",
            converter = Retention.class,
            description =
                    "How long outputs are kept. Default: the brokers' default. Rules and instruments are kept forever.")
    private @Nullable Long outputRetention;

    /** {@code 30d}, in milliseconds, or {@code forever}, which is -1 to Kafka. */
    static final class Retention implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.equals("forever")) {
                return -1L;
            }
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage() + ", or forever");
            }
        }
    }

    TopicsCreateCommand() {
        super(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.KAFKA_PROPERTIES,
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC,
                JobOptions.OUTPUT_PREFIX);
    }

    @Override
    public Integer call() throws Failure {
        Configuration job = job();
        List<TopicSpec> topics = new JobTopics(
                        inRange("--partitions", partitions, MOST_PARTITIONS),
                        inRange("--output.partitions", outputPartitions, MOST_PARTITIONS),
                        inRange("--replication-factor", replication, MOST_COPIES),
                        retention,
                        outputRetention)
                .all(JobSettings.inputs(job), job.get(JobOptions.OUTPUT_PREFIX));
        int differing = 0;
        List<String> advice = new ArrayList<>();
        Columns columns = new Columns();
        try (KafkaConnection kafka = connect(job)) {
            TopicAdmin admin = new TopicAdmin(kafka);
            Map<String, FoundTopic> found =
                    admin.find(topics.stream().map(TopicSpec::name).toList());
            for (TopicSpec topic : topics) {
                FoundTopic there = found.get(topic.name());
                if (there == null && admin.create(topic)) {
                    columns.add(topic.name(), "created", topic.inWords());
                    continue;
                }
                // One that was not there a moment ago was created by somebody else.
                FoundTopic existing = there == null
                        ? Objects.requireNonNull(
                                admin.find(List.of(topic.name())).get(topic.name()), topic.name())
                        : there;
                List<String> differences = topic.differences(existing);
                topic.advice(existing).ifPresent(advice::add);
                columns.add(topic.name(), differences.isEmpty() ? "exists" : "differs", String.join("; ", differences));
                differing += differences.isEmpty() ? 0 : 1;
            }
        } finally {
            show(columns);
            advice.forEach(this::complain);
        }
        if (differing > 0) {
            complain(differing + " of " + topics.size() + " topics differ from what is expected, and were not changed; "
                    + TopicsCommand.HOW_TO_CHANGE);
            return FAILED;
        }
        return 0;
    }

    private int inRange(String option, int value, int most) {
        if (value != TopicSpec.ANY && (value < 1 || value > most)) {
            throw new ParameterException(line(), option + ": expected 1 to " + most + ", found " + value);
        }
        return value;
    }
}
