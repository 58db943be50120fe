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
import io.tapewatch.feed.recorded.RecordingOrder;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.recorded.Replay;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How recorded files are to be read, and which belong to them: what every replay can be told. */
class ReplayOptions {

    /** What there is to say of files of trades. */
    static final String FILES =
            "CSV or CSV.gz with the columns time, symbol and price, optionally size, id, seq, side and"
                    + " conditions, by header name in any order; merged by time. SYMBOL=FILE names the symbol of a file that has"
                    + " none.";

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN[,...]",
            description = "What the files call them, such as time=timestamp,size=amount.")
    @Nullable
    String columns;

    @Option(
            names = "--replay-quotes",
            paramLabel = "FILE[,FILE...]",
            split = ",",
            hideParamSyntax = true,
            description = "CSV or CSV.gz of quotes with the columns time, symbol, bid and ask, optionally bidSize,"
                    + " askSize and seq; merged by time, and with the trades.")
    @Nullable
    List<String> quoteFiles;

    @Option(
            names = "--quote-columns",
            paramLabel = "FIELD=COLUMN[,...]",
            description = "What the files of quotes call them, such as bid=best_bid,ask=best_ask.")
    @Nullable
    String quoteColumns;

    @Option(
            names = "--instruments",
            paramLabel = "FILE",
            description = "CSV with the column symbol, optionally name, currency, type, sector, venue,"
                    + " multiplier and tape; sent before anything else.")
    @Nullable
    Path instruments;

    @Option(
            names = "--time-unit",
            paramLabel = "s|ms|us|ns",
            description = "The unit of times since the epoch. Default: ms.")
    @Nullable
    String timeUnit;

    @Option(names = "--symbol", paramLabel = "SYMBOL", description = "The symbol of files without a symbol column.")
    @Nullable
    String symbol;

    @Option(
            names = "--symbol-from-file-name",
            description = "Take the symbol of a file without a symbol column from its name: BTCUSDT of"
                    + " BTCUSDT-trades-2024-01-04.csv.gz.")
    boolean symbolFromFileName;

    @Option(
            names = "--order",
            paramLabel = "time|file",
            description = "time: sort a file whose times go back by more than prices.out-of-orderness. file: take each"
                    + " file as it stands. Default: time.")
    @Nullable
    String order;

    /** Whether something is said of how files of trades are to be read. */
    final boolean tellOfFiles() {
        return columns != null || timeUnit != null || symbol != null || symbolFromFileName || order != null;
    }

    /**
     * The files to replay, each of which has been looked into, but pipes.
     *
     * @param option what names the files
     */
    final Recordings recordings(OptionReader asked, String option, List<String> files) {
        if (quoteFiles == null && quoteColumns != null) {
            throw asked.wrong("--quote-columns is about the files of --replay-quotes");
        }
        if (symbol != null && symbolFromFileName) {
            throw asked.wrong("--symbol", "--symbol-from-file-name names the symbols, too; give one of them");
        }
        order(asked);
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

    /** The order that is asked for. */
    final RecordingOrder order(OptionReader asked) {
        return order == null ? RecordingOrder.TIME : asked.read("--order", order, RecordingOrder::parse);
    }

    /** What puts files in order, for as long as they are replayed. */
    final Replay replay(OptionReader asked, Configuration job) {
        return new Replay(order(asked), job.get(JobOptions.OUT_OF_ORDERNESS).toMillis());
    }

    /**
     * Puts files in order, and says which had to be sorted.
     *
     * @throws Failure if a file to be sorted has a row that cannot be read, or there is no room to sort
     * @throws InterruptedIOException if the thread was interrupted
     */
    Recordings inOrder(OptionReader asked, Replay replay, Recordings files) throws Failure, InterruptedIOException {
        PrintWriter out = asked.command().getOut();
        ReplayProgress progress = new ReplayProgress(files.bytes().orElse(-1));
        try (progress) {
            return replay.of(files, progress);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(e.getMessage(), e);
        } finally {
            progress.sorted().forEach(out::println);
        }
    }

    private RecordingFormat format(OptionReader asked, String option, @Nullable String columns, Set<Field> fields) {
        return new RecordingFormat(
                columns == null
                        ? Map.of()
                        : asked.read(option, columns, text -> RecordingFormat.parseColumns(text, fields)),
                timeUnit == null ? EpochUnit.MILLISECONDS : asked.read("--time-unit", timeUnit, EpochUnit::parse),
                symbol == null ? null : asked.read("--symbol", symbol, ReplayFile::symbol));
    }

    private List<Recording> files(OptionReader asked, String option, List<String> names, OptionReader.OfFile<?> first) {
        List<Recording> files = new ArrayList<>();
        for (String name : names) {
            Recording file = asked.read(option, name, text -> ReplayFile.parse(text, symbolFromFileName));
            // What is read from a pipe to look into it is gone.
            if (!file.isPipe()) {
                asked.read(option, file, first);
            }
            files.add(file);
        }
        return files;
    }

    private static Optional<PriceRow> firstPrice(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
            return Optional.ofNullable(prices.next());
        }
    }

    private static Optional<QuoteRow> firstQuote(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedQuotes quotes = RecordedQuotes.open(recording, format)) {
            return Optional.ofNullable(quotes.next());
        }
    }

    /** What is known about instruments. */
    final List<InstrumentRow> instruments(OptionReader asked) {
        return instruments == null ? List.of() : asked.read("--instruments", instruments, RecordedInstruments::read);
    }
}
