package io.tapewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.io.KafkaTopics;
import java.util.Optional;
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
        return !symbols.isGiven() || symbol(letter).filter(symbols::takes).isPresent();
    }

    private static Optional<String> symbol(Received letter) {
        JsonNode named = letter.json().path("symbol");
        return named.isTextual()
                ? Optional.of(named.textValue())
                : Optional.ofNullable(letter.key()).flatMap(Received::utf8);
    }

    @Override
    Layout layout() {
        return new DeadLetterLayout();
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
