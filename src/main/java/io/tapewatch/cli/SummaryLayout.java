package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;
import java.util.Optional;

/** A summary a line. */
final class SummaryLayout implements Layout {

    private static final int PRICE = 10;

    private static final FixedColumns<Fields> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("WINDOW", 8, summary -> summary.text("window")),
                    text("START", 20, summary -> summary.toSecond("start")),
                    text("AS OF", 20, summary -> summary.toSecond("asOf")),
                    text("SYMBOL", 10, summary -> summary.text("symbol")),
                    figure("COUNT", 7, summary -> summary.text("count")),
                    price("OPEN", "open"),
                    price("HIGH", "high"),
                    price("LOW", "low"),
                    price("CLOSE", "close"),
                    price("VWAP", "vwap"),
                    price("VOLUME", "volume"),
                    figure("CHANGE%", 7, summary -> summary.rate("changePct")),
                    figure("REV", 3, summary -> summary.text("revision"))));

    private static FixedColumns.Column<Fields> price(String name, String field) {
        return figure(name, PRICE, summary -> summary.figure(field, PRICE));
    }

    @Override
    public Optional<String> heading() {
        return Optional.of(COLUMNS.heading());
    }

    @Override
    public List<String> lines(Received summary) {
        return List.of(COLUMNS.line(summary.fields()));
    }
}
