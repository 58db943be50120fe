package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Movers, a block each: the window, and the lists beside each other. A list without a row is left out. */
final class MoversLayout implements Layout {

    private static final int CLOSE = 8;
    private static final int SYMBOL = 10;
    private static final String GAP = "   ";

    private final Predicate<String> symbols;

    /** @param symbols whose rows are shown */
    MoversLayout(Predicate<String> symbols) {
        this.symbols = symbols;
    }

    /** A list of movers: its name in the record and above its rows. */
    private enum Ranking {
        GAINERS("gainers", "GAINERS"),
        LOSERS("losers", "LOSERS"),
        MOST_ACTIVE("mostActive", "ACTIVE");

        private final String field;
        private final FixedColumns<Fields> columns;

        Ranking(String field, String name) {
            this.field = field;
            this.columns = new FixedColumns<>(
                    1,
                    List.of(
                            figure("#", 3, row -> row.text("rank")),
                            text(name, SYMBOL, row -> row.text("symbol")),
                            figure("CHANGE%", 7, row -> row.rate("changePct")),
                            figure("CLOSE", CLOSE, row -> row.figure("close", CLOSE))));
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
        int width = 0;
        for (Ranking ranking : Ranking.values()) {
            List<Fields> rows = ranking.rows(record, symbols);
            if (!rows.isEmpty()) {
                block = beside(block, width, lines(ranking, rows));
                width += (width == 0 ? 0 : GAP.length()) + ranking.columns.width();
            }
        }
        lines.addAll(block);
        lines.add("");
        return lines;
    }

    private static List<String> lines(Ranking ranking, List<Fields> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(ranking.columns.heading());
        rows.forEach(row -> lines.add(ranking.columns.line(row)));
        return lines;
    }

    /** Two blocks of lines beside each other. */
    private static List<String> beside(List<String> left, int width, List<String> right) {
        if (left.isEmpty()) {
            return right;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String line = i < left.size() ? left.get(i) : "";
            lines.add(
                    i < right.size()
                            ? line + " ".repeat(Math.max(0, width - line.length())) + GAP + right.get(i)
                            : line);
        }
        return lines;
    }
}
