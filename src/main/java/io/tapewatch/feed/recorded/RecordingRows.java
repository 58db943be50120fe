package io.tapewatch.feed.recorded;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Recording} row by row; however long the file, one row is in memory.
 *
 * <p>The first line names the columns, in any order; those that are not asked for are ignored. {@code symbol} must be
 * among them unless the recording or the format gives one. A time is a number in the format's unit, or ISO-8601 with an offset.
 */
final class RecordingRows implements Closeable {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build();
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,18})");
    private static final String NOT_UTF_8 =
            "expected text in UTF-8; save or convert it so, as with iconv -f latin1 -t utf-8";
    private static final long EARLIEST = 100_000_000_000L;
    private static final long AFTER_LATEST = 4_100_000_000_000L;

    private final Recording recording;
    private final RecordingFormat format;
    private final MappingIterator<String[]> rows;
    private final int width;
    private final Map<Field, Integer> position = new EnumMap<>(Field.class);
    private String[] row = {};

    private RecordingRows(
            Recording recording, RecordingFormat format, RecordingColumns columns, MappingIterator<String[]> rows)
            throws RecordingException {
        this.recording = recording;
        this.format = format;
        this.rows = rows;
        String[] header = nextRow();
        if (header == null) {
            throw new RecordingException(recording.name() + ": empty; expected a first line with the columns' names");
        }
        this.width = header.length;
        HeaderGuess guess = new HeaderGuess(header, columns, format);
        for (Field field : columns.fields()) {
            find(field, header, columns.required().contains(field), guess);
        }
    }

    /**
     * Opens a recording and reads its header.
     *
     * @param columns what is asked for
     * @throws RecordingException if it cannot be read, or lacks a column
     */
    static RecordingRows open(Recording recording, RecordingFormat format, RecordingColumns columns)
            throws RecordingException {
        try {
            MappingIterator<String[]> rows = CSV.readerFor(String[].class).readValues(recording.read());
            try {
                return new RecordingRows(recording, format, columns, rows);
            } catch (IOException e) {
                rows.close();
                throw e;
            }
        } catch (RecordingException e) {
            throw e;
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new RecordingException(recording.name() + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new RecordingException(recording.name() + ": " + NOT_UTF_8, e);
        } catch (IOException e) {
            throw new RecordingException(recording.name() + ": cannot be read: " + reason(e), e);
        }
    }

    /**
     * Goes on to the next row; false after the last.
     *
     * @throws RecordingException if it is no row of this file
     */
    boolean next() throws RecordingException {
        String[] found = nextRow();
        if (found == null) {
            return false;
        }
        row = found;
        if (row.length != width) {
            throw wrong("expected " + width + " columns as in the header, found " + row.length);
        }
        return true;
    }

    /** The row's symbol, or that of the recording, or that of the format. */
    String symbol() throws RecordingException {
        String symbol = position.containsKey(Field.SYMBOL) ? text(Field.SYMBOL) : symbolOfAll();
        if (symbol == null) {
            throw wrong("expected a symbol in column '" + column(Field.SYMBOL) + "', found nothing");
        }
        return symbol;
    }

    private @Nullable String symbolOfAll() {
        return recording.symbol() == null ? format.symbol() : recording.symbol();
    }

    /** What the file calls a field. */
    String column(Field field) {
        return format.column(field);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private void find(Field field, String[] header, boolean isRequired, HeaderGuess guess) throws RecordingException {
        String column = column(field);
        for (int i = 0; i < header.length; i++) {
            if (column.equals(header[i]) && position.put(field, i) != null) {
                throw new RecordingException(recording.name() + ": two columns are named '" + column + "'");
            }
        }
        boolean required = isRequired
                || field == Field.SYMBOL && symbolOfAll() == null
                || format.columns().containsKey(field);
        if (required && !position.containsKey(field)) {
            throw new RecordingException(recording.name() + ": " + guess.withoutColumnOf(field));
        }
    }

    private String @Nullable [] nextRow() throws RecordingException {
        try {
            return rows.hasNextValue() ? rows.nextValue() : null;
        } catch (CharacterCodingException e) {
            throw new RecordingException(place() + ": " + NOT_UTF_8, e);
        } catch (IOException e) {
            throw new RecordingException(place() + ": expected CSV: " + reason(e), e);
        }
    }

    /** The row's event time in epoch milliseconds. */
    long time() throws RecordingException {
        String text = text(Field.TIME);
        String column = column(Field.TIME);
        long millis;
        try {
            if (text == null) {
                throw new NumberFormatException();
            } else if (WHOLE_NUMBER.matcher(text).matches()) {
                millis = format.unit().toMillis(Long.parseLong(text));
            } else if (JSON_NUMBER.matcher(text).matches()) {
                millis = format.unit().toMillis(new BigDecimal(text));
            } else {
                millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            throw wrong(
                    "expected a time in " + format.unit() + " since the epoch, or ISO-8601 with an offset, in column '"
                            + column + "', found " + quoted(text));
        }
        if (millis < EARLIEST || millis >= AFTER_LATEST) {
            throw wrong("expected a time from 1973 to 2099 in column '" + column + "', found '" + text + "', which in "
                    + format.unit() + " is " + Instant.ofEpochMilli(millis) + "; is its unit another?");
        }
        return millis;
    }

    /** A JSON number in the digits of the file. */
    @Nullable
    String number(Field field) throws RecordingException {
        String text = text(field);
        if (text == null || JSON_NUMBER.matcher(text).matches()) {
            return text;
        }
        try {
            // Forms that JSON does not know, such as .5 and +1.
            return new BigDecimal(text).toString();
        } catch (NumberFormatException e) {
            throw wrong("expected a number in column '" + column(field) + "', found '" + text + "'");
        }
    }

    /** A whole number. */
    @Nullable
    String wholeNumber(Field field) throws RecordingException {
        String text = text(field);
        if (text == null || WHOLE_NUMBER.matcher(text).matches()) {
            return text;
        }
        throw wrong("expected a whole number in column '" + column(field) + "', found '" + text + "'");
    }

    /** What is in a column. */
    @Nullable
    String text(Field field) {
        Integer at = position.get(field);
        return at == null || row[at] == null || row[at].isEmpty() ? null : row[at];
    }

    /** That something is wrong in this row. */
    RecordingException wrong(String message) {
        return new RecordingException(place() + ": " + message);
    }

    private String place() {
        return recording.name() + ", line "
                + rows.getParser().currentTokenLocation().getLineNr();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "nothing" : "'" + text + "'";
    }

    private static String reason(IOException e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
