package io.tapewatch.cli;

import io.tapewatch.JobOptions;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Verdict;
import io.tapewatch.io.KafkaConnection;
import io.tapewatch.io.KafkaTopics;
import io.tapewatch.io.RulesOnKafka;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
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

    final int send(List<RulesOnKafka.Request> requests) throws Failure {
        Configuration job = job();
        String topic = job.get(JobOptions.RULES_TOPIC);
        String statusTopic = job.get(JobOptions.OUTPUT_PREFIX) + KafkaTopics.RULE_STATUS;
        Verdicts verdicts = new Verdicts();
        try (KafkaConnection kafka = connect(job)) {
            RulesOnKafka rules = new RulesOnKafka(kafka, topic);
            if (noWait) {
                rules.send(requests);
                say(requests.size() + " sent to topic '" + topic + "'");
                return 0;
            }
            List<Verdict> answers = rules.sendAndAwait(requests, statusTopic, timeout);
            for (int i = 0; i < requests.size(); i++) {
                verdicts.add(requests.get(i).ruleId(), answers.get(i));
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
