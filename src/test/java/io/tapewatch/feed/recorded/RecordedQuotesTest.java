package io.tapewatch.feed.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.RecordedMarket;
import io.tapewatch.feed.QuoteRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedQuotesTest {

    private static final long TIME = 1_700_000_000_000L;

    @Test
    void columnsAreFoundByNameInAnyOrderAndOthersAreIgnored() throws Exception {
        assertThat(read("askSize,price,ask,seq,bidSize,symbol,bid,time\n3,99,1.50,7,2.0,A,1.40," + TIME + "\n"))
                .containsExactly(new QuoteRow("A", "1.40", "2.0", "1.50", "3", TIME, "7"));
    }

    @Test
    void sizesAndSequenceNumbersMayBeMissing() throws Exception {
        assertThat(read("time,symbol,bid,ask\n" + TIME + ",A,1.40,1.50\n"))
                .containsExactly(new QuoteRow("A", "1.40", null, "1.50", null, TIME, null));
    }

    @Test
    void oneSideMayBeEmpty() throws Exception {
        assertThat(read("time,symbol,bid,ask\n" + TIME + ",A,1.40,\n" + TIME + ",A,,1.50\n"))
                .containsExactly(
                        new QuoteRow("A", "1.40", null, null, null, TIME, null),
                        new QuoteRow("A", null, null, "1.50", null, TIME, null));
    }

    @Test
    void columnsOfOtherNamesAreReadAsTheFormatSays() throws Exception {
        RecordingFormat format = new RecordingFormat(
                RecordingFormat.parseColumns("time=ts,bid=best_bid,bidSize=bid_qty", Field.OF_QUOTES),
                EpochUnit.SECONDS,
                "BTC-USD");
        assertThat(readAll(recording("ts,best_bid,bid_qty,ask\n1700000000,1.40,2,1.50\n"), format))
                .containsExactly(new QuoteRow("BTC-USD", "1.40", "2", "1.50", null, TIME, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,symbol,bid            | quotes.csv: expected a column 'ask' for the ask, found time, symbol, bid; say which it is with --quote-columns ask=COLUMN",
                "time,bid,ask               | quotes.csv: expected a column 'symbol' for the symbol, found time, bid, ask; say which it is with --quote-columns symbol=COLUMN, or name the symbol: --symbol SYMBOL for all files, SYMBOL=FILE for one",
                "time,symbol,bid,ask~1700000000000,A,,     | quotes.csv, line 2: expected a number in column 'bid' or 'ask', found nothing",
                "time,symbol,bid,ask~1700000000000,A,low,1 | quotes.csv, line 2: expected a number in column 'bid', found 'low'",
                "time,symbol,bid,ask~1700000000000,A,1,NaN | quotes.csv, line 2: expected a number in column 'ask', found 'NaN'",
                "time,symbol,bid,ask,askSize~1700000000000,A,1,2,x | quotes.csv, line 2: expected a number in column 'askSize', found 'x'",
                "time,symbol,bid,ask,seq~1700000000000,A,1,2,1.5 | quotes.csv, line 2: expected a whole number in column 'seq', found '1.5'",
                "time,symbol,bid,ask~1700000000,A,1,2      | quotes.csv, line 2: expected a time from 1973 to 2099 in column 'time', found '1700000000', which in ms is 1970-01-20T16:13:20Z; is its unit another?",
                "time,symbol,bid,ask~1700000000000,A,1     | quotes.csv, line 2: expected 4 columns as in the header, found 3",
            })
    void whatIsWrongIsSaidWithFileAndLine(String csv, String message) {
        assertThatThrownBy(() -> read(csv.replace('~', '\n')))
                .isInstanceOf(RecordingException.class)
                .hasMessage(message);
    }

    @Test
    void aColumnOfPricesIsNoneOfQuotes() {
        assertThatThrownBy(() -> RecordingFormat.parseColumns("size=amount", Field.OF_QUOTES))
                .hasMessage("expected one of the fields time, symbol, bid, bidSize, ask, askSize, seq, found 'size'");
    }

    @Test
    void theRecordingOfAnExchangeIsReadAsItIs() throws Exception {
        boolean isWhole = RecordedMarket.isWhole();
        List<QuoteRow> quotes = readAll(
                Recording.file(RecordedMarket.file("binance-2024-08-08/quotes.csv.gz")), RecordingFormat.DEFAULT);
        assertThat(quotes).hasSize(isWhole ? 203_999 : 7_438);
        assertThat(quotes.get(0))
                .isEqualTo(
                        isWhole
                                ? new QuoteRow(
                                        "ETHUSDT.P", "2681.62", "1.165", "2681.63", "73.077", 1723161256310L, null)
                                : new QuoteRow(
                                        "BTCUSDT.P", "61661.5", "2.923", "61661.6", "6.07", 1723161498315L, null));
    }

    private static List<QuoteRow> read(String csv) throws IOException {
        return readAll(recording(csv), RecordingFormat.DEFAULT);
    }

    private static Recording recording(String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return new Recording("quotes.csv", () -> new ByteArrayInputStream(bytes));
    }

    private static List<QuoteRow> readAll(Recording recording, RecordingFormat format) throws IOException {
        List<QuoteRow> all = new ArrayList<>();
        try (RecordedQuotes quotes = RecordedQuotes.open(recording, format)) {
            for (QuoteRow quote = quotes.next(); quote != null; quote = quotes.next()) {
                all.add(quote);
            }
        }
        return all;
    }
}
