package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch movers}. */
@Command(
        name = "movers",
        description = {
            "Shows the symbols that moved most in a day, each revision as it comes.",
            "With --symbol, the rows of these; with --json, the whole records that have one."
        })
final class WatchMoversCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    @Mixin
    private WindowOption windows = new WindowOption();

    WatchMoversCommand() {
        super(KafkaTopics.MOVERS);
    }

    @Override
    boolean isWanted(Received record) {
        return windows.takes(record) && (!symbols.isGiven() || MoversLayout.hasRow(record, symbols::takes));
    }

    @Override
    Layout layout(int room) {
        return new MoversLayout(symbols::takes, room);
    }
}
