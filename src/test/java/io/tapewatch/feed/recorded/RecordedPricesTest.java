package io.tapewatch.feed.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedPricesTest {

    private static final RecordingFormat BITSTAMP =
            new RecordingFormat(Map.of(Field.TIME, "timestamp", Field.SIZE, "amount"), EpochUnit.SECONDS, "BTC-USD");

    @Test
    void columnsAreFoundByNameInAnyOrderAndOthersAreIgnored() throws Exception {
        assertThat(read("side,venue,price,seq,symbol,id,size,time\nbuy,X,1.50,7,A,t1,2,1700000000000\n"))
                .containsExactly(new PriceRow("A", "1.50", "2", 1700000000000L, "t1", "7", "buy"));
    }

    @Test
    void figuresKeepTheirDigits() throws Exception {
        String digits = "800.010000000000123456789012345678901234567890";
        assertThat(read("time,symbol,price,size\n1700000000000,A," + digits + ",1e-3\n"))
                .singleElement()
                .satisfies(price -> {
                    assertThat(price.price()).isEqualTo(digits);
                    assertThat(price.size()).isEqualTo("1e-3");
                });
    }

    @Test
    void columnsOfOtherNamesAndSecondsAreReadAsTheFormatSays() throws Exception {
        assertThat(read("timestamp,price,amount\n1385337600,800.01,0.1\n", BITSTAMP))
                .containsExactly(new PriceRow("BTC-USD", "800.01", "0.1", 1385337600000L, null, null, null));
    }

    @Test
    void aSymbolColumnBeatsTheFormatsSymbol() throws Exception {
        assertThat(read("timestamp,price,amount,symbol\n1385337600,800.01,0.1,ETH-USD\n", BITSTAMP))
                .extracting(PriceRow::symbol)
                .containsExactly("ETH-USD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "I               | I",
                "\"@,F,I\"     | @,F,I",
                "\"12,37\"     | 12,37",
                "\"['@', 'I']\" | @,I",
                "\"[12, 37]\"  | 12,37",
                "[]              | ",
                "\"[' ']\"     | ` `",
                "@ TI            | @ TI",
                "                | ",
            })
    void saleConditionsAreReadAsOneTextAlsoWherePythonWroteAList(String cell, String conditions) throws Exception {
        assertThat(read("time,symbol,conditions,price\n1700000000000,A," + (cell == null ? "" : cell) + ",1\n"))
                .containsExactly(new PriceRow("A", "1", null, 1700000000000L, 0, null, null, null, conditions));
    }

    @Test
    void emptyOptionalFieldsAreAbsent() throws Exception {
        assertThat(read("time,symbol,price,size,id,seq,side\n1700000000000,A,1,,,,\n"))
                .containsExactly(new PriceRow("A", "1", null, 1700000000000L, null, null, null));
    }

    @Test
    void quotesByteOrderMarkBlankLinesAndWindowsLineEndsAreUnderstood() throws Exception {
        assertThat(read("\uFEFFtime,symbol,price\r\n\r\n1700000000000,\"A,B\",\"1.5\"\r\n\r\n"))
                .containsExactly(new PriceRow("A,B", "1.5", null, 1700000000000L, null, null, null));
    }

    @Test
    void gzipIsToldByItsContent() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("time,symbol,price\n1700000000000,A,1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(readAll(
                        new Recording("x.csv", () -> new ByteArrayInputStream(zipped.toByteArray())),
                        RecordingFormat.DEFAULT))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "s,  1385337600,              1385337600000, 0",
        "s,  1385337600.1239,         1385337600123, 900000",
        "s,  1385337600.1234567891,   1385337600123, 456789",
        "ms, 1385337600123,           1385337600123, 0",
        "ms, 1385337600123.000001,    1385337600123, 1",
        "us, 1385337600123999,        1385337600123, 999000",
        "us, 1385337600123999.5,      1385337600123, 999500",
        "ns, 1385337600123999999,     1385337600123, 999999",
        "ns, 1719878281218218853,     1719878281218, 218853",
        "ns, 2013-11-25T01:00:00.5+01:00, 1385337600500, 0",
        "ms, 2024-01-02T09:15:02.123456789+05:30, 1704167102123, 456789",
        "ms, 2024-01-02T09:15:00+0530, 1704167100000, 0",
        "ms, 2024-01-02T09:15:01+05,  1704168901000, 0",
        "ms, 2024-01-02 09:15:03+05:30, 1704167103000, 0",
    })
    void timesAreReadInTheirUnitToTheNanosecond(String unit, String time, long millis, int nanos) throws Exception {
        RecordingFormat format = new RecordingFormat(Map.of(), EpochUnit.parse(unit), "A");
        assertThat(read("time,price\n" + time + ",1\n", format))
                .containsExactly(new PriceRow("A", "1", null, millis, nanos, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"buy|sell", "B|A|N", "Buy||none", "s|unknown"})
    void aColumnOfSidesIsReadAsItStands(String words) throws Exception {
        String[] sides = words.split("\\|");
        assertThat(read(rowsOfSides(sides)))
                .extracting(price -> price.side() == null ? "" : price.side())
                .containsExactly(sides);
    }

    private static String rowsOfSides(String... sides) {
        StringBuilder csv = new StringBuilder("time,symbol,price,side\n");
        for (String side : sides) {
            csv.append("1700000000000,A,1,").append(side).append('\n');
        }
        return csv.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bid", "ask", "short", "1", "PlusTick"})
    void aColumnThatHoldsSomethingElseIsNotReadForItsName(String word) throws Exception {
        String csv = rowsOfSides("buy", "sell", word, "buy");
        assertThat(read(csv)).hasSize(4).extracting(PriceRow::side).containsOnlyNulls();

        RecordingFormat asked = new RecordingFormat(Map.of(Field.SIDE, "side"), EpochUnit.MILLISECONDS, null);
        assertThat(read(csv, asked)).extracting(PriceRow::side).containsExactly("buy", "sell", word, "buy");
    }

    @Test
    void whatIsWrongFarBehindIsSaidInItsTurn() throws Exception {
        try (RecordedPrices prices = RecordedPrices.open(
                new Recording(
                        "x.csv",
                        () -> new ByteArrayInputStream(
                                (rowsOfSides("buy", "sell") + "1700000000000,A\n1700000000000,A,x,buy\n")
                                        .getBytes(StandardCharsets.UTF_8))),
                RecordingFormat.DEFAULT)) {
            assertThat(prices.next()).isNotNull();
            assertThat(prices.next()).isNotNull();
            assertThatThrownBy(prices::next).hasMessage("x.csv, line 4: expected 4 columns as in the header, found 2");
            assertThatThrownBy(prices::next)
                    .hasMessage("x.csv, line 5: expected a number in column 'price', found 'x'");
            assertThat(prices.next()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"+1, 1", ".5, 0.5", "007, 7", "1., 1"})
    void formsOfNumbersThatJsonDoesNotKnowAreWrittenAsItDoes(String text, String json) throws Exception {
        assertThat(read("time,symbol,price\n1700000000000,A," + text + "\n"))
                .extracting(PriceRow::price)
                .containsExactly(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,symbol                    | prices.csv: expected a column 'price' for the price, found time, symbol; say which it is with --columns price=COLUMN",
                "time,price                     | prices.csv: expected a column 'symbol' for the symbol, found time, price; say which it is with --columns symbol=COLUMN, or name the symbol: --symbol SYMBOL for all files, SYMBOL=FILE for one",
                "time,symbol,price,price        | prices.csv: two columns are named 'price'",
                "time,symbol,price~1700000000000,A,dear | prices.csv, line 2: expected a number in column 'price', found 'dear'",
                "time,symbol,price~1700000000000,A,NaN  | prices.csv, line 2: expected a number in column 'price', found 'NaN'",
                "time,symbol,price~1700000000000,A,     | prices.csv, line 2: expected a number in column 'price', found nothing",
                "time,symbol,price~1700000000000,,1     | prices.csv, line 2: expected a symbol in column 'symbol', found nothing",
                "time,symbol,price~1700000000000,A,1~1700000000000,A | prices.csv, line 3: expected 3 columns as in the header, found 2",
                "time,symbol,price~1700000000000,A,1~~1700000000000,A,1,2 | prices.csv, line 4: expected 3 columns as in the header, found 4",
                "time,symbol,price~now,A,1      | prices.csv, line 2: expected a time in ms since the epoch, or ISO-8601 with an offset, in column 'time', found 'now'",
                "time,symbol,price~,A,1         | prices.csv, line 2: expected a time in ms since the epoch, or ISO-8601 with an offset, in column 'time', found nothing",
                "time,symbol,price~1385337600,A,1 | prices.csv, line 2: expected a time from 1973 to 2099 in column 'time', found '1385337600', which in ms is 1970-01-17T00:48:57.600Z; is its unit another?",
                "time,symbol,price~9999999999999999999999,A,1 | prices.csv, line 2: expected a time in ms since the epoch, or ISO-8601 with an offset, in column 'time', found '9999999999999999999999'",
                "time,symbol,price,seq~1700000000000,A,1,1.5 | prices.csv, line 2: expected a whole number in column 'seq', found '1.5'",
                "time,symbol,price~1700000000000,\"A,1 | prices.csv, line 2: expected CSV: Missing closing quote for value",
            })
    void whatIsWrongIsSaidWithFileAndLine(String csv, String message) {
        String lines = csv.replace('~', '\n');
        for (String text : List.of(lines, lines + "\n", lines + "\n1700000000000,A,1\n", lines.replace("\n", "\r\n"))) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(RecordingException.class)
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n"})
    void anEmptyFileIsSaidSo(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(RecordingException.class)
                .hasMessage("prices.csv: empty; expected a first line with the columns' names");
    }

    @Test
    void aLineNumberCountsLinesNotRows() {
        assertThatThrownBy(() -> read("time,symbol,price\n1700000000000,\"A\nB\",1\n1700000000000,A,x\n"))
                .hasMessageStartingWith("prices.csv, line 4: expected a number");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] latin1 = "time,symbol,price\n1700000000000,\u00C4,1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> readAll(
                        new Recording("prices.csv", () -> new ByteArrayInputStream(latin1)), RecordingFormat.DEFAULT))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("expected text in UTF-8");
    }

    @Test
    void aColumnThatWasNamedMustBeThere() {
        assertThatThrownBy(() -> read("timestamp,price\n1385337600,1\n", BITSTAMP))
                .hasMessage(
                        "prices.csv: expected a column 'amount' for the size, found timestamp, price; say which it is with --columns size=COLUMN");
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> RecordedPrices.open(Recording.file(Path.of("nowhere.csv")), RecordingFormat.DEFAULT))
                .hasMessage("nowhere.csv: there is no such file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time             | expected field=column, such as time=timestamp,size=amount, found 'time'",
                "time=            | expected field=column, such as time=timestamp,size=amount, found 'time='",
                "time=a,          | expected field=column, such as time=timestamp,size=amount, found ''",
                "when=a           | expected one of the fields time, symbol, price, size, id, seq, side, conditions, found 'when'",
                "bid=a            | expected one of the fields time, symbol, price, size, id, seq, side, conditions, found 'bid'",
                "time=a,time=b    | the field of 'time=b' is named twice",
            })
    void aBadListOfColumnsIsRefused(String columns, String message) {
        assertThatThrownBy(() -> RecordingFormat.parseColumns(columns, Field.OF_PRICES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aListOfColumnsIsRead() {
        assertThat(RecordingFormat.parseColumns("time=timestamp, size=amount", Field.OF_PRICES))
                .isEqualTo(Map.of(Field.TIME, "timestamp", Field.SIZE, "amount"));
    }

    private static List<PriceRow> read(String csv) throws IOException {
        return read(csv, RecordingFormat.DEFAULT);
    }

    private static List<PriceRow> read(String csv, RecordingFormat format) throws IOException {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return readAll(new Recording("prices.csv", () -> new ByteArrayInputStream(bytes)), format);
    }

    private static List<PriceRow> readAll(Recording recording, RecordingFormat format) throws IOException {
        List<PriceRow> all = new ArrayList<>();
        try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
            for (PriceRow price = prices.next(); price != null; price = prices.next()) {
                all.add(price);
            }
        }
        return all;
    }
}
