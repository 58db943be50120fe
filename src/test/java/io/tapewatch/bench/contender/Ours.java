package io.tapewatch.bench.contender;

import io.tapewatch.TapewatchJob;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.local.RuleSet;
import io.tapewatch.settings.JobArguments;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Tapewatch as it is submitted, with arguments alone: whatever is in it has its price here. Summaries go to Kafka, at least
 * once, as those of its peers do, unless told otherwise.
 *
 * @param name in the table
 * @param words what it does
 * @param windows the setting of that name
 * @param rules how many rules are in force, at most 20
 * @param stateBackend {@code hashmap} or {@code rocksdb}
 * @param isWhole whether it delivers exactly once, and writes CSV, too
 */
record Ours(String name, String words, String windows, int rules, String stateBackend, boolean isWhole)
        implements Contender {

    static Ours withWindows(String name, String words, String windows) {
        return new Ours(name, words, windows, 0, "hashmap", false);
    }

    static Ours onRocksDb(String name, String words, String windows) {
        return new Ours(name, words, windows, 0, "rocksdb", false);
    }

    static Ours withRules(String name, String words, String windows, int rules) {
        return new Ours(name, words, windows, rules, "hashmap", false);
    }

    static Ours whole(String name, String words, String windows, int rules) {
        return new Ours(name, words, windows, rules, "hashmap", true);
    }

    @Override
    public Set<Promise> promises() {
        return EnumSet.allOf(Promise.class);
    }

    @Override
    public Running start(Task task) throws Exception {
        String rulesTopic = task.prefix() + "rules";
        createTopics(task, rulesTopic);
        sendRules(task, rulesTopic);
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers",
                task.bootstrapServers(),
                "--prices.topic",
                task.prices(),
                "--prices.start",
                "earliest",
                "--prices.group-id",
                task.prefix() + "group",
                "--rules.topic",
                rulesTopic,
                "--output.prefix",
                task.prefix(),
                "--windows",
                windows));
        if (isWhole) {
            arguments.addAll(List.of("--csv.path", task.folder().resolve("csv").toString()));
        } else {
            arguments.addAll(List.of("--delivery.summaries", "at-least-once"));
        }
        Configuration settings = MiniFlink.settings(task, stateBackend);
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        TapewatchJob.build(env, JobArguments.parse(arguments.toArray(String[]::new)));
        return MiniFlink.run(task, settings, env.getStreamGraph().getJobGraph());
    }

    private static void createTopics(Task task, String rulesTopic) throws Exception {
        List<TopicSpec> topics =
                JobTopics.ANY.all(new InputTopics(task.prices(), rulesTopic, null, null), task.prefix());
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, task.bootstrapServers()))) {
            admin.createTopics(topics.stream()
                            .filter(topic -> !topic.name().equals(task.prices()))
                            .map(TopicSpec::toCreate)
                            .toList())
                    .all()
                    .get();
        }
    }

    private void sendRules(Task task, String topic) {
        try (KafkaConnection kafka = new KafkaConnection(task.bootstrapServers(), new Properties())) {
            new RulesOnKafka(kafka, topic).send(rules(rules));
        }
    }

    /** The first of the rules that {@code ./tapewatch} starts with, and of the same over a minute instead of five. */
    static List<RulesOnKafka.Request> rules(int count) {
        List<RulesOnKafka.Request> starter = RuleSet.starter(false).rules().stream()
                .map(rule -> new RulesOnKafka.Request(rule.id(), rule.json()))
                .toList();
        Stream<RulesOnKafka.Request> quick = starter.stream()
                .map(rule -> new RulesOnKafka.Request(
                        "quick-" + rule.ruleId(),
                        rule.json()
                                .replaceFirst("(\"id\"\\s*:\\s*\")", "$1quick-")
                                .replaceAll("(\"over\"\\s*:\\s*)\"5m\"", "$1\"1m\"")));
        return Stream.concat(starter.stream(), quick).limit(count).toList();
    }
}
