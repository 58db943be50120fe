package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import java.util.List;

/** The columns of a quote as the job reads it. */
final class QuoteColumns {

    private static final int PRICE = 10;
    private static final int SIZE = 8;

    private QuoteColumns() {}

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    static FixedColumns<Quote> of(int room) {
        return new FixedColumns<>(
                2,
                room,
                List.of(
                        text("AT", InputLayout.AT, quote -> InputLayout.at(quote.origin())),
                        text("TIME", InputLayout.TIME, quote -> InputLayout.time(quote.time(), quote.nanos())),
                        text("SYMBOL", 10, Quote::symbol),
                        figure("BID", PRICE, quote -> Figure.of(quote.bid(), PRICE, room)),
                        figure("BID SIZE", SIZE, quote -> Figure.of(quote.bidSize(), SIZE, room)),
                        figure("ASK", PRICE, quote -> Figure.of(quote.ask(), PRICE, room)),
                        figure("ASK SIZE", SIZE, quote -> Figure.of(quote.askSize(), SIZE, room)),
                        prose("SEQ", 0, quote -> quote.seq() == Tick.NO_SEQ ? "" : String.valueOf(quote.seq()))));
    }
}
