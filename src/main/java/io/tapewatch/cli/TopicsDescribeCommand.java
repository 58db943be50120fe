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
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;

/** {@code tapewatch topics describe}. */
@Command(
        name = "describe",
        description = {
            "Shows each topic that the job needs, and what differs from what it needs.",
            "The exit code is 1 if one is missing or differs. What is only advised is told, and changes no exit code."
        })
final class TopicsDescribeCommand extends JobCommand {

    private static final String UNKNOWN = "?";

    TopicsDescribeCommand() {
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
        List<TopicSpec> topics = JobTopics.ANY.all(JobSettings.inputs(job), job.get(JobOptions.OUTPUT_PREFIX));
        Map<String, FoundTopic> found;
        try (KafkaConnection kafka = connect(job)) {
            found = new TopicAdmin(kafka)
                    .find(topics.stream().map(TopicSpec::name).toList());
        }
        Columns columns = new Columns(
                "TOPIC", "IS", "PARTITIONS", "REPLICATION", "RETENTION", "CLEANUP", "TIMESTAMPS", "DIFFERS");
        List<String> advice = new ArrayList<>();
        int missing = 0;
        int differing = 0;
        for (TopicSpec topic : topics) {
            FoundTopic there = found.get(topic.name());
            if (there == null) {
                columns.add(topic.name(), "missing");
                missing++;
                continue;
            }
            List<String> differences = topic.differences(there);
            topic.advice(there).ifPresent(advice::add);
            differing += differences.isEmpty() ? 0 : 1;
            columns.add(
                    topic.name(),
                    differences.isEmpty() ? "there" : "differs",
                    String.valueOf(there.partitions()),
                    String.valueOf(there.replication()),
                    retention(there.settings()),
                    there.settings().getOrDefault("cleanup.policy", UNKNOWN),
                    there.settings().getOrDefault("message.timestamp.type", UNKNOWN),
                    String.join("; ", differences));
        }
        show(columns);
        advice.forEach(this::complain);
        if (missing > 0) {
            complain(missing + " of " + topics.size() + " topics are missing; 'tapewatch topics create' creates them");
        }
        if (differing > 0) {
            complain(differing + " of " + topics.size() + " topics differ from what is expected; "
                    + TopicsCommand.HOW_TO_CHANGE);
        }
        return missing + differing > 0 ? FAILED : 0;
    }

    /** {@code 7d}, {@code forever}, {@code 7d or 1000000 bytes}. */
    static String retention(Map<String, String> settings) {
        String time = settings.get("retention.ms");
        if (time == null) {
            return UNKNOWN;
        }
        long millis = Long.parseLong(time);
        String bytes = settings.getOrDefault("retention.bytes", "-1");
        return (millis < 0 ? "forever" : Durations.format(millis))
                + (bytes.equals("-1") ? "" : " or " + bytes + " bytes");
    }
}
