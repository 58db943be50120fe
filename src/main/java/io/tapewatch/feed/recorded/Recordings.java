package io.tapewatch.feed.recorded;

import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.FeedSource;
import io.tapewatch.feed.MergedRows;
import io.tapewatch.feed.MergedRows.Sequence;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Files of prices, and of quotes, that are replayed on one clock, as {@link MergedRows} merges them: rows of one time come in
 * the order in which their files are named, prices before quotes.
 *
 * <p>Each file is replayed in its own order, and all are open from the start; {@link Replay} knows better.
 */
public final class Recordings implements FeedSource {

    private final List<RecordedFile> files;
    private final List<Sequence> sequences;
    private final OptionalLong rows;

    /**
     * @param prices the files of prices
     * @param format how they name their columns
     * @param quotes the files of quotes; none if there are no quotes
     * @param quoteFormat how these name their columns
     */
    public Recordings(
            List<Recording> prices, RecordingFormat format, List<Recording> quotes, RecordingFormat quoteFormat) {
        this(Stream.concat(
                        prices.stream().map(file -> new RecordedFile(file, format, false)),
                        quotes.stream().map(file -> new RecordedFile(file, quoteFormat, true)))
                .toList());
    }

    private Recordings(List<RecordedFile> files) {
        this(files, files.stream().map(file -> Sequence.opensAtOnce(file::open)).toList(), OptionalLong.empty());
    }

    /**
     * @param sequences their rows, file by file
     * @param rows how many there are, if they were counted
     */
    Recordings(List<RecordedFile> files, List<Sequence> sequences, OptionalLong rows) {
        this.files = List.copyOf(files);
        this.sequences = List.copyOf(sequences);
        this.rows = rows;
    }

    /** Prices alone. */
    public static Recordings ofPrices(List<Recording> prices, RecordingFormat format) {
        return new Recordings(prices, format, List.of(), format);
    }

    @Override
    public FeedRows open() {
        return new MergedRows(sequences);
    }

    /** The files of prices. */
    public List<Recording> prices() {
        return recordings(false);
    }

    /** The files of quotes. */
    public List<Recording> quotes() {
        return recordings(true);
    }

    private List<Recording> recordings(boolean quotes) {
        return files.stream()
                .filter(file -> file.quotes() == quotes)
                .map(RecordedFile::recording)
                .toList();
    }

    List<RecordedFile> files() {
        return files;
    }

    /** How many rows there are, if they were counted. */
    public OptionalLong rows() {
        return rows;
    }

    /** How many bytes the files have, as they are; nothing if one of them has no length, such as a pipe. */
    public OptionalLong bytes() {
        long bytes = 0;
        for (RecordedFile file : files) {
            OptionalLong size = file.recording().size();
            if (size.isEmpty()) {
                return size;
            }
            bytes += size.getAsLong();
        }
        return OptionalLong.of(bytes);
    }

    /**
     * The same files, telling how many bytes of them are read, as they are.
     *
     * @param read is told, in the reading thread, how many rows more were read
     */
    public Recordings counted(LongConsumer read) {
        return new Recordings(files.stream().map(file -> file.counted(read)).toList());
    }
}
