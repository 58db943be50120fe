package io.tapewatch.cli;

import io.tapewatch.io.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch summaries}. */
@Command(name = "summaries", description = "Shows summaries of windows, each revision as it comes.")
final class WatchSummariesCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    WatchSummariesCommand() {
        super(KafkaTopics.SUMMARIES);
    }

    @Override
    boolean isWanted(Received record) {
        return symbols.takes(record.json().path("symbol").asText());
    }

    @Override
    Layout layout() {
        return new SummaryLayout();
    }
}
