package io.tapewatch.cli;

import io.tapewatch.io.source.SentRecords;
import io.tapewatch.settings.JobOptions;
import picocli.CommandLine.Command;

/** {@code tapewatch watch prices}. */
@Command(
        name = "prices",
        description = {
            "Shows the prices that were sent, each as the job reads it, and what it rejects.",
            "With --symbol, a rejected record is one of these if its value names it, or else its key."
        })
final class WatchPricesCommand extends WatchingInputCommand {

    WatchPricesCommand() {
        super(job -> job.get(JobOptions.PRICES_TOPIC), JobOptions.PRICES_TOPIC, SentRecords::ofPrices);
    }

    @Override
    Layout layout(int room) {
        return new InputLayout<>(PriceColumns.of(room), this::decode, room);
    }
}
