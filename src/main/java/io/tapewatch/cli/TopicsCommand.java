package io.tapewatch.cli;

import picocli.CommandLine.Command;

/** {@code tapewatch topics}: the topics on Kafka that the job needs. */
@Command(
        name = TopicsCommand.NAME,
        description = "Creates or describes the topics that the job needs.",
        subcommands = {TopicsCreateCommand.class, TopicsDescribeCommand.class})
final class TopicsCommand extends CommandGroup {

    static final String NAME = "topics";

    /** What to do about a topic that is other than expected. */
    static final String HOW_TO_CHANGE = "Kafka's kafka-configs.sh changes settings, kafka-topics.sh --alter adds"
            + " partitions, kafka-reassign-partitions.sh changes replication";
}
