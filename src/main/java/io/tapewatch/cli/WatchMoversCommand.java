package io.tapewatch.cli;

import io.tapewatch.io.KafkaTopics;
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

    WatchMoversCommand() {
        super(KafkaTopics.MOVERS);
    }

    @Override
    boolean isWanted(Received record) {
        return !symbols.isGiven() || MoversLayout.hasRow(record, symbols::takes);
    }

    @Override
    Layout layout() {
        return new MoversLayout(symbols::takes);
    }
}
