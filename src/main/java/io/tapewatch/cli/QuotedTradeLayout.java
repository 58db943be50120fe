package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.text;

import java.util.List;
import java.util.Optional;

/** A trade beside its quote a line. */
final class QuotedTradeLayout implements Layout {

    private static final int PRICE = 12;

    private static final FixedColumns<Fields> COLUMNS = new FixedColumns<>(
            2,
            List.of(
                    text("TIME", 24, trade -> trade.text("time")),
                    text("SYMBOL", 10, trade -> trade.text("symbol")),
                    price("PRICE", "price"),
                    price("SIZE", "size"),
                    price("BID", "bid"),
                    price("ASK", "ask"),
                    figure("SPREAD BPS", 10, trade -> trade.rate("spreadBps")),
                    text("SIDE", 4, trade -> trade.text("side")),
                    figure("AGE MS", 7, trade -> trade.text("quoteAgeMs"))));

    private static FixedColumns.Column<Fields> price(String name, String field) {
        return figure(name, PRICE, trade -> trade.figure(field, PRICE));
    }

    @Override
    public Optional<String> heading() {
        return Optional.of(COLUMNS.heading());
    }

    @Override
    public List<String> lines(Received trade) {
        return List.of(COLUMNS.line(trade.fields()));
    }
}
