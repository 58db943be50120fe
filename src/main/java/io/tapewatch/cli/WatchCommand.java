package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch watch}: what a job writes, as it comes. */
@Command(
        name = WatchCommand.NAME,
        description = "Shows what the job writes to Kafka, as it comes.",
        subcommands = {
            WatchSummariesCommand.class,
            WatchMoversCommand.class,
            WatchFlagsCommand.class,
            WatchShadowFlagsCommand.class,
            WatchQuotedTradesCommand.class,
            WatchDeadLettersCommand.class,
            WatchRuleStatusCommand.class
        })
final class WatchCommand extends CommandGroup {

    static final String NAME = "watch";
}
