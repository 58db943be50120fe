package io.tapewatch.cli;

import io.tapewatch.JobOptions;
import io.tapewatch.domain.Origin;
import io.tapewatch.io.RuleFile;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch rules check}. */
@Command(
        name = "check",
        description = {
            "Says of each rule in a file whether the job would accept it, and if not, why.",
            "It needs no Kafka: rules are judged one after the other as by a job without rules. The exit code is 1 if one"
                    + " is rejected."
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
        int number = 0;
        for (RuleFile.Entry rule : file.read().rules()) {
            number++;
            verdicts.add(
                    rule.id() == null ? "rule " + number : rule.id(),
                    judge.judge(null, rule.json().getBytes(StandardCharsets.UTF_8), Origin.NO_TIMESTAMP));
        }
        show(verdicts.columns());
        say(verdicts.summary());
        return verdicts.areGood() ? 0 : FAILED;
    }
}
