package io.tapewatch.cli;

import static io.tapewatch.cli.FixedColumns.figure;
import static io.tapewatch.cli.FixedColumns.prose;
import static io.tapewatch.cli.FixedColumns.text;

import io.tapewatch.domain.Printable;
import io.tapewatch.domain.Tick;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The columns of a price as the job reads it. */
final class PriceColumns {

    private static final int PRICE = 11;
    private static final int SIZE = 10;

    private PriceColumns() {}

    /** @param room how many characters a line of the terminal has; 0 for lines as long as they are */
    static FixedColumns<Tick> of(int room) {
        return new FixedColumns<>(
                2,
                room,
                List.of(
                        text("AT", InputLayout.AT, tick -> InputLayout.at(tick.origin())),
                        text("TIME", InputLayout.TIME, tick -> InputLayout.time(tick.time(), tick.nanos())),
                        text("SYMBOL", 10, Tick::symbol),
                        figure("PRICE", PRICE, tick -> Figure.of(tick.price(), PRICE, room)),
                        figure("SIZE", SIZE, tick -> Figure.of(tick.size(), SIZE, room)),
                        text(
                                "SIDE",
                                4,
                                tick -> tick.side() == null
                                        ? ""
                                        : tick.side().name().toLowerCase(Locale.ROOT)),
                        prose("MORE", 0, PriceColumns::more)));
    }

    /** {@code seq 17, id 4711, venue XNAS, conditions @,I}: what there is. */
    private static String more(Tick tick) {
        StringJoiner more = new StringJoiner(", ");
        if (tick.hasSeq()) {
            more.add("seq " + tick.seq());
        }
        add(more, "id", tick.id());
        add(more, "venue", tick.venue());
        add(more, "conditions", tick.conditions());
        return more.toString();
    }

    private static void add(StringJoiner more, String name, @Nullable String text) {
        if (text != null) {
            more.add(name + " " + Printable.printable(text));
        }
    }
}
