package io.tapewatch.cli;

import io.tapewatch.domain.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Lines in columns as wide as what is in them, which is made harmless to a terminal. On a terminal the heading is bold, and what is good or bad is coloured. */
final class Columns {

    private static final String GAP = "  ";
    private static final Map<String, Style> COLOURS = Map.ofEntries(
            Map.entry("accepted", Style.fg_green),
            Map.entry("created", Style.fg_green),
            Map.entry("deleted", Style.fg_green),
            Map.entry("valid", Style.fg_green),
            Map.entry("rejected", Style.fg_red),
            Map.entry("invalid", Style.fg_red),
            Map.entry("differs", Style.fg_red),
            Map.entry("missing", Style.fg_red),
            Map.entry("no verdict", Style.fg_yellow),
            Map.entry("ok", Style.fg_green),
            Map.entry("warn", Style.fg_yellow),
            Map.entry("FAIL", Style.fg_red));

    private final boolean headed;
    private final List<List<String>> lines = new ArrayList<>();

    /** @param heading what stands above each column, or nothing */
    Columns(String... heading) {
        headed = heading.length > 0;
        if (headed) {
            add(heading);
        }
    }

    void add(String... cells) {
        lines.add(Stream.of(cells).map(Printable::printable).toList());
    }

    void printTo(PrintWriter out, Ansi ansi) {
        List<Integer> widths = widths();
        for (int line = 0; line < lines.size(); line++) {
            out.println(text(lines.get(line), widths, headed && line == 0, ansi.enabled()));
        }
    }

    private static String text(List<String> cells, List<Integer> widths, boolean heading, boolean coloured) {
        StringBuilder text = new StringBuilder();
        int blanks = 0;
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            if (!cell.isEmpty()) {
                Style style = heading ? Style.bold : COLOURS.get(cell);
                text.append(" ".repeat(blanks))
                        .append(coloured && style != null ? style.on() + cell + Style.reset.on() : cell);
                blanks = 0;
            }
            blanks += widths.get(column) - cell.length() + GAP.length();
        }
        return text.toString();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int length = line.get(column).length();
                if (column == widths.size()) {
                    widths.add(length);
                } else {
                    widths.set(column, Math.max(widths.get(column), length));
                }
            }
        }
        return widths;
    }
}
