package io.tapewatch.feed.recorded;

import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the columns of a recording.
 *
 * @param fields those that are read
 * @param required those that must be there, besides the symbol
 * @param option what the user says to name columns, or null where nothing does
 */
record RecordingColumns(
        Set<Field> fields, Set<Field> required, @Nullable String option) {

    static final RecordingColumns OF_PRICES =
            new RecordingColumns(Field.OF_PRICES, Set.of(Field.TIME, Field.PRICE), "--columns");

    static final RecordingColumns OF_QUOTES =
            new RecordingColumns(Field.OF_QUOTES, Set.of(Field.TIME, Field.BID, Field.ASK), "--quote-columns");

    static final RecordingColumns OF_INSTRUMENTS = new RecordingColumns(Field.OF_INSTRUMENTS, Set.of(), null);
}
