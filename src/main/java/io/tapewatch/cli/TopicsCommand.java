package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch topics}: the topics on Kafka that the job needs. */
@Command(
        name = "topics",
        description = "Creates the topics that the job needs, or shows what there is of them.",
        subcommands = {TopicsCreateCommand.class, TopicsDescribeCommand.class})
final class TopicsCommand extends CommandGroup {}
