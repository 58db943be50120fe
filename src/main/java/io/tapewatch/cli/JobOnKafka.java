package io.tapewatch.cli;

import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka tells of the job, as far as this user may know it.
 *
 * @param offsets how far each partition of the inputs goes, and the group, by input ({@code prices}, {@code quotes}) and
 *     partition
 * @param rules the rules in force, by id, or null: they could not be read
 * @param flags the last flag of each rule, of active rules and of rules in shadow, by the rule's id
 * @param areAllFlags whether those are the last of all flags; else of the latest
 * @param notKnown what could not be found out, and why, a line each
 * @param wrong what would stop the job, a line each
 */
record JobOnKafka(
        Map<String, Map<Integer, Offsets>> offsets,
        @Nullable List<Rule> rules,
        Map<String, LastFlags.Flagged> flags,
        boolean areAllFlags,
        List<String> notKnown,
        List<String> wrong) {

    /**
     * The offset after the last record of a partition, and that of the record which the group reads next.
     *
     * @param committed empty when it is not known
     */
    record Offsets(long end, OptionalLong committed) {}

    /**
     * Looks.
     *
     * @throws KafkaUnusable if Kafka cannot be asked at all
     */
    static JobOnKafka find(KafkaConnection kafka, Configuration job) {
        InputTopics inputs = JobSettings.inputs(job);
        Map<String, Map<Integer, Offsets>> offsets = new TreeMap<>();
        List<String> notKnown = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        // What fails here fails for all: the topic of prices is there in every job.
        offsets.put("prices", offsets(kafka, inputs.prices(), job.get(JobOptions.GROUP_ID), wrong, notKnown));
        if (inputs.quotes() != null) {
            try {
                offsets.put("quotes", offsets(kafka, inputs.quotes(), job.get(JobOptions.GROUP_ID), wrong, notKnown));
            } catch (KafkaUnusable e) {
                notKnown.add(e.getMessage());
            }
        }
        List<Rule> rules = null;
        try {
            rules = rules(kafka, job);
        } catch (KafkaUnusable e) {
            notKnown.add(e.getMessage());
        }
        Map<String, LastFlags.Flagged> flags = new HashMap<>();
        boolean areAll = true;
        for (String topic : List.of(KafkaTopics.FLAGS, KafkaTopics.SHADOW_FLAGS)) {
            try {
                LastFlags last = LastFlags.read(kafka, job.get(JobOptions.OUTPUT_PREFIX) + topic);
                last.byRule()
                        .forEach((rule, flag) ->
                                flags.merge(rule, flag, (one, other) -> one.time() > other.time() ? one : other));
                areAll &= last.areAll();
            } catch (KafkaUnusable e) {
                notKnown.add(e.getMessage());
                areAll = false;
            }
        }
        return new JobOnKafka(offsets, rules, flags, areAll, notKnown, wrong);
    }

    private static Map<Integer, Offsets> offsets(
            KafkaConnection kafka, String topic, String group, List<String> wrong, List<String> notKnown) {
        Map<TopicPartition, Long> ends = kafka.endOffsets(topic);
        Map<TopicPartition, Long> committed;
        try {
            committed = kafka.committedOffsets(topic, group);
        } catch (KafkaUnusable e) {
            // What has no cause is no failure to ask: the group's position and the topic do not fit.
            (e.getCause() == null ? wrong : notKnown).add(e.getMessage());
            committed = Map.of();
        }
        Map<Integer, Offsets> offsets = new TreeMap<>();
        for (Entry<TopicPartition, Long> end : ends.entrySet()) {
            offsets.put(
                    end.getKey().partition(),
                    new Offsets(
                            end.getValue(),
                            committed.containsKey(end.getKey())
                                    ? OptionalLong.of(committed.get(end.getKey()))
                                    : OptionalLong.empty()));
        }
        return offsets;
    }

    private static List<Rule> rules(KafkaConnection kafka, Configuration job) {
        RuleJudge judge = new RuleJudge(job);
        for (ConsumerRecord<byte[], byte[]> record :
                new RulesOnKafka(kafka, job.get(JobOptions.RULES_TOPIC)).records()) {
            judge.judge(record.key(), record.value(), record.timestamp());
        }
        return List.copyOf(judge.inForce());
    }
}
