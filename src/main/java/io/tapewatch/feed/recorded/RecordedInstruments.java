package io.tapewatch.feed.recorded;

import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of instruments, CSV with a header, of which only {@code symbol} must be there. */
public final class RecordedInstruments {

    private RecordedInstruments() {}

    /**
     * All that is in a file, in its order.
     *
     * @throws RecordingException if it cannot be read, lacks a column, or a row does not hold what it should
     * @throws IOException if it cannot be closed
     */
    public static List<InstrumentRow> read(Recording file) throws IOException {
        List<InstrumentRow> instruments = new ArrayList<>();
        try (RecordingRows rows = RecordingRows.open(file, RecordingFormat.DEFAULT, RecordingColumns.OF_INSTRUMENTS)) {
            while (rows.next()) {
                instruments.add(new InstrumentRow(
                        rows.symbol(),
                        rows.text(Field.NAME),
                        rows.text(Field.CURRENCY),
                        rows.text(Field.TYPE),
                        rows.text(Field.SECTOR),
                        rows.text(Field.VENUE),
                        rows.number(Field.MULTIPLIER),
                        rows.text(Field.TAPE)));
            }
        }
        return instruments;
    }
}
