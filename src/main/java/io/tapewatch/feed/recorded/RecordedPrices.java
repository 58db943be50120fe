package io.tapewatch.feed.recorded;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Recording} of prices row by row. {@code time}, {@code price} and {@code symbol} must be there. */
public final class RecordedPrices extends RecordedRows {

    private RecordedPrices(RecordingRows rows) {
        super(rows);
    }

    /**
     * Opens a recording and reads its header.
     *
     * @throws RecordingException if it cannot be read, or lacks a column
     */
    public static RecordedPrices open(Recording recording, RecordingFormat format) throws RecordingException {
        return new RecordedPrices(RecordingRows.open(recording, format, RecordingColumns.OF_PRICES));
    }

    @Override
    public @Nullable PriceRow next() throws RecordingException {
        if (!rows.next()) {
            return null;
        }
        String symbol = rows.symbol();
        String price = rows.number(Field.PRICE);
        if (price == null) {
            throw rows.wrong("expected a number in column '" + rows.column(Field.PRICE) + "', found nothing");
        }
        return new PriceRow(
                symbol,
                price,
                rows.number(Field.SIZE),
                rows.time(),
                rows.nanos(),
                rows.text(Field.ID),
                rows.wholeNumber(Field.SEQ),
                rows.text(Field.SIDE));
    }
}
