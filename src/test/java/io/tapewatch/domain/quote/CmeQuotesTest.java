package io.tapewatch.domain.quote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Quotient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Trades and quotes of a future on CME, stamped in nanoseconds by Databento and numbered in one sequence. They may not be
 * copied into this project: the test runs where they lie beside it.
 */
class CmeQuotesTest {

    private static final Path FOLDER = Path.of("..", "shared", "cases", "r02c-databento-side-inferred");
    private static final String TRADES = "ts_event,instrument_id,price,size,sequence,aggressor";
    private static final String QUOTES = "ts_event,instrument_id,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,sequence";

    private static final int NANOS = 1_000_000;

    /** An hour: what is looked for is which quote was in force, not how old it was. */
    private static final long MAX_AGE = 3_600_000;

    @BeforeEach
    void lieBesideTheProject() {
        assumeTrue(Files.exists(FOLDER));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUOTES_AFTER", "BY_SEQ"})
    void everyTradeStandsBesideTheQuoteInForceAndHasItsSide(TapeOrder order) throws IOException {
        List<String[]> trades = rows("es_trades_no_side.csv", TRADES);
        List<String[]> quotes = rows("es_quotes.csv", QUOTES);
        QuoteSettings settings = new QuoteSettings(MAX_AGE, order);
        int quoted = 0;
        int rightQuotes = 0;
        int rightSides = 0;
        for (QuotedTrade trade : join(trades, quotes, settings)) {
            String[] row = trades.get(Integer.parseInt(trade.tradeId()));
            String[] inForce = inForce(row, quotes);
            quoted += inForce == null ? 0 : 1;
            rightQuotes += inForce != null
                            && Decimal.of(inForce[2]).equals(trade.bid())
                            && Decimal.of(inForce[3]).equals(trade.ask())
                    ? 1
                    : 0;
            rightSides += inForce != null && side(row).equals(trade.side()) ? 1 : 0;
            assertThat(trade.quoteAgeMs() == null).isEqualTo(inForce == null);
        }
        System.out.printf(
                "%s: %d of %d trades are quoted, %d beside the quote in force, %d with the exchange's side%n",
                order, quoted, trades.size(), rightQuotes, rightSides);
        assertThat(trades).hasSize(120);
        assertThat(quoted).isEqualTo(119);
        assertThat(rightQuotes).isEqualTo(119);
        assertThat(rightSides).isEqualTo(119);
    }

    private static List<QuotedTrade> join(List<String[]> trades, List<String[]> quotes, QuoteSettings settings) {
        List<TapeRecord> records = new ArrayList<>();
        for (int i = 0; i < trades.size(); i++) {
            records.add(trade(trades.get(i), i));
        }
        for (int i = 0; i < quotes.size(); i++) {
            records.add(quote(quotes.get(i), i));
        }
        Collections.shuffle(records, new Random(1));
        records.sort(settings.order());
        SymbolQuotes memory = new SymbolQuotes();
        List<QuotedTrade> joined = new ArrayList<>();
        for (TapeRecord record : records) {
            if (record instanceof Quote quote) {
                memory.take(quote);
            } else {
                Tick tick = (Tick) record;
                joined.add(QuotedTrade.of(tick, memory.of(tick, settings), false, new Quotient()));
            }
        }
        return joined;
    }

    /** The last quote in the file whose time in nanoseconds is below the trade's, or null. */
    private static String[] inForce(String[] trade, List<String[]> quotes) {
        String[] last = null;
        for (String[] quote : quotes) {
            if (Long.parseLong(quote[0]) < Long.parseLong(trade[0])) {
                last = quote;
            }
        }
        return last;
    }

    private static Side side(String[] trade) {
        return trade[5].equals("B") ? Side.BUY : Side.SELL;
    }

    private static Tick trade(String[] row, int place) {
        return Ticks.of(
                row[1],
                Decimal.of(row[2]),
                Decimal.of(row[3]),
                millis(row),
                nanos(row),
                String.valueOf(place),
                Long.parseLong(row[4]),
                null,
                null,
                null,
                origin(place));
    }

    private static Quote quote(String[] row, int place) {
        return new Quote(
                row[1],
                Decimal.of(row[2]),
                Decimal.of(row[4]),
                Decimal.of(row[3]),
                Decimal.of(row[5]),
                millis(row),
                nanos(row),
                Long.parseLong(row[6]),
                origin(place));
    }

    private static long millis(String[] row) {
        return Long.parseLong(row[0]) / NANOS;
    }

    private static int nanos(String[] row) {
        return (int) (Long.parseLong(row[0]) % NANOS);
    }

    private static Origin origin(int place) {
        return new Origin(0, place, 0, Origin.Stamp.CREATE_TIME);
    }

    private static List<String[]> rows(String name, String header) throws IOException {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(name))) {
            List<String> all = lines.toList();
            assertThat(all.get(0)).isEqualTo(header);
            return all.stream().skip(1).map(line -> line.split(",")).toList();
        }
    }
}
