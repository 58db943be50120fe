package io.tapewatch.feed.recorded;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a recording names its columns and counts its time.
 *
 * @param columns what the file calls a field, where it is not the field's own name
 * @param unit the unit of times that are numbers
 * @param symbol the symbol of every row of a file that has no symbol column
 */
public record RecordingFormat(
        Map<Field, String> columns,
        EpochUnit unit,
        @Nullable String symbol) {

    /** The fields a recording can have, of prices, of quotes or of instruments. */
    public enum Field {
        TIME("time"),
        SYMBOL("symbol"),
        PRICE("price"),
        SIZE("size"),
        ID("id"),
        BID("bid"),
        BID_SIZE("bidSize"),
        ASK("ask"),
        ASK_SIZE("askSize"),
        SEQ("seq"),
        SIDE("side"),
        CONDITIONS("conditions"),
        NAME("name"),
        CURRENCY("currency"),
        TYPE("type"),
        SECTOR("sector"),
        VENUE("venue"),
        MULTIPLIER("multiplier"),
        TAPE("tape");

        public static final Set<Field> OF_PRICES =
                Collections.unmodifiableSet(EnumSet.of(TIME, SYMBOL, PRICE, SIZE, ID, SEQ, SIDE, CONDITIONS));

        public static final Set<Field> OF_QUOTES =
                Collections.unmodifiableSet(EnumSet.of(TIME, SYMBOL, BID, BID_SIZE, ASK, ASK_SIZE, SEQ));

        static final Set<Field> OF_INSTRUMENTS =
                Collections.unmodifiableSet(EnumSet.of(SYMBOL, NAME, CURRENCY, TYPE, SECTOR, VENUE, MULTIPLIER, TAPE));

        private final String name;

        Field(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
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
     * @param fields those that may be named
     * @throws IllegalArgumentException saying what is wrong and what is right
     */
    public static Map<Field, String> parseColumns(String text, Set<Field> fields) {
        Map<Field, String> columns = new EnumMap<>(Field.class);
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            String column = pair.substring(equals + 1).strip();
            if (equals < 0 || column.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected field=column, such as time=timestamp,size=amount, found '" + pair.strip() + "'");
            }
            if (columns.put(field(pair.substring(0, equals).strip(), fields), column) != null) {
                throw new IllegalArgumentException("the field of '" + pair.strip() + "' is named twice");
            }
        }
        return columns;
    }

    private static Field field(String name, Set<Field> fields) {
        for (Field field : fields) {
            if (field.toString().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException("expected one of the fields "
                + fields.stream().map(Field::toString).collect(Collectors.joining(", ")) + ", found '" + name + "'");
    }

    String column(Field field) {
        return columns.getOrDefault(field, field.toString());
    }
}
