package io.tapewatch.cli;

import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.kafka.RulesOnKafka;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code tapewatch rules delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes rules, and shows the job's verdict on each.",
            "The exit code is 1 if there is no such rule, or no verdict comes."
        })
final class RulesDeleteCommand extends RuleSending {

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the rules.")
    @SuppressWarnings("NullAway.Init") // Required.
    private List<String> ids;

    @Override
    public Integer call() throws Failure {
        try {
            ids.forEach(Rule::requireId);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line(), e.getMessage(), e);
        }
        return send(ids.stream()
                .map(id -> Sending.of(new RulesOnKafka.Request(id, null)))
                .toList());
    }
}
