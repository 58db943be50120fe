package io.tapewatch.feed;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How a recording names its columns and counts its time.
 *
 * @param columns what the file calls a field, where it is not the field's own name
 * @param unit the unit of times that are numbers
 * @param symbol the symbol of every row of a file that has no symbol column, or null
 */
public record RecordingFormat(Map<Field, String> columns, EpochUnit unit, String symbol) {

    /** The fields a recording can have. */
    public enum Field {
        TIME,
        SYMBOL,
        PRICE,
        SIZE,
        ID,
        SEQ,
        SIDE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The fields' own names, milliseconds, and a symbol in each row. */
    public static final RecordingFormat DEFAULT = new RecordingFormat(Map.of(), EpochUnit.MILLISECONDS, null);

    public RecordingFormat {
        columns = Map.copyOf(columns);
        Objects.requireNonNull(unit, "unit");
    }

    /**
     * Reads {@code field=column,…}, for example {@code time=timestamp,size=amount}.
     *
     * @throws IllegalArgumentException saying what is wrong and what is right
     */
    public static Map<Field, String> parseColumns(String text) {
        Map<Field, String> columns = new EnumMap<>(Field.class);
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            String column = pair.substring(equals + 1).strip();
            if (equals < 0 || column.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected field=column, such as time=timestamp,size=amount, found '" + pair.strip() + "'");
            }
            if (columns.put(field(pair.substring(0, equals).strip()), column) != null) {
                throw new IllegalArgumentException("the field of '" + pair.strip() + "' is named twice");
            }
        }
        return columns;
    }

    private static Field field(String name) {
        for (Field field : Field.values()) {
            if (field.toString().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException(
                "expected one of the fields time, symbol, price, size, id, seq, side, found '" + name + "'");
    }

    String column(Field field) {
        return columns.getOrDefault(field, field.toString());
    }
}
