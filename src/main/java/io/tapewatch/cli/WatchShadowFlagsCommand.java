package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;

/** {@code tapewatch watch shadow-flags}. */
@Command(name = "shadow-flags", description = "Shows the flags of rules in shadow.")
final class WatchShadowFlagsCommand extends WatchingFlagsCommand {

    WatchShadowFlagsCommand() {
        super(KafkaTopics.SHADOW_FLAGS);
    }
}
