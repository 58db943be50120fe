package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.BitstampTrades;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bars and quoted trades of recordings against what DuckDB makes of the same files: a database that nobody here wrote, with
 * decimal numbers and an as-of join of its own.
 *
 * <p>DuckDB unpacks its library into the folder of temporary files, and deletes it when the JVM ends.
 */
class DuckDbOracleTest {

    private static final long MINUTE = 60_000;
    private static final long MAX_AGE = 5_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** More digits than can decide between two doubles. */
    private static final MathContext DIGITS = new MathContext(80);

    /** What is taken for the time of a record. */
    enum Clock {
        /** What the exchange says, in milliseconds. */
        EXCHANGE("time::BIGINT * 1000000"),

        /** When it came, in nanoseconds. */
        ARRIVAL("arrivalNanos::BIGINT");

        private final String nanos;

        Clock(String nanos) {
            this.nanos = nanos;
        }

        long nanos(String[] fields) {
            return this == ARRIVAL ? Long.parseLong(fields[0]) : NANOS_PER_MILLI * Long.parseLong(fields[1]);
        }
    }

    /** A minute of a symbol: its sums and prices are compared as numbers, whatever zeros end them. */
    private record Minute(
            String symbol,
            long start,
            long count,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            long firstTime,
            long lastTime,
            long highTime,
            long lowTime,
            BigDecimal volume,
            BigDecimal turnover,
            BigDecimal mean,
            BigDecimal vwap) {}

    /** A trade, by its place in the file, beside its quote; of a trade without one all is null but the place. */
    private record Joined(int place, BigDecimal bid, BigDecimal ask, Long quoteAgeMs) {}

    private static Connection database;

    @BeforeAll
    static void load(@TempDir Path folder) throws SQLException, IOException {
        database = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        run("SET threads = 1");
        run("SET autoinstall_known_extensions = false");
        run("SET autoload_known_extensions = false");
        run("SET temp_directory = '%s'".formatted(folder.toString().replace("'", "''")));
        load("trades", RecordedMarket.file("binance-2024-08-08/trades.csv.gz"), "*", "price", "size");
        load("quotes", RecordedMarket.file("binance-2024-08-08/quotes.csv.gz"), "*", "bid", "ask");
        Path week = folder.resolve("week.csv");
        try (InputStream in = BitstampTrades.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv")) {
            Files.copy(in, week);
        }
        load("week", week, "'BTC-USD' AS symbol, timestamp || '000' AS time, price, amount AS size", "price", "size");
    }

