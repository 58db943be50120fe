package io.tapewatch.feed.recorded;

import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.FeedSource;
import io.tapewatch.feed.MergedRows;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * What is replayed.
 *
 * @param prices the files of prices, one after the other
 * @param format how they name their columns
 * @param quotes the files of quotes, one after the other; none if there are no quotes
 * @param quoteFormat how these name their columns
 */
public record Recordings(
        List<Recording> prices, RecordingFormat format, List<Recording> quotes, RecordingFormat quoteFormat)
        implements FeedSource {

    public Recordings {
        prices = List.copyOf(prices);
        Objects.requireNonNull(format, "format");
        quotes = List.copyOf(quotes);
        Objects.requireNonNull(quoteFormat, "quoteFormat");
    }

    /** Prices alone. */
    public static Recordings ofPrices(List<Recording> prices, RecordingFormat format) {
        return new Recordings(prices, format, List.of(), format);
    }

    /** Of a price and a quote of one time, the price comes first. */
    @Override
    public FeedRows open() {
        return new MergedRows(
                new RecordedFiles(prices, recording -> RecordedPrices.open(recording, format)),
                new RecordedFiles(quotes, recording -> RecordedQuotes.open(recording, quoteFormat)));
    }

    /**
     * The same, telling how many bytes of the files are read, as they are.
     *
     * @param read is told how many more it were, in the reading thread
     */
    public Recordings counted(LongConsumer read) {
        return new Recordings(
                prices.stream().map(file -> file.counted(read)).toList(),
                format,
                quotes.stream().map(file -> file.counted(read)).toList(),
                quoteFormat);
    }
}
