package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch feed}: what puts prices into the topic that the job reads. */
@Command(
        name = FeedCommand.NAME,
        description = "Puts prices, and quotes, into the topics that the job reads: recorded, simulated or live ones.",
        subcommands = {FeedReplayCommand.class, FeedSimulateCommand.class, FeedYahooCommand.class})
final class FeedCommand extends CommandGroup {

    static final String NAME = "feed";
}
