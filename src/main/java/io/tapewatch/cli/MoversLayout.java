package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Movers, a block each: the window, and the lists beside each other, or below each other where the terminal is too narrow. A
 * list without a row is left out.
 */
final class MoversLayout implements Layout {

    private static final int CLOSE = 8;
    private static final int SYMBOL = 10;
    private static final String GAP = "   ";

    private final Predicate<String> symbols;
    private final int room;

    /**
     * @param symbols whose rows are shown
     * @param room how many characters a line of the terminal has; 0 for lines as long as they are
     */
    MoversLayout(Predicate<String> symbols, int room) {
        this.symbols = symbols;
        this.room = room;
    }

    /** A list of movers: its name in the record and above its rows. */
    private enum Ranking {
        GAINERS("gainers", "GAINERS"),
        LOSERS("losers", "LOSERS"),
        MOST_ACTIVE("mostActive", "ACTIVE");

        private final String field;
        private final String title;

        Ranking(String field, String title) {
            this.field = field;
            this.title = title;
        }

        private List<Fields> rows(Received movers, Predicate<String> symbols) {
            List<Fields> rows = new ArrayList<>();
            for (JsonNode row : movers.json().path(field)) {
                if (symbols.test(row.path("symbol").asText())) {
                    rows.add(new Fields(row));
                }
            }
            return rows;
        }

        /** The list as lines. All rows are known: the column of symbols is as wide as the longest. */
        private List<String> lines(List<Fields> rows, int room) {
            int symbol = rows.stream()
                    .mapToInt(row -> FixedColumns.length(row.text("symbol")))
                    .reduce(SYMBOL, Math::max);
            FixedColumns<Fields> columns = new FixedColumns<>(
                    1,
                    0,
                    List.of(
                            figure("#", 3, row -> row.text("rank")),
                            text(title, symbol, row -> row.text("symbol")),
                            figure("CHANGE%", 7, row -> row.rate("changePct")),
                            figure("CLOSE", CLOSE, row -> row.figure("close", CLOSE, room))));
            List<String> lines = new ArrayList<>(columns.heading());
            rows.forEach(row -> lines.addAll(columns.lines(row)));
            return lines;
        }
    }

    /** Whether there is such a row in any list. */
    static boolean hasRow(Received movers, Predicate<String> symbols) {
        for (Ranking ranking : Ranking.values()) {
            if (!ranking.rows(movers, symbols).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<String> lines(Received record) {
        Fields movers = record.fields();
        List<String> lines = new ArrayList<>();
        lines.add(movers.text("window") + "  " + movers.toSecond("start") + "  as of " + movers.toSecond("asOf")
                + "  revision " + movers.text("revision"));
        List<String> block = List.of();
        for (Ranking ranking : Ranking.values()) {
            List<Fields> rows = ranking.rows(record, symbols);
            if (!rows.isEmpty()) {
                List<String> list = ranking.lines(rows, room);
                if (room > 0 && !block.isEmpty() && width(block) + GAP.length() + width(list) > room) {
                    lines.addAll(block);
                    block = list;
                } else {
                    block = beside(block, list);
                }
            }
        }
        lines.addAll(block);
        lines.add("");
        return lines;
    }

    private static int width(List<String> block) {
        return block.stream().mapToInt(FixedColumns::length).max().orElse(0);
    }

    /** Two blocks of lines beside each other. */
    private static List<String> beside(List<String> left, List<String> right) {
        if (left.isEmpty()) {
            return right;
        }
        int width = width(left);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String line = i < left.size() ? left.get(i) : "";
            lines.add(
                    i < right.size()
                            ? line + " ".repeat(width - FixedColumns.length(line)) + GAP + right.get(i)
                            : line);
        }
        return lines;
    }
}
