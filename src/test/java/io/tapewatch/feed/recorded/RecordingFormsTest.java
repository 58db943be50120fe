package io.tapewatch.feed.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as others write them: read, or refused with a guess at what is wrong and what to do about it. */
class RecordingFormsTest {

    private static final String NAME_OTHERS =
            ", and say with --columns which columns are not called time, symbol, price";
    private static final List<PriceRow> SAP = List.of(
            new PriceRow("SAP.DE", "172.40", "12", 1710167400000L, null, null, null),
            new PriceRow("SAP.DE", "172.52", "3", 1710167465000L, null, null, null));

    @Test
    void aByteOrderMarkBeforeAQuotedHeaderIsRead() throws Exception {
        byte[] marked = content("mark-and-quotes.csv");
        assertThat(read("x.csv", marked)).isEqualTo(SAP);
        assertThat(read("x.csv.gz", gzip(marked))).isEqualTo(SAP);
    }

    @Test
    void aHeaderThatIsMissingIsSaidSo() throws Exception {
        assertThatThrownBy(() -> read("x.csv", content("no-header.csv")))
                .hasMessage("x.csv: the first line holds values: '4442571,2366.90000000,0.21130000,500.12597000,"
                        + "17356896001428...'; expected the columns' names: add a line with them" + NAME_OTHERS);
        // Also where the times are the only figures to be seen.
        assertThatThrownBy(() -> read("2024-01-04T00:00:00Z,AAPL,x\n2024-01-04T00:00:01Z,AAPL,x\n"))
                .hasMessageStartingWith("x.csv: the first line holds values: '2024-01-04T00:00:00Z,AAPL,x'; expected");
    }

    @Test
    void anotherSeparatorIsNamed() throws Exception {
        RecordingFormat named = new RecordingFormat(
                Map.of(Field.SYMBOL, "<TICKER>", Field.TIME, "<TIME>", Field.PRICE, "<LAST>"), EpochUnit.SECONDS, null);
        assertThatThrownBy(() -> read("x.csv", content("semicolons.csv"), named))
                .hasMessage("x.csv: the columns are separated by ';' in '<TICKER>;<PER>;<DATE>;<TIME>;<LAST>;<VOL>';"
                        + " expected commas: convert the file" + NAME_OTHERS);
        assertThatThrownBy(() -> read("time\tsymbol\tprice\n"))
                .hasMessageStartingWith("x.csv: the columns are separated by tabs in 'time");
        assertThatThrownBy(() -> read("time|symbol|price\n"))
                .hasMessageStartingWith(
                        "x.csv: the columns are separated by '|' in 'time|symbol|price'; expected commas");
        assertThatThrownBy(() -> read("time;symbol;price, EUR\n"))
                .hasMessageStartingWith("x.csv: the columns are separated by ';' in");
    }

    @Test
    void aLineAboveTheHeaderIsShown() throws Exception {
        assertThatThrownBy(() -> read("x.csv", content("line-above-the-header.csv")))
                .hasMessage("x.csv: the first line is 'https://www.CryptoDataDownload.com', not the columns' names;"
                        + " remove what is above these" + NAME_OTHERS);
        assertThatThrownBy(() -> read("# trades, of a day; all\ntime,symbol,price\n"))
                .hasMessageStartingWith(
                        "x.csv: the first line is '# trades,of a day; all', not the columns' names; remove what is above");
        assertThatThrownBy(() -> read("Trades of a day\ntime,symbol,price\n"))
                .hasMessage("x.csv: the first line is 'Trades of a day', one column; expected the columns' names:"
                        + " remove what is above these" + NAME_OTHERS);
    }

    @Test
    void aNameInOtherLettersIsSuggested() {
        assertThatThrownBy(() -> read("Time,Symbol,Price\n"))
                .hasMessage(
                        "x.csv: expected a column 'time' for the time, found Time, Symbol, Price; say which it is with"
                                + " --columns time=Time");
        // A name that is a figure is no value, beside names that are known.
        assertThatThrownBy(() -> read("time,symbol,5\n"))
                .hasMessageStartingWith("x.csv: expected a column 'price' for the price, found time, symbol, 5");
    }

    @Test
    void latin1IsSaidToBeNoUtf8() {
        assertThatThrownBy(() -> read("x.csv", content("latin-1.csv")))
                .hasMessage("x.csv: expected text in UTF-8; save or convert it so, as with iconv -f latin1 -t utf-8");
    }

    @Test
    void aZipAndAWorkbookAreSaidSo() throws Exception {
        assertThatThrownBy(() -> read("x.zip", content("archive.zip"))).hasMessage("x.zip is a zip; unpack it first");
        assertThatThrownBy(() -> read("x.csv", content("archive.zip"))).hasMessage("x.csv is a zip; unpack it first");
        assertThatThrownBy(() -> read("x.XLSX", content("archive.zip")))
                .hasMessage("x.XLSX is an Excel workbook; save it as \"CSV UTF-8\"");
    }

    @ParameterizedTest
    @CsvSource({
        "504B0506, is a zip with nothing in it",
        "425A6839314159, is compressed with bzip2",
        "FD377A585A00, is compressed with xz",
        "377ABCAF271C, is a 7z archive",
        "28B52FFD0458, is compressed with zstd",
        "D0CF11E0A1B1, is an Excel workbook",
        "5041523115041500, is Parquet",
        "7B2273796D626F6C, is JSON",
        "5B7B227469, is JSON",
    })
    void otherFormsAreToldByTheirFirstBytes(String hexadecimal, String problem) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        for (byte[] content : List.of(bytes, gzip(bytes))) {
            assertThatThrownBy(() -> read("x.csv", content))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageStartingWith("x.csv " + problem);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
    void utf16IsSaidSo(String charset) {
        byte[] content = "time,symbol,price\n1700000000000,A,1\n".getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> read("x.csv", content))
                .hasMessage("x.csv is UTF-16; expected UTF-8: save it as \"CSV UTF-8\"");
        assertThatThrownBy(() -> read("x.csv", gzip(content))).hasMessageStartingWith("x.csv is UTF-16");
    }

    @Test
    void everyMessageIsOneLine() {
        for (String file :
                List.of("no-header.csv", "semicolons.csv", "line-above-the-header.csv", "latin-1.csv", "archive.zip")) {
            assertThatThrownBy(() -> read("x.csv", content(file)))
                    .isInstanceOf(RecordingException.class)
                    .extracting(Throwable::getMessage, STRING)
                    .as(file)
                    .hasLineCount(1);
        }
    }

    private static byte[] content(String resource) throws IOException {
        try (var in = RecordingFormsTest.class.getResourceAsStream("/recordings/" + resource)) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return zipped.toByteArray();
    }

    private static List<PriceRow> read(String csv) throws IOException {
        return read("x.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private static List<PriceRow> read(String name, byte[] content) throws IOException {
        return read(name, content, RecordingFormat.DEFAULT);
    }

    private static List<PriceRow> read(String name, byte[] content, RecordingFormat format) throws IOException {
        List<PriceRow> all = new ArrayList<>();
        Recording recording = new Recording(name, () -> new ByteArrayInputStream(content));
        try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
            for (PriceRow price = prices.next(); price != null; price = prices.next()) {
                all.add(price);
            }
        }
        return all;
    }
}
