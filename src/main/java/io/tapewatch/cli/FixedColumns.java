package io.tapewatch.cli;

import java.util.List;
import java.util.function.Function;

/**
 * Lines in columns of fixed widths, as nobody knows what is still to come. Text that is longer is cut, with an ellipsis;
 * figures stand on the right and are not.
 *
 * @param <R> what a line is about
 */
final class FixedColumns<R> {

    private static final char ELLIPSIS = '…';

    private final String gap;
    private final List<Column<R>> columns;

    /**
     * A column.
     *
     * @param width in characters
     * @param isFigure whether it holds figures
     * @param cell what stands in it
     */
    record Column<R>(String name, int width, boolean isFigure, Function<R, String> cell) {}

    /** @param gap how many blanks are between two columns */
    FixedColumns(int gap, List<Column<R>> columns) {
        this.gap = " ".repeat(gap);
        this.columns = columns;
    }

    static <R> Column<R> text(String name, int width, Function<R, String> cell) {
        return new Column<>(name, width, false, cell);
    }

    static <R> Column<R> figure(String name, int width, Function<R, String> cell) {
        return new Column<>(name, width, true, cell);
    }

    String heading() {
        return line(Column::name);
    }

    String line(R row) {
        return line(column -> column.cell.apply(row));
    }

    /** How long a line is at most, unless figures are too large. */
    int width() {
        return columns.stream().mapToInt(Column::width).sum() + gap.length() * (columns.size() - 1);
    }

    private String line(Function<Column<R>, String> cells) {
        StringBuilder line = new StringBuilder();
        for (Column<R> column : columns) {
            String cell = cells.apply(column);
            if (!column.isFigure) {
                cell = cut(cell, column.width);
            }
            String blanks = " ".repeat(Math.max(0, column.width - length(cell)));
            line.append(column.isFigure ? blanks + cell : cell + blanks).append(gap);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + ELLIPSIS;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
