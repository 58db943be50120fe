package io.tapewatch.cli;

import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.recorded.EpochUnit;
import io.tapewatch.feed.recorded.RecordedInstruments;
import io.tapewatch.feed.recorded.RecordedPrices;
import io.tapewatch.feed.recorded.RecordedQuotes;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingFormat;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import io.tapewatch.feed.recorded.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** How recorded files are to be read, and which belong to them: what every replay can be told. */
class ReplayOptions {

    /** What there is to say of files of trades. */
    static final String FILES =
            "CSV or CSV.gz with the columns time, symbol and price, optionally size, id, seq and side,"
                    + " by header name in any order; sent in file order.";

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN[,...]",
            description = "What the files call them, such as time=timestamp,size=amount.")
    String columns;

    @Option(
            names = "--replay-quotes",
            paramLabel = "FILE[,FILE...]",
            split = ",",
            hideParamSyntax = true,
            description = "CSV or CSV.gz of quotes with the columns time, symbol, bid and ask, optionally bidSize,"
                    + " askSize and seq; sent in file order, on one clock with the trades.")
    List<Path> quoteFiles;

    @Option(
            names = "--quote-columns",
            paramLabel = "FIELD=COLUMN[,...]",
            description = "What the files of quotes call them, such as bid=best_bid,ask=best_ask.")
    String quoteColumns;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description = "CSV with the column symbol, optionally name, currency, type, sector, venue and"
                    + " multiplier; sent before anything else.")
    Path instruments;

    @Option(
            names = "--time-unit",
            paramLabel = "s|ms|us|ns",
            description = "The unit of times since the epoch. Default: ms.")
    String timeUnit;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "The symbol of files without a symbol column.")
    String symbol;

    /** Whether something is said of how files of trades are to be read. */
    final boolean tellOfFiles() {
        return columns != null || timeUnit != null || symbol != null;
    }

    /**
     * The files to replay, each of which has been looked into, but pipes.
     *
     * @param option what names the files
     */
    final Recordings recordings(OptionReader asked, String option, List<Path> files) {
        if (quoteFiles == null && quoteColumns != null) {
            throw asked.wrong("--quote-columns is about the files of --replay-quotes");
        }
        RecordingFormat format = format(asked, "--columns", columns, Field.OF_PRICES);
        RecordingFormat quoteFormat = format(asked, "--quote-columns", quoteColumns, Field.OF_QUOTES);
        return new Recordings(
                files(asked, option, files, recording -> firstPrice(recording, format)),
                format,
                quoteFiles == null
                        ? List.of()
                        : files(asked, "--replay-quotes", quoteFiles, recording -> firstQuote(recording, quoteFormat)),
                quoteFormat);
    }

    private RecordingFormat format(OptionReader asked, String option, String columns, Set<Field> fields) {
        return new RecordingFormat(
                columns == null
                        ? Map.of()
                        : asked.read(option, columns, text -> RecordingFormat.parseColumns(text, fields)),
                timeUnit == null ? EpochUnit.MILLISECONDS : asked.read("--time-unit", timeUnit, EpochUnit::parse),
                symbol);
    }

    private static List<Recording> files(
            OptionReader asked, String option, List<Path> paths, OptionReader.OfFile<?> first) {
        List<Recording> files = new ArrayList<>();
        for (Path path : paths) {
            // What is read from a pipe to look into it is gone.
            if (!Recording.isPipe(path)) {
                asked.read(option, path, first);
            }
            files.add(Recording.file(path));
        }
        return files;
    }

    private static PriceRow firstPrice(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
            return prices.next();
        }
    }

    private static QuoteRow firstQuote(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedQuotes quotes = RecordedQuotes.open(recording, format)) {
            return quotes.next();
        }
    }

    /** What is known about instruments. */
    final List<InstrumentRow> instruments(OptionReader asked) {
        return instruments == null ? List.of() : asked.read("--instruments", instruments, RecordedInstruments::read);
    }
}
