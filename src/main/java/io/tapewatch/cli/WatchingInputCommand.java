package io.tapewatch.cli;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.io.json.DecoderFactory;
import io.tapewatch.io.source.SentRecords;
import io.tapewatch.settings.JobOptions;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that shows what was sent to the job: each record as the job reads it, and those that it rejects. */
abstract class WatchingInputCommand extends WatchingCommand {

    private final Function<Configuration, DecoderFactory> format;
    private @Nullable SentRecords records;

    @Mixin
    private SymbolOption symbols = new SymbolOption();

    @Option(names = "--heartbeats", description = "Show heartbeats, too.")
    private boolean heartbeats;

    /**
     * @param topic names the topic
     * @param setting the job's setting that does
     * @param format that of the topic's records
     */
    WatchingInputCommand(
            Function<Configuration, String> topic,
            ConfigOption<String> setting,
            Function<Configuration, DecoderFactory> format) {
        super(topic, setting, JobOptions.PRICES_MAX_BYTES, JobOptions.MAX_FUTURE, JobOptions.ALLOW_NONPOSITIVE);
        this.format = format;
    }

    /** What the job takes a record for. */
    final Decoded decode(Received record) {
        if (records == null) {
            records = new SentRecords(topic(), format.apply(job()));
        }
        return records.decode(record.record());
    }

    @Override
    final boolean isWanted(Received record) {
        Decoded decoded = decode(record);
        if (decoded instanceof Heartbeat) {
            return heartbeats;
        }
        if (decoded instanceof Rejection) {
            return !symbols.isGiven() || record.symbol().filter(symbols::takes).isPresent();
        }
        return symbols.takes(((TapeRecord) decoded).symbol());
    }

    @Override
    final boolean showsAnything() {
        return true;
    }

    @Override
    final String json(Received record) {
        return JsonLine.ofInput(record, decode(record));
    }
}
