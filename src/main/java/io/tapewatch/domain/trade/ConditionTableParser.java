package io.tapewatch.domain.trade;

import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parser of a table of sale conditions as a file has it. The first line says the time zone of its days, the second the
 * columns, and each further line a code. Empty lines and those that begin with {@code #} say nothing:
 *
 * <pre>
 * zone,America/New_York
 * tape,code,high-low,open-last,volume,in-minutes
 * A,B,no,no,yes,no
 * *,Z,yes,first-of-day,yes,no
 * </pre>
 */
public final class ConditionTableParser {

    private static final String ZONE = "zone";
    private static final List<String> COLUMNS =
            List.of("tape", "code", "high-low", "open-last", "volume", "in-minutes");
    private static final String EVERY_TAPE = "*";

    private final String name;
    private final Map<String, Integer> lineOf = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private @Nullable String zone;
    private boolean hasColumns;
    private int line;

    private ConditionTableParser(String name) {
        this.name = name;
    }

    /**
     * Reads a table.
     *
     * @param name the name of the file
     * @throws IllegalArgumentException if it is none; the message is one line that says where and what was expected
     */
    public static ConditionTable parse(String name, List<String> lines) {
        ConditionTableParser parser = new ConditionTableParser(name);
        for (String text : lines) {
            parser.line++;
            String stripped = text.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                parser.read(stripped);
            }
        }
        return parser.table();
    }

    private ConditionTable table() {
        if (zone == null || !hasColumns || rows.isEmpty()) {
            throw new IllegalArgumentException(name + ": ends after line " + line + "; expected "
                    + (zone == null ? whatIsFirst() : hasColumns ? "a code" : "the columns " + columns()));
        }
        return new ConditionTable(name, zone, rows);
    }

    private void read(String text) {
        String[] cells = text.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
        }
        if (zone == null) {
            zone = readZone(cells, text);
        } else if (!hasColumns) {
            if (!List.of(cells).equals(COLUMNS)) {
                throw wrong("expected the columns " + columns() + ", found '" + text + "'");
            }
            hasColumns = true;
        } else {
            rows.add(readRow(cells));
        }
    }

    private String readZone(String[] cells, String text) {
        if (cells.length != 2 || !cells[0].equals(ZONE)) {
            throw wrong("expected " + whatIsFirst() + ", found '" + text + "'");
        }
        try {
            return ConditionTable.requireZone(cells[1]).getId();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Row readRow(String[] cells) {
        if (cells.length != COLUMNS.size()) {
            throw wrong("expected " + COLUMNS.size() + " columns, " + columns() + ", found " + cells.length);
        }
        if (cells[0].isEmpty()) {
            throw wrong("expected a tape, or " + EVERY_TAPE + " for every tape, in column 'tape', found nothing");
        }
        if (cells[1].isEmpty()) {
            throw wrong("expected a code in column 'code', found nothing");
        }
        Integer before = lineOf.putIfAbsent(cells[0] + "," + cells[1], line);
        if (before != null) {
            throw wrong("code '" + cells[1] + "' of tape '" + cells[0] + "' is in line " + before + ", too; expected"
                    + " it once");
        }
        boolean highLow = readYes(cells, 2);
        Last last = readLast(cells[3]);
        boolean volume = readYes(cells, 4);
        // In short windows a print counts at least as in days.
        boolean inMinutes = readYes(cells, 5) && !highLow;
        if (last != Last.NO && !highLow) {
            throw wrong("open-last is '" + cells[3] + "', and high-low is 'no'; expected open-last 'no': a print that"
                    + " sets the last price sets high and low, too");
        }
        return new Row(
                cells[0].equals(EVERY_TAPE) ? null : cells[0],
                cells[1],
                new Eligibility(highLow, last, volume, inMinutes).orAll());
    }

    private boolean readYes(String[] cells, int column) {
        return switch (cells[column]) {
            case "yes" -> true;
            case "no" -> false;
            default ->
                throw wrong(
                        "expected yes or no in column '" + COLUMNS.get(column) + "', found '" + cells[column] + "'");
        };
    }

    private Last readLast(String cell) {
        return switch (cell) {
            case "yes" -> Last.YES;
            case "first-of-day" -> Last.FIRST_OF_DAY;
            case "no" -> Last.NO;
            default -> throw wrong("expected yes, first-of-day or no in column 'open-last', found '" + cell + "'");
        };
    }

    private static String whatIsFirst() {
        return "the time zone of the table's days, such as " + ZONE + ",America/New_York";
    }

    private static String columns() {
        return String.join(",", COLUMNS);
    }

    private IllegalArgumentException wrong(String message) {
        return new IllegalArgumentException(name + ", line " + line + ": " + message);
    }
}