    /** All as texts, of which those that say numbers have at most eight digits behind the point, zeros aside. */
    private static void load(String name, Path file, String columns, String... decimals) throws SQLException {
        run("CREATE TABLE %s AS SELECT %s FROM read_csv('%s', header = true, all_varchar = true)"
                .formatted(name, columns, file.toString().replace("'", "''")));
        for (String decimal : decimals) {
            assertThat(rows("SELECT %1$s FROM %2$s WHERE NOT regexp_full_match(%1$s, '[0-9]{1,10}([.][0-9]{1,8}0*)?')"
                            .formatted(decimal, name)))
                    .isEmpty();
            run("ALTER TABLE %1$s ALTER %2$s TYPE DECIMAL(18, 8)".formatted(name, decimal));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Object[]> rows(String sql) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    // Bars.

    @Test
    void barsAreThoseOfADatabaseToTheLastDigit() throws Exception {
        check("trades", ticks(Clock.EXCHANGE));
    }

    @Test
    void soAreThoseOfAWeekOfBitcoin() throws Exception {
        check("week", BitstampTrades.read());
    }

    private static void check(String table, List<Tick> ticks) throws SQLException {
        List<Minute> theirs = new ArrayList<>();
        for (Object[] row : rows("""
                SELECT symbol, time::BIGINT // 60000 * 60000 AS start, count(*),
                  first(price ORDER BY time::BIGINT, rowid), max(price), min(price),
                  last(price ORDER BY time::BIGINT, rowid),
                  min(time::BIGINT), max(time::BIGINT),
                  first(time::BIGINT ORDER BY price DESC, time::BIGINT),
                  first(time::BIGINT ORDER BY price, time::BIGINT),
                  sum(size), sum(price::DECIMAL(19, 8) * size::DECIMAL(19, 8)), sum(price)
                FROM %s GROUP BY ALL ORDER BY symbol, start""".formatted(table))) {
            long count = (Long) row[2];
            BigDecimal volume = (BigDecimal) row[11];
            BigDecimal turnover = (BigDecimal) row[12];
            BigDecimal prices = (BigDecimal) row[13];
            theirs.add(new Minute(
                    (String) row[0],
                    (Long) row[1],
                    count,
                    plain((BigDecimal) row[3]),
                    plain((BigDecimal) row[4]),
                    plain((BigDecimal) row[5]),
                    plain((BigDecimal) row[6]),
                    (Long) row[7],
                    (Long) row[8],
                    (Long) row[9],
                    (Long) row[10],
                    plain(volume),
                    plain(turnover),
                    plain(prices.divide(BigDecimal.valueOf(count), DIGITS).doubleValue()),
                    plain(turnover.divide(volume, DIGITS).doubleValue())));
        }
        List<Minute> ours = ourMinutes(ticks);
        System.out.printf("%s: %d minutes of %d trades%n", table, ours.size(), ticks.size());
        assertThat(ours).hasSizeGreaterThan(10).isEqualTo(theirs);
    }

    private static List<Minute> ourMinutes(List<Tick> inFile) {
        Map<String, Map<Long, Bar>> bars = new TreeMap<>();
        List<Tick> ticks = new ArrayList<>(inFile);
        Collections.shuffle(ticks, new Random(1));
        for (Tick tick : ticks) {
            bars.computeIfAbsent(tick.symbol(), symbol -> new TreeMap<>())
                    .computeIfAbsent(tick.time() / MINUTE * MINUTE, start -> new Bar())
                    .add(tick);
        }
        List<Minute> minutes = new ArrayList<>();
        bars.forEach((symbol, ofSymbol) -> ofSymbol.forEach((start, bar) -> minutes.add(minute(symbol, start, bar))));
        return minutes;
    }

    private static Minute minute(String symbol, long start, Bar bar) {
        return new Minute(
                symbol,
                start,
                bar.count(),
                plain(bar.open()),
                plain(bar.high()),
                plain(bar.low()),
                plain(bar.close()),
                bar.firstTime(),
                bar.lastTime(),
                bar.highTime(),
                bar.lowTime(),
                plain(bar.volume()),
                plain(bar.turnover()),
                plain(bar.mean()),
                plain(bar.vwap()));
    }

    private static BigDecimal plain(Decimal number) {
        return plain(number.toBigDecimal());
    }

    private static BigDecimal plain(double number) {
        return plain(new BigDecimal(Double.toString(number)));
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.stripTrailingZeros();
    }

    // The join.

    @ParameterizedTest
    @EnumSource
    void theJoinIsThatOfADatabase(Clock clock) throws Exception {
        // Of quotes of one instant the last one in the file is the one that stood.
        List<Joined> theirs = new ArrayList<>();
        for (Object[] row : rows("""
                WITH trade AS (SELECT rowid AS place, symbol, %1$s AS instant FROM trades),
                quote AS (
                  SELECT symbol, %1$s AS instant, last(bid ORDER BY rowid) AS bid, last(ask ORDER BY rowid) AS ask
                  FROM quotes GROUP BY ALL)
                SELECT trade.place, quote.bid, quote.ask, trade.instant - quote.instant AS age
                FROM trade ASOF LEFT JOIN quote
                  ON trade.symbol = quote.symbol AND trade.instant > quote.instant
                ORDER BY trade.place""".formatted(clock.nanos))) {
            int place = ((Long) row[0]).intValue();
            boolean isQuoted = row[3] != null && (Long) row[3] <= MAX_AGE * NANOS_PER_MILLI;
            theirs.add(
                    isQuoted
                            ? new Joined(
                                    place,
                                    plain((BigDecimal) row[1]),
                                    plain((BigDecimal) row[2]),
                                    (Long) row[3] / NANOS_PER_MILLI)
                            : new Joined(place, null, null, null));
        }
        List<Joined> ours = ourJoin(clock);
        long quoted = ours.stream().filter(each -> each.quoteAgeMs != null).count();
        System.out.printf("%d of %d trades quoted, by the clock of %s%n", quoted, ours.size(), clock);
        assertThat(quoted).isGreaterThan(ours.size() / 2);
        assertThat(ours).isEqualTo(theirs);
    }

    private static List<Joined> ourJoin(Clock clock) throws IOException {
        List<TapeRecord> records = new ArrayList<>(ticks(clock));
        records.addAll(quotes(clock));
        Collections.shuffle(records, new Random(1));
        Map<String, List<TapeRecord>> bySymbol = new TreeMap<>();
        for (TapeRecord record : records) {
            bySymbol.computeIfAbsent(record.symbol(), symbol -> new ArrayList<>())
                    .add(record);
        }
        QuoteSettings settings = new QuoteSettings(MAX_AGE, TapeOrder.QUOTES_AFTER);
        TreeMap<Integer, Joined> joined = new TreeMap<>();
        for (List<TapeRecord> ofSymbol : bySymbol.values()) {
            ofSymbol.sort(settings.order());
            SymbolQuotes quotes = new SymbolQuotes();
            for (TapeRecord record : ofSymbol) {
                if (record instanceof Quote quote) {
                    quotes.take(quote);
                } else {
                    Tick tick = (Tick) record;
                    QuotedTrade trade = QuotedTrade.of(tick, quotes.of(tick, settings), false, new Quotient());
                    int place = (int) tick.origin().offset();
                    joined.put(
                            place,
                            trade.quoteAgeMs() == null
                                    ? new Joined(place, null, null, null)
                                    : new Joined(place, plain(trade.bid()), plain(trade.ask()), trade.quoteAgeMs()));
                }
            }
        }
        return List.copyOf(joined.values());
    }

    @Test
    void itIsSeenIfAQuoteOrATradeIsAnother() throws Exception {
        assertThat(ourJoin(Clock.EXCHANGE)).isNotEqualTo(ourJoin(Clock.ARRIVAL));
        assertThat(new TreeSet<>(
                        ourJoin(Clock.ARRIVAL).stream().map(Joined::place).toList()))
                .hasSize(ticks(Clock.ARRIVAL).size());
    }

    // The recording as ticks and quotes.

    private static List<Tick> ticks(Clock clock) throws IOException {
        List<Tick> ticks = new ArrayList<>();
        for (String[] fields : RecordedMarket.trades()) {
            ticks.add(Ticks.of(
                    fields[2],
                    Decimal.of(fields[3]),
                    Decimal.of(fields[4]),
                    clock.nanos(fields) / NANOS_PER_MILLI,
                    (int) (clock.nanos(fields) % NANOS_PER_MILLI),
                    fields[5],
                    Tick.NO_SEQ,
                    null,
                    null,
                    null,
                    origin(ticks.size())));
        }
        return ticks;
    }

    private static List<Quote> quotes(Clock clock) throws IOException {
        List<Quote> quotes = new ArrayList<>();
        for (String[] fields : RecordedMarket.quotes()) {
            quotes.add(new Quote(
                    fields[2],
                    Decimal.of(fields[3]),
                    Decimal.of(fields[4]),
                    Decimal.of(fields[5]),
                    Decimal.of(fields[6]),
                    clock.nanos(fields) / NANOS_PER_MILLI,
                    (int) (clock.nanos(fields) % NANOS_PER_MILLI),
                    Tick.NO_SEQ,
                    origin(quotes.size())));
        }
        return quotes;
    }

    private static Origin origin(long place) {
        return new Origin(0, place, 0, Origin.Stamp.CREATE_TIME);
    }
}
