package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaTopics;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.settings.JobOptions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that sends records to the topic of rules and shows what the job makes of them. */
abstract class RuleSending extends JobCommand {

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long to wait for the job's verdicts. Default: 30s.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = "--no-wait", description = "Do not wait for the job's verdicts.")
    private boolean noWait;

    RuleSending() {
        super(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.KAFKA_PROPERTIES,
                JobOptions.RULES_TOPIC,
                JobOptions.OUTPUT_PREFIX);
    }

    /**
     * A record to be sent, or a rule that is left out.
     *
     * @param name what the rule is called
     * @param request the record, or null for a rule that is left out
     * @param invalid why it is left out
     */
    record Sending(String name, RulesOnKafka.@Nullable Request request, ParsedRule.@Nullable Rejection invalid) {

        static Sending of(RulesOnKafka.Request request) {
            return new Sending(request.ruleId(), request, null);
        }

        static Sending invalid(String name, ParsedRule.Rejection why) {
            return new Sending(name, null, why);
        }

        boolean isLeftOut() {
            return request == null;
        }
    }

    /** Sends what is not left out, shows the verdicts, and returns the exit code. */
    final int send(List<Sending> rules) throws Failure {
        List<RulesOnKafka.Request> requests = rules.stream()
                .filter(rule -> !rule.isLeftOut())
                .map(Sending::request)
                .toList();
        Configuration job = job();
        String topic = job.get(JobOptions.RULES_TOPIC);
        String statusTopic = job.get(JobOptions.OUTPUT_PREFIX) + KafkaTopics.RULE_STATUS;
        Verdicts verdicts = new Verdicts();
        try (KafkaConnection kafka = connect(job)) {
            RulesOnKafka onKafka = new RulesOnKafka(kafka, topic);
            if (noWait) {
                onKafka.send(requests);
                for (Sending rule : rules) {
                    if (rule.invalid != null) {
                        verdicts.addInvalid(rule.name, rule.invalid);
                    }
                }
                show(verdicts.columns());
                say(requests.size() + " sent to topic '" + topic + "'"
                        + (verdicts.areGood() ? "" : ", " + verdicts.invalid() + " invalid and not sent"));
                return verdicts.areGood() ? 0 : FAILED;
            }
            Iterator<@Nullable Verdict> answers =
                    onKafka.sendAndAwait(requests, statusTopic, timeout).iterator();
            for (Sending rule : rules) {
                if (rule.invalid != null) {
                    verdicts.addInvalid(rule.name, rule.invalid);
                } else {
                    verdicts.add(rule.name, answers.next());
                }
            }
        }
        show(verdicts.columns());
        say(verdicts.summary());
        if (verdicts.missing() > 0) {
            complain("no verdict on " + verdicts.missing() + " of " + requests.size() + " came to topic '" + statusTopic
                    + "' within " + Durations.format(timeout.toMillis()) + "; is the job running, does it read topic '"
                    + topic + "' and write with this --output.prefix? What was sent is in the topic, and a job that"
                    + " starts reads it");
        }
        return verdicts.areGood() ? 0 : FAILED;
    }
}
