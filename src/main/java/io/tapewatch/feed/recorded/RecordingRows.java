package io.tapewatch.feed.recorded;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.tapewatch.domain.Side;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import io.tapewatch.io.json.TimeReader;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** How many rows are looked at to tell what a column holds. */
    private static final int ROWS_LOOKED_AT = 100;

    private final Recording recording;
    private final RecordingFormat format;
    private final MappingIterator<String[]> rows;
    private final int width;
    private final Map<Field, Integer> position = new EnumMap<>(Field.class);
    private final TimeReader times = new TimeReader();
    private final Deque<Read> ahead = new ArrayDeque<>();
    private String[] row = {};
    private int line;

    /**
     * A row that was read ahead of its turn.
     *
     * @param row null for the end, or if it cannot be read
     * @param line where it ends
     */
    private record Read(
            String @Nullable [] row, int line, @Nullable RecordingException problem) {}

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
        Integer side = position.get(Field.SIDE);
        if (side != null && !format.columns().containsKey(Field.SIDE) && !holdsSides(side)) {
            position.remove(Field.SIDE);
        }
    }

    /**
     * Whether all that stands in a column at the beginning can be a side. One that is called so may hold the sides of the
     * book, or something else.
     */
    private boolean holdsSides(int column) {
        // The rows of a pipe may still be far away.
        int looks = recording.isPipe() ? 1 : ROWS_LOOKED_AT;
        while (ahead.size() < looks) {
            Read next = readAhead();
            ahead.add(next);
            if (next.row == null) {
                break;
            }
            String word = column < next.row.length ? next.row[column] : null;
            if (word != null && !Side.isWord(word)) {
                return false;
            }
        }
        return true;
    }

    private Read readAhead() {
        try {
            return new Read(nextRow(), line, null);
        } catch (RecordingException e) {
            return new Read(null, line, e);
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
        String[] found = ahead.isEmpty() ? nextRow() : ahead();
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

    private String @Nullable [] ahead() throws RecordingException {
        Read next = ahead.remove();
        line = next.line;
        if (next.problem != null) {
            throw next.problem;
        }
        return next.row;
    }

    private String @Nullable [] nextRow() throws RecordingException {
        try {
            String[] next = rows.hasNextValue() ? rows.nextValue() : null;
            line = rows.getParser().currentTokenLocation().getLineNr();
            return next;
        } catch (IOException e) {
            line = rows.getParser().currentTokenLocation().getLineNr();
            throw new RecordingException(
                    place() + ": " + (e instanceof CharacterCodingException ? NOT_UTF_8 : "expected CSV: " + reason(e)),
                    e);
        }
    }

    /** The row's event time in epoch milliseconds; {@link #nanos()} has the rest. */
    long time() throws RecordingException {
        String text = text(Field.TIME);
        String column = column(Field.TIME);
        if (text == null
                || !(JSON_NUMBER.matcher(text).matches()
                        ? times.readNumber(text, format.unit().powerOfTenToMillis())
                        : times.readIso(text))
                || Math.abs(times.millis()) == Long.MAX_VALUE) {
            throw wrong(
                    "expected a time in " + format.unit() + " since the epoch, or ISO-8601 with an offset, in column '"
                            + column + "', found " + quoted(text));
        }
        long millis = times.millis();
        if (millis < EARLIEST || millis >= AFTER_LATEST) {
            throw wrong("expected a time from 1973 to 2099 in column '" + column + "', found '" + text + "', which in "
                    + format.unit() + " is " + Instant.ofEpochMilli(millis) + "; is its unit another?");
        }
        return millis;
    }

    /** The nanoseconds after the millisecond of the {@link #time()} that was read last. */
    int nanos() {
        return times.nanos();
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
        return recording.name() + ", line " + line;
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "nothing" : "'" + text + "'";
    }

    private static String reason(IOException e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
