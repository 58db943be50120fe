package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch quoted-trades}. */
@Command(name = "quoted-trades", description = "Shows trades, each beside the quote that stood when it was made.")
final class WatchQuotedTradesCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    WatchQuotedTradesCommand() {
        super(KafkaTopics.QUOTED_TRADES);
    }

    @Override
    boolean isWanted(Received record) {
        return symbols.takes(record.json().path("symbol").asText());
    }

    @Override
    Layout layout(int room) {
        return new QuotedTradeLayout(room);
    }
}
