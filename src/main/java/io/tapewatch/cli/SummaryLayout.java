package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;

/** A summary a line. */
final class SummaryLayout implements Layout {

    private static final int PRICE = 10;

    private final FixedColumns<ShownFields> columns;

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    SummaryLayout(int room) {
        columns = new FixedColumns<>(
                2,
                room,
                List.of(
                        text("WINDOW", 8, summary -> summary.text("window")),
                        text("START", 20, summary -> summary.toSecond("start")),
                        text("AS OF", 20, summary -> summary.toSecond("asOf")),
                        text("SYMBOL", 10, summary -> summary.text("symbol")),
                        figure("COUNT", 7, summary -> summary.text("count")),
                        price("OPEN", "open", room),
                        price("HIGH", "high", room),
                        price("LOW", "low", room),
                        price("CLOSE", "close", room),
                        price("VWAP", "vwap", room),
                        price("VOLUME", "volume", room),
                        figure("CHANGE%", 7, summary -> summary.rate("changePct")),
                        figure("REV", 3, summary -> summary.text("revision"))));
    }

    private static FixedColumns.Column<ShownFields> price(String name, String field, int room) {
        return figure(name, PRICE, summary -> summary.figure(field, PRICE, room));
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    public List<String> lines(Received summary) {
        return columns.lines(summary.fields());
    }
}
