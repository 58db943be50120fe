package io.tapewatch.cli;

import io.tapewatch.TapewatchJob;
import io.tapewatch.io.kafka.FoundTopic;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.io.kafka.KafkaExpectations;
import io.tapewatch.io.kafka.KafkaRights;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.kafka.TopicAdmin;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.io.lease.GroupLease;
import io.tapewatch.io.lease.LeaseTerms;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/** What the job needs of a Kafka cluster, tried with the job's own settings and as the job's own user. */
final class KafkaChecks {

    private final KafkaConnection kafka;
    private final Configuration job;
    private final InputTopics inputs;
    private final List<TopicSpec> topics;
    private final List<Finding> findings = new ArrayList<>();

    KafkaChecks(KafkaConnection kafka, Configuration job) {
        this.kafka = kafka;
        this.job = job;
        this.inputs = JobSettings.inputs(job);
        this.topics = JobTopics.ANY.all(inputs, job.get(JobOptions.OUTPUT_PREFIX));
    }

    List<Finding> run() {
        try {
            findings.add(Finding.ok("Kafka", answering(kafka.brokers())));
        } catch (KafkaUnusable e) {
            findings.add(Finding.fail("Kafka", e.getMessage()));
            return findings;
        }
        for (TopicSpec topic : topics) {
            check("topic", () -> topic(topic));
        }
        check("rights", this::rights);
        check("transactions", this::transactions);
        if (findings.stream().noneMatch(Finding::isBad)) {
            check("start", this::start);
        }
        return findings;
    }

    private static String answering(int brokers) {
        return brokers + (brokers == 1 ? " broker answers" : " brokers answer");
    }

    /** What finds something out, and may fail over it. */
    @FunctionalInterface
    private interface Check {
        Finding run();
    }

    private void check(String what, Check check) {
        try {
            findings.add(check.run());
        } catch (KafkaUnusable | IllegalArgumentException e) {
            findings.add(Finding.fail(what, e.getMessage()));
        }
    }

    private Finding topic(TopicSpec topic) {
        FoundTopic found = new TopicAdmin(kafka).find(List.of(topic.name())).get(topic.name());
        if (found == null) {
            return Finding.fail("topic", topic.name() + " is missing; 'tapewatch topics create' creates it");
        }
        List<String> differences = topic.differences(found);
        if (differences.isEmpty() && topic.advice(found).isPresent()) {
            return Finding.warn("topic", topic.advice(found).get());
        }
        return differences.isEmpty()
                ? Finding.ok(
                        "topic",
                        topic.name() + ": " + found.partitions()
                                + (found.partitions() == 1 ? " partition" : " partitions") + stamps(found.settings()))
                : Finding.warn(
                        "topic",
                        topic.name() + ": " + String.join("; ", differences) + "; kafka-configs.sh changes it");
    }

    private static String stamps(Map<String, String> settings) {
        String stamps = settings.get("message.timestamp.type");
        return stamps == null ? ", whose settings this user may not see" : ", message.timestamp.type=" + stamps;
    }

    private Finding rights() {
        KafkaRights rights = new KafkaRights(kafka);
        String prefix = job.get(JobOptions.OUTPUT_PREFIX);
        List<String> read = Stream.of(inputs.prices(), inputs.rules(), inputs.quotes(), inputs.instruments())
                .filter(Objects::nonNull)
                .toList();
        List<String> written =
                KafkaTopics.outputs(prefix, JobSettings.moversWindow(job).isPresent(), inputs.quotes() != null);
        List<String> missing = new ArrayList<>();
        boolean known = addMissing("read", read, rights::mayRead, missing);
        known &= addMissing("write", written, rights::mayWrite, missing);
        String group = job.get(JobOptions.GROUP_ID);
        addMissing("read group", List.of(group, LeaseTerms.leaseGroup(group)), rights::mayUseGroup, missing);
        if (!missing.isEmpty()) {
            return Finding.fail(
                    "rights",
                    "this user may not " + String.join(", nor ", missing) + "; docs/security.md has the rights");
        }
        return known
                ? Finding.ok(
                        "rights",
                        "this user may read the inputs and write the outputs; transactional ids were not tried")
                : Finding.warn("rights", "Kafka does not say what this user may do");
    }

    /** Adds what is not allowed; says whether Kafka told of each. */
    private static boolean addMissing(
            String doing, List<String> of, Function<String, Optional<Boolean>> may, List<String> missing) {
        boolean known = true;
        List<String> not = new ArrayList<>();
        for (String each : of) {
            Optional<Boolean> allowed = may.apply(each);
            known &= allowed.isPresent();
            if (!allowed.orElse(true)) {
                not.add(each);
            }
        }
        if (!not.isEmpty()) {
            missing.add(doing + " " + not.stream().collect(Collectors.joining(", ")));
        }
        return known;
    }

    private Finding transactions() {
        int asked = KafkaTopics.transactionTimeout(JobSettings.kafkaProperties(job));
        KafkaExpectations expectations = new KafkaExpectations(kafka);
        expectations.expectTransactions(asked);
        OptionalInt most = expectations.longestTransaction();
        return most.isPresent()
                ? Finding.ok(
                        "transactions",
                        "may last " + asked + " ms, and the brokers allow " + most.getAsInt()
                                + " (transaction.max.timeout.ms)")
                : Finding.warn(
                        "transactions",
                        "may last " + asked + " ms; this user may not see whether the brokers allow it"
                                + " (transaction.max.timeout.ms)");
    }

    private Finding start() {
        TapewatchJob.expectKafka(job);
        String found = "the job finds in Kafka all that it needs";
        return new GroupLease(kafka, job.get(JobOptions.GROUP_ID))
                .holder()
                .map(holder -> Finding.ok("start", found + "; " + holder + ", holds the group's lease"))
                .orElse(Finding.ok("start", found));
    }
}
