package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaTopics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tapewatch watch dead-letters}. */
@Command(
        name = "dead-letters",
        description = {
            "Shows what was not counted, and why.",
            "With --symbol, those whose value names one of these; where it names none, those with such a key."
        })
final class WatchDeadLettersCommand extends WatchingCommand {

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    WatchDeadLettersCommand() {
        super(KafkaTopics.DEAD_LETTERS);
    }

    @Override
    boolean isWanted(Received letter) {
        return !symbols.isGiven() || letter.symbol().filter(symbols::takes).isPresent();
    }

    @Override
    Layout layout(int room) {
        return new DeadLetterLayout(room);
    }

    @Override
    boolean showsAnything() {
        return true;
    }

    @Override
    String json(Received letter) {
        return JsonLine.ofDeadLetter(letter);
    }
}
