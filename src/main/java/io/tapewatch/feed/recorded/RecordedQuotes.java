package io.tapewatch.feed.recorded;

import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Recording} of quotes row by row. {@code time}, {@code symbol}, {@code bid} and {@code ask} must be there;
 * in a row, one of bid and ask may be empty.
 */
public final class RecordedQuotes extends RecordedRows {

    private RecordedQuotes(RecordingRows rows) {
        super(rows);
    }

    /**
     * Opens a recording and reads its header.
     *
     * @throws RecordingException if it cannot be read, or lacks a column
     */
    public static RecordedQuotes open(Recording recording, RecordingFormat format) throws RecordingException {
        return new RecordedQuotes(RecordingRows.open(recording, format, RecordingColumns.OF_QUOTES));
    }

    @Override
    public @Nullable QuoteRow next() throws RecordingException {
        if (!rows.next()) {
            return null;
        }
        String symbol = rows.symbol();
        String bid = rows.number(Field.BID);
        String ask = rows.number(Field.ASK);
        if (bid == null && ask == null) {
            throw rows.wrong("expected a number in column '" + rows.column(Field.BID) + "' or '"
                    + rows.column(Field.ASK) + "', found nothing");
        }
        return new QuoteRow(
                symbol,
                bid,
                rows.number(Field.BID_SIZE),
                ask,
                rows.number(Field.ASK_SIZE),
                rows.time(),
                rows.nanos(),
                rows.wholeNumber(Field.SEQ));
    }
}
