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
    private static final Spacing LOOSE = new Spacing(3, "   ");
    private static final Spacing TIGHT = new Spacing(2, "  ");

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

    /**
     * How close the lists are.
     *
     * @param rank the width of the ranks
     * @param gap what is between two lists
     */
    private record Spacing(int rank, String gap) {}

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

        private List<ShownFields> rows(Received movers, Predicate<String> symbols) {
            List<ShownFields> rows = new ArrayList<>();
            for (JsonNode row : movers.json().path(field)) {
                if (symbols.test(row.path("symbol").asText())) {
                    rows.add(new ShownFields(row));
                }
            }
            return rows;
        }

        /** The list as lines. All rows are known: the column of symbols is as wide as the longest. */
        private List<String> lines(List<ShownFields> rows, Spacing spacing, int room) {
            int symbol = rows.stream()
                    .mapToInt(row -> FixedColumns.length(row.text("symbol")))
                    .reduce(SYMBOL, Math::max);
            FixedColumns<ShownFields> columns = new FixedColumns<>(
                    1,
                    0,
                    List.of(
                            figure("#", spacing.rank, row -> row.text("rank")),
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
        ShownFields movers = record.fields();
        List<String> lines = new ArrayList<>();
        lines.add(movers.text("window") + "  " + movers.toSecond("start") + "  as of " + movers.toSecond("asOf")
                + "  revision " + movers.text("revision"));
        List<List<String>> lists = lists(record, LOOSE);
        if (fits(lists, LOOSE)) {
            lines.addAll(beside(lists, LOOSE));
        } else {
            lines.addAll(inRows(lists(record, TIGHT)));
        }
        lines.add("");
        return lines;
    }

    private List<List<String>> lists(Received record, Spacing spacing) {
        List<List<String>> lists = new ArrayList<>();
        for (Ranking ranking : Ranking.values()) {
            List<ShownFields> rows = ranking.rows(record, symbols);
            if (!rows.isEmpty()) {
                lists.add(ranking.lines(rows, spacing, room));
            }
        }
        return lists;
    }

    private boolean fits(List<List<String>> lists, Spacing spacing) {
        return room == 0 || width(beside(lists, spacing)) <= room;
    }

    /** As many lists beside each other as there is room for, the others below. */
    private List<String> inRows(List<List<String>> lists) {
        List<String> lines = new ArrayList<>();
        List<List<String>> row = new ArrayList<>();
        for (List<String> list : lists) {
            row.add(list);
            if (row.size() > 1 && !fits(row, TIGHT)) {
                row.remove(row.size() - 1);
                lines.addAll(beside(row, TIGHT));
                row = new ArrayList<>(List.of(list));
            }
        }
        lines.addAll(beside(row, TIGHT));
        return lines;
    }

    private static List<String> beside(List<List<String>> lists, Spacing spacing) {
        return lists.stream()
                .reduce((left, right) -> beside(left, right, spacing.gap))
                .orElse(List.of());
    }

    private static int width(List<String> block) {
        return block.stream().mapToInt(FixedColumns::length).max().orElse(0);
    }

    /** Two blocks of lines beside each other. */
    private static List<String> beside(List<String> left, List<String> right, String gap) {
        int width = width(left);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String line = i < left.size() ? left.get(i) : "";
            lines.add(
                    i < right.size()
                            ? line + " ".repeat(width - FixedColumns.length(line)) + gap + right.get(i)
                            : line);
        }
        return lines;
    }
}
