package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;

/** {@code tapewatch watch flags}. */
@Command(name = "flags", description = "Shows flags: what met a rule.")
final class WatchFlagsCommand extends WatchingFlagsCommand {

    WatchFlagsCommand() {
        super(KafkaTopics.FLAGS);
    }
}
