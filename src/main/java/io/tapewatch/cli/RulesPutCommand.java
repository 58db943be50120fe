package io.tapewatch.cli;

import io.tapewatch.io.RuleFile;
import io.tapewatch.io.RuleParser;
import io.tapewatch.io.RulesOnKafka;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch rules put}. */
@Command(
        name = "put",
        description = {
            "Sends rules to the job, and shows its verdict on each.",
            "A rule with the id of one in force replaces it and needs a higher version. The exit code is 1 if a rule is"
                    + " rejected, or no verdict comes."
        })
final class RulesPutCommand extends RuleSending {

    @Mixin
    private RuleArgument file = new RuleArgument();

    @Override
    public Integer call() throws Failure {
        RuleFile rules = file.read();
        try {
            rules.requireIds(file.name());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage(), e);
        }
        if (rules.rules().isEmpty()) {
            throw new Failure(file.name() + ": it holds no rules");
        }
        for (RuleFile.Entry rule : rules.rules()) {
            int bytes = rule.json().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > RuleParser.MAX_BYTES) {
                throw new Failure(file.name() + ": rule \"" + rule.id() + "\" has " + bytes + " bytes; at most "
                        + RuleParser.MAX_BYTES + " are allowed; nothing was sent");
            }
        }
        return send(rules.rules().stream()
                .map(rule -> new RulesOnKafka.Request(rule.id(), rule.json()))
                .toList());
    }
}
