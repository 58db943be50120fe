package io.tapewatch.cli;

import io.tapewatch.io.source.SentRecords;
import io.tapewatch.settings.JobOptions;
import picocli.CommandLine.Command;

/** {@code tapewatch watch quotes}. */
@Command(
        name = "quotes",
        description = {
            "Shows the quotes that were sent, each as the job reads it, and what it rejects.",
            "With --symbol, a rejected record is one of these if its value names it, or else its key."
        })
final class WatchQuotesCommand extends WatchingInputCommand {

    WatchQuotesCommand() {
        super(TapeFeeding::quotesTopic, JobOptions.QUOTES_TOPIC, SentRecords::ofQuotes);
    }

    @Override
    Layout layout(int room) {
        return new InputLayout<>(QuoteColumns.of(room), this::decode, room);
    }
}
