package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch feed}: what puts prices into the topic that the job reads. */
@Command(
        name = FeedCommand.NAME,
        description = "Puts recorded, simulated or live prices into the job's topics.",
        subcommands = {FeedReplayCommand.class, FeedSimulateCommand.class, FeedYahooCommand.class})
final class FeedCommand extends CommandGroup {

    static final String NAME = "feed";
}
