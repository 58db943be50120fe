package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch summaries}. */
@Command(name = "summaries", description = "Shows summaries of windows, each revision as it comes.")
final class WatchSummariesCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    @Mixin
    private WindowOption windows = new WindowOption();

    WatchSummariesCommand() {
        super(KafkaTopics.SUMMARIES);
    }

    @Override
    boolean isWanted(Received record) {
        return symbols.takes(record.json().path("symbol").asText()) && windows.takes(record);
    }

    @Override
    Layout layout(int room) {
        return new SummaryLayout(room);
    }
}
