package io.tapewatch.cli;

import io.tapewatch.domain.Origin;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch rules check}. */
@Command(
        name = "check",
        description = {
            "Says of each rule in a file whether the job would accept it, and if not, why.",
            "It needs no Kafka: rules are judged one after the other as by a job without rules. An id may stand in the file"
                    + " once. The exit code is 1 if a rule is rejected."
        })
final class RulesCheckCommand extends JobCommand {

    @Mixin
    private RuleArgument file = new RuleArgument();

    RulesCheckCommand() {
        super(
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
        RuleJudge judge = new RuleJudge(job());
        Verdicts verdicts = new Verdicts();
        for (RuleFileCheck.Checked rule : RuleFileCheck.check(file.read())) {
            byte[] json = rule.rule().json().getBytes(StandardCharsets.UTF_8);
            verdicts.add(
                    rule.name(),
                    rule.parsed() instanceof ParsedRule.Rejection rejection
                            ? rejection.verdict(Origin.NO_TIMESTAMP)
                            : judge.judge(null, json, Origin.NO_TIMESTAMP));
        }
        show(verdicts.columns());
        say(verdicts.summary());
        return verdicts.areGood() ? 0 : FAILED;
    }
}
