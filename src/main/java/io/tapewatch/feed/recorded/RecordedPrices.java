package io.tapewatch.feed.recorded;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Recording} of prices row by row. {@code time}, {@code price} and {@code symbol} must be there. */
public final class RecordedPrices extends RecordedRows {

    /** Quotation marks, and the spaces after commas. */
    private static final Pattern LIST_MARKS = Pattern.compile("['\"]|(?<=,) ");

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
                rows.text(Field.SIDE),
                conditions(rows.text(Field.CONDITIONS)));
    }

    /** The codes, separated by commas. Python writes a list of them as {@code ['@', 'I']}. */
    private static @Nullable String conditions(@Nullable String text) {
        if (text == null || !text.startsWith("[") || !text.endsWith("]")) {
            return text;
        }
        String codes = LIST_MARKS.matcher(text.substring(1, text.length() - 1)).replaceAll("");
        return codes.isEmpty() ? null : codes;
    }
}
