package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch rules}: the rules of a job that runs, and rules that are to become some. */
@Command(
        name = RulesCommand.NAME,
        description = "Checks, sends, lists and deletes rules.",
        subcommands = {RulesCheckCommand.class, RulesPutCommand.class, RulesListCommand.class, RulesDeleteCommand.class
        })
final class RulesCommand extends CommandGroup {

    static final String NAME = "rules";
}
