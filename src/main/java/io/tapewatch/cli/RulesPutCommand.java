package io.tapewatch.cli;

import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.rules.ParsedRule;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tapewatch rules put}. */
@Command(
        name = "put",
        description = {
            "Sends the rules of a file to the job, and shows its verdict on each.",
            "All rules are checked first. If one is invalid, none is sent. A rule with the id of one in force replaces it"
                    + " and needs a higher version. The exit code is 1 if a rule is invalid or rejected, or no verdict"
                    + " comes."
        })
final class RulesPutCommand extends RuleSending {

    @Mixin
    private RuleArgument file = new RuleArgument();

    @Option(names = "--partial", description = "Send the valid rules also if others are invalid.")
    private boolean partial;

    @Override
    public Integer call() throws Failure {
        List<RuleFileCheck.Checked> rules = RuleFileCheck.check(file.read());
        if (rules.isEmpty()) {
            throw new Failure(file.name() + ": it holds no rules");
        }
        long valid = rules.stream().filter(RuleFileCheck.Checked::isValid).count();
        if (valid == rules.size() || partial && valid > 0) {
            return send(rules.stream().map(RulesPutCommand::sending).toList());
        }
        Verdicts verdicts = new Verdicts();
        for (RuleFileCheck.Checked rule : rules) {
            if (rule.parsed() instanceof ParsedRule.Rejection rejection) {
                verdicts.addInvalid(rule.name(), rejection);
            } else {
                verdicts.addValid(rule.name(), ((ParsedRule.Change) rule.parsed()).change());
            }
        }
        show(verdicts.columns());
        say(rules.size() + (rules.size() == 1 ? " rule, " : " rules, ") + verdicts.invalid() + " invalid");
        complain("nothing was sent; correct the invalid rules in " + file.name()
                + (valid == 0 ? "" : ", or send the others alone with --partial"));
        return FAILED;
    }

    private static Sending sending(RuleFileCheck.Checked rule) {
        return rule.parsed() instanceof ParsedRule.Rejection rejection
                ? Sending.invalid(rule.name(), rejection)
                : Sending.of(new RulesOnKafka.Request(
                        Objects.requireNonNull(rule.rule().id(), "id"),
                        rule.rule().json()));
    }
}
