package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch rule-status}. */
@Command(name = "rule-status", description = "Shows the job's verdicts on the rules that were sent to it.")
final class WatchRuleStatusCommand extends WatchingCommand {

    @Mixin
    private RuleOption rules = new RuleOption();

    WatchRuleStatusCommand() {
        super(KafkaTopics.RULE_STATUS);
    }

    @Override
    boolean isWanted(Received verdict) {
        return rules.takes(verdict);
    }

    @Override
    Layout layout(int room) {
        return new RuleStatusLayout(room);
    }
}
