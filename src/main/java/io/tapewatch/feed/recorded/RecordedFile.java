package io.tapewatch.feed.recorded;

import java.util.function.LongConsumer;

/**
 * A recording, and how it is read.
 *
 * @param quotes whether it holds quotes, or prices
 */
record RecordedFile(Recording recording, RecordingFormat format, boolean quotes) {

    RecordedRows open() throws RecordingException {
        return quotes ? RecordedQuotes.open(recording, format) : RecordedPrices.open(recording, format);
    }

    /** For the times alone. */
    RecordingRows openColumns() throws RecordingException {
        return RecordingRows.open(recording, format, quotes ? RecordingColumns.OF_QUOTES : RecordingColumns.OF_PRICES);
    }

    RecordedFile counted(LongConsumer read) {
        return new RecordedFile(recording.counted(read), format, quotes);
    }
}
