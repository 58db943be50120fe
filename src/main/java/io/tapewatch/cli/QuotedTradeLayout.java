package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;

/** A trade beside its quote a line. */
final class QuotedTradeLayout implements Layout {

    private static final int PRICE = 12;

    private final FixedColumns<ShownFields> columns;

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    QuotedTradeLayout(int room) {
        columns = new FixedColumns<>(
                2,
                room,
                List.of(
                        text("TIME", 24, trade -> trade.text("time")),
                        text("SYMBOL", 10, trade -> trade.text("symbol")),
                        price("PRICE", "price", room),
                        price("SIZE", "size", room),
                        price("BID", "bid", room),
                        price("ASK", "ask", room),
                        figure("SPREAD BPS", 10, trade -> trade.rate("spreadBps")),
                        text("SIDE", 4, trade -> trade.text("side")),
                        figure("AGE MS", 7, trade -> trade.text("quoteAgeMs"))));
    }

    private static FixedColumns.Column<ShownFields> price(String name, String field, int room) {
        return figure(name, PRICE, trade -> trade.figure(field, PRICE, room));
    }

    @Override
    public List<String> heading() {
        return columns.heading();
    }

    @Override
    public List<String> lines(Received trade) {
        return columns.lines(trade.fields());
    }
}
