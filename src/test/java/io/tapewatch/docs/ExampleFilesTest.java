package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.feed.FeedRow;
import io.tapewatch.feed.FeedRows;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.simulated.IncidentKind;
import io.tapewatch.feed.simulated.Simulation;
import io.tapewatch.feed.simulated.SimulationSettings;
import io.tapewatch.local.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recordings under {@code examples/}: an hour and a half of a small simulated market. */
class ExampleFilesTest {

    private static final Path EXAMPLES = Path.of("examples");
    private static final long LARGEST = 200_000;
    private static final String UPDATE = "tapewatch.docs.update";

    private static final SimulationSettings MARKET = SimulationSettings.of(
                    179, 3, 0.25, time("2024-03-04T14:00:00Z"), time("2024-03-04T15:30:00Z"))
            .withQuotes()
            .withIncidents(Map.of(
                    IncidentKind.SPIKE, 1.0,
                    IncidentKind.FAT_FINGER, 1.0,
                    IncidentKind.OFF_QUOTE_PRINT, 1.0,
                    IncidentKind.SILENCE, 1.0));

    @Test
    void tradesAndQuotesAreThoseOfTheMarketThatTheirPageNames() throws IOException {
        StringBuilder trades = new StringBuilder("time,symbol,price,size,id,side\n");
        StringBuilder quotes = new StringBuilder("time,symbol,bid,bidSize,ask,askSize\n");
        try (FeedRows rows = new Simulation(MARKET, incident -> {}).open()) {
            for (FeedRow row = rows.next(); row != null; row = rows.next()) {
                String time = Instant.ofEpochMilli(row.time()).toString();
                if (row instanceof PriceRow trade) {
                    add(trades, time, trade.symbol(), trade.price(), trade.size(), trade.id(), trade.side());
                } else if (row instanceof QuoteRow quote) {
                    add(quotes, time, quote.symbol(), quote.bid(), quote.bidSize(), quote.ask(), quote.askSize());
                }
            }
        }
        compare("trades.csv", trades.toString());
        compare("quotes.csv", quotes.toString());
    }

    @Test
    void noneIsLarge() throws IOException {
        assertThat(Folders.files(EXAMPLES)).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(Files.size(file))
                .isLessThan(LARGEST));
    }

    private static void compare(String name, String expected) {
        try {
            Path file = EXAMPLES.resolve(name);
            if (Boolean.getBoolean(UPDATE)) {
                Files.writeString(file, expected);
            }
            assertThat(Files.readString(file).equals(expected))
                    .as("%s is as -D%s=true writes it", file, UPDATE)
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(StringBuilder file, String... fields) {
        file.append(String.join(
                        ",",
                        Stream.of(fields)
                                .map(field -> field == null ? "" : field)
                                .toList()))
                .append('\n');
    }

    private static long time(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
