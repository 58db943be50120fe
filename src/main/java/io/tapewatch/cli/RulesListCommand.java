package io.tapewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.settings.JobOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tapewatch rules list}. */
@Command(
        name = "list",
        description = {
            "Shows the rules in force.",
            "They are found as the job finds them: by reading the topic of rules from its beginning, with the job's"
                    + " limits."
        })
final class RulesListCommand extends JobCommand {

    /** Writes numbers as they came. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** The inputs without which the job rejects rules that need them. */
    private static final List<ConfigOption<String>> INPUTS_OF_RULES =
            List.of(JobOptions.QUOTES_TOPIC, JobOptions.INSTRUMENTS_TOPIC);

    @Option(names = "--json", description = "As a JSON array that 'tapewatch rules put' takes.")
    private boolean json;

    RulesListCommand() {
        super(
                JobOptions.BOOTSTRAP_SERVERS,
                JobOptions.KAFKA_PROPERTIES,
                JobOptions.RULES_TOPIC,
                JobOptions.RULES_MAX_COUNT,
                JobOptions.RULES_MAX_WINDOWS,
                JobOptions.RULES_MAX_OVER,
                JobOptions.WINDOWS,
                JobOptions.MOVERS_WINDOW,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC);
    }

    @Override
    public Integer call() throws Failure {
        Configuration job = job();
        RuleJudge judge = new RuleJudge(job);
        RuleJudge withAllInputs = new RuleJudge(withAllInputs(job));
        try (KafkaConnection kafka = connect(job)) {
            for (ConsumerRecord<byte[], byte[]> record :
                    new RulesOnKafka(kafka, job.get(JobOptions.RULES_TOPIC)).records()) {
                judge.judge(record.key(), record.value(), record.timestamp());
                withAllInputs.judge(record.key(), record.value(), record.timestamp());
            }
        }
        if (json) {
            line().getOut().println(json(judge));
        } else {
            show(table(judge));
            say(judge.inForce().size() + (judge.inForce().size() == 1 ? " rule" : " rules") + " in force");
        }
        leftOut(judge, withAllInputs, job).ifPresent(this::complain);
        return 0;
    }

    private static Configuration withAllInputs(Configuration job) {
        Configuration all = new Configuration(job);
        for (ConfigOption<String> input : INPUTS_OF_RULES) {
            if (!all.contains(input)) {
                all.set(input, input.key());
            }
        }
        return all;
    }

    /** Which rules a job with all inputs would have in force beside these, in a line that says how to see them. */
    static Optional<String> leftOut(RuleJudge judge, RuleJudge withAllInputs, Configuration job) {
        Set<String> inForce = judge.inForce().stream().map(Rule::id).collect(Collectors.toSet());
        List<String> leftOut = withAllInputs.inForce().stream()
                .map(Rule::id)
                .filter(id -> !inForce.contains(id))
                .toList();
        if (leftOut.isEmpty()) {
            return Optional.empty();
        }
        String lacking = INPUTS_OF_RULES.stream()
                .filter(input -> !job.contains(input))
                .map(input -> "--" + input.key())
                .collect(Collectors.joining(" and "));
        return Optional.of(leftOut.size() + (leftOut.size() == 1 ? " rule needs" : " rules need")
                + " an input that was not given here, so it is not known whether the job has "
                + (leftOut.size() == 1 ? "it" : "them") + " in force: " + String.join(", ", leftOut) + "; give "
                + lacking + " as the job has it");
    }

    private static Columns table(RuleJudge judge) {
        Columns columns = new Columns("ID", "VERSION", "STATUS", "SEVERITY", "SYMBOLS", "COOLDOWN", "CONDITION");
        for (Rule rule : judge.inForce()) {
            columns.add(
                    rule.id(),
                    String.valueOf(rule.version()),
                    rule.status().word(),
                    rule.severity().word(),
                    RuleWords.symbols(rule),
                    Durations.format(rule.cooldown()),
                    RuleWords.condition(rule));
        }
        return columns;
    }

    /** A rule a line. */
    static String json(RuleJudge judge) {
        return judge.inForce().stream()
                .map(rule -> json(rule.id(), judge.text(rule.id())))
                .collect(Collectors.joining(",\n", "[\n", "\n]"))
                .replace("[\n\n]", "[]");
    }

    /** The rule as it was sent, on one line, with the id that its record's key may have said alone. */
    private static String json(String id, String text) {
        try {
            ObjectNode rule = JSON.createObjectNode();
            rule.put("id", id);
            rule.setAll((ObjectNode) JSON.readTree(text));
            return JsonLine.ofJson(JSON.writeValueAsString(rule));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rule " + id + " was accepted", e);
        }
    }
}
