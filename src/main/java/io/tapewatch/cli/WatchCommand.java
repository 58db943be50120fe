package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch watch}: what is sent to a job and what it writes, as it comes. */
@Command(
        name = WatchCommand.NAME,
        description = "Shows what the job reads and writes, as it comes.",
        subcommands = {
            WatchPricesCommand.class,
            WatchQuotesCommand.class,
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
