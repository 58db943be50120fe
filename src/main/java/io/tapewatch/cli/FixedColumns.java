package io.tapewatch.cli;

import io.tapewatch.local.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Columns of fixed widths, as nobody knows what is still to come. Nothing is cut: what is longer than its column pushes the
 * rest of its line to the right. Text stands on the left, figures on the right.
 *
 * <p>On a terminal that is too narrow for all columns, the others follow on a second line and more, in the heading as in
 * the records, and what is still too long is wrapped between words.
 *
 * @param <R> what a line is about
 */
final class FixedColumns<R> {

    private static final int INDENT = 4;

    /** How much room prose needs at least beside other columns. */
    private static final int LEAST_PROSE = 16;

    private final String gap;
    private final Wrapping wrapping;
    private final List<List<Column<R>>> rows;

    /** What stands in a column. */
    private enum Kind {
        TEXT,
        FIGURE,
        PROSE
    }

    /**
     * A column.
     *
     * @param width in characters, at least
     * @param cell what stands in it
     */
    record Column<R>(String name, int width, Kind kind, Function<R, String> cell) {
        /** How much room it must have on its line. */
        private int need() {
            return kind == Kind.PROSE ? Math.min(width, LEAST_PROSE) : width;
        }
    }

    /**
     * @param gap how many blanks are between two columns
     * @param room how many characters a line of the terminal has; 0 for lines as long as they are
     */
    FixedColumns(int gap, int room, List<Column<R>> columns) {
        this.gap = " ".repeat(gap);
        this.wrapping = new Wrapping(room);
        this.rows = rows(columns, gap, room);
    }

    private static <R> List<List<Column<R>>> rows(List<Column<R>> columns, int gap, int room) {
        List<List<Column<R>>> rows = new ArrayList<>();
        List<Column<R>> row = new ArrayList<>();
        int width = 0;
        for (Column<R> column : columns) {
            if (room > 0 && !row.isEmpty() && width + gap + column.need() > room) {
                rows.add(row);
                row = new ArrayList<>();
                width = INDENT;
            }
            width += (row.isEmpty() ? 0 : gap) + column.width;
            row.add(column);
        }
        rows.add(row);
        return rows;
    }

    static <R> Column<R> text(String name, int width, Function<R, String> cell) {
        return new Column<>(name, width, Kind.TEXT, cell);
    }

    static <R> Column<R> figure(String name, int width, Function<R, String> cell) {
        return new Column<>(name, width, Kind.FIGURE, cell);
    }

    /** A text of many words. */
    static <R> Column<R> prose(String name, int width, Function<R, String> cell) {
        return new Column<>(name, width, Kind.PROSE, cell);
    }

    List<String> heading() {
        return lines(Column::name);
    }

    List<String> lines(R row) {
        return lines(column -> column.cell.apply(row));
    }

    private List<String> lines(Function<Column<R>, String> cells) {
        List<String> lines = new ArrayList<>();
        for (List<Column<R>> row : rows) {
            String line = line(row, cells);
            if (lines.isEmpty() || !line.isBlank()) {
                lines.addAll(wrapping.lines(lines.isEmpty() ? line : " ".repeat(INDENT) + line, INDENT));
            }
        }
        return lines;
    }

    private String line(List<Column<R>> columns, Function<Column<R>, String> cells) {
        StringBuilder line = new StringBuilder();
        for (Column<R> column : columns) {
            String cell = cells.apply(column);
            String blanks = " ".repeat(Math.max(0, column.width - length(cell)));
            line.append(column.kind == Kind.FIGURE ? blanks + cell : cell + blanks)
                    .append(gap);
        }
        return line.toString().stripTrailing();
    }

    /** In characters as a person counts them. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
