package io.tapewatch.io.sink;

import static io.tapewatch.domain.mover.KnownMovers.mover;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.tapewatch.HostileTexts;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.QuotedTrades;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summaries;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.FlagFormat;
import io.tapewatch.io.json.JsonWriter;
import io.tapewatch.io.json.MoversFormat;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.json.SummaryFormat;
import io.tapewatch.operators.TickSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvFilesITCase {

    private static final long MIDNIGHT = 1_385_337_600_000L; // 2013-11-25T00:00:00Z
    private static final SourceTopics SOURCES = new SourceTopics("prices", "quotes");
    private static final List<String> OF_GOLD = List.of("Gold, front month", "USD", "future", "Metals", "XCEC", "100");
    private static final List<String> OF_NONE = List.of("", "", "", "", "", "");

    @TempDir
    Path folder;

    @Test
    void summariesAreRowsWithTheNumbersOfTheJson() throws Exception {
        List<Summary> summaries = List.of(
                summary("BTC-USD", MIDNIGHT - 60_000, 801.25, 0.1 + 0.2),
                Instruments.with(Instruments.GOLD, summary("BTC-USD", MIDNIGHT, 1e-12, 1e12)),
                summary("@ES=F", MIDNIGHT + 60_000, 4_500, null));

        write(summaries, TypeInformation.of(Summary.class), CsvFiles.summaries(target()));

        assertThat(days("summaries")).containsExactly("2013-11-24", "2013-11-25");
        assertThat(rows("summaries/2013-11-24")).hasSize(1);
        assertThat(lines("summaries/2013-11-25").get(0)).isEqualTo(String.join(",", SummaryFormat.FIELDS));
        List<List<String>> rows = rows("summaries/2013-11-25");
        assertThat(rows).hasSize(2);
        JsonWriter<Summary> format = (summary, out) -> SummaryFormat.write(out, summary);
        assertThat(rows.get(0)).isEqualTo(texts(format, summaries.get(1)));
        int name = SummaryFormat.FIELDS.indexOf("name");
        assertThat(rows.get(0).subList(name, name + 6)).isEqualTo(OF_GOLD);
        assertThat(rows.get(1).subList(name, name + 6)).isEqualTo(OF_NONE);
        assertThat(rows.get(1).get(0)).isEqualTo("'@ES=F");
        assertThat(rows.get(1).subList(1, rows.get(1).size()))
                .isEqualTo(
                        texts(format, summaries.get(2)).subList(1, rows.get(1).size()));
    }

    @Test
    void moversAreARowForEachRankOfEachList() throws Exception {
        Mover bitcoin = mover("BTC-USD", "801.25", "800", 3, "3", "2402.5", null);
        Mover oil = mover("@CL", "99.5", "100", 3, null, null, Instruments.GOLD);
        MoverLists lists = new Ranking(2).of(List.of(bitcoin, oil));
        long end = MIDNIGHT + 24 * 3_600_000;
        List<Movers> movers = List.of(
                Movers.of("1d+1m", MIDNIGHT, end, MIDNIGHT + 60_000, lists, 0),
                Movers.of("1d+1m", end, end + 1, end + 1, new Ranking(1).of(List.of(bitcoin)), 1));

        write(movers, TypeInformation.of(Movers.class), CsvFiles.movers(target()));

        assertThat(days("movers")).containsExactly("2013-11-25", "2013-11-26");
        assertThat(lines("movers/2013-11-25").get(0)).isEqualTo(String.join(",", MoversFormat.CSV_FIELDS));
        List<String> moment =
                List.of("1d+1m", "2013-11-25T00:00:00.000Z", "2013-11-26T00:00:00.000Z", "2013-11-25T00:01:00.000Z");
        List<String> rose = List.of("1", "BTC-USD", "0.15625", "801.25", "800", "3", "2402.5");
        List<String> fell = List.of("'@CL", "-0.5", "99.5", "100", "", "");
        assertThat(rows("movers/2013-11-25"))
                .containsExactly(
                        row(moment, List.of("gainers"), rose, OF_NONE),
                        row(moment, List.of("losers", "1"), fell, OF_GOLD),
                        row(moment, List.of("mostActive"), rose, OF_NONE),
                        row(moment, List.of("mostActive", "2"), fell, OF_GOLD));
        int revision = MoversFormat.CSV_FIELDS.indexOf("revision");
        assertThat(rows("movers/2013-11-26")).hasSize(2).allMatch(row -> row.get(revision)
                .equals("1"));
    }

    /** Of the first publication of movers. */
    private static List<String> row(
            List<String> moment, List<String> list, List<String> figures, List<String> instrument) {
        return Stream.of(moment, list, figures, instrument, List.of("0"))
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void flagsKeepWhateverTextTheyHold() throws Exception {
        List<String> texts = List.of("plain", "a,b", "\"", "a\"b", " blanks ", "é😀", "#", "", "null", "\\", "'", "x'");
        List<Flag> flags = texts.stream().map(CsvFilesITCase::flag).toList();

        write(flags, TypeInformation.of(Flag.class), CsvFiles.flags(target(), "flags", SOURCES));

        int tradeId = FlagFormat.CSV_FIELDS.indexOf("tradeId");
        assertThat(rows("flags/2013-11-25").stream().map(row -> row.get(tradeId)))
                .containsExactlyElementsOf(texts);
    }

    @Test
    void textThatASpreadsheetWouldRunIsQuoted() throws Exception {
        List<String> texts =
                List.of("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u00a0\u3000-1", "＝1", "=HYPERLINK(\"x\",\"y\")");

        write(
                texts.stream().map(CsvFilesITCase::flag).toList(),
                TypeInformation.of(Flag.class),
                CsvFiles.flags(target(), "flags", SOURCES));

        int tradeId = FlagFormat.CSV_FIELDS.indexOf("tradeId");
        int price = FlagFormat.CSV_FIELDS.indexOf("price");
        assertThat(rows("flags/2013-11-25"))
                .allSatisfy(row ->
                        assertThat(row.get(price)).as("a number is no formula").isEqualTo("-37.63"));
        assertThat(rows("flags/2013-11-25").stream().map(row -> row.get(tradeId)))
                .containsExactlyElementsOf(
                        texts.stream().map(text -> "'" + text).toList());
    }

    @Test
    void noTextLeavesItsRowOrDoesAnythingToATerminal() throws Exception {
        List<Flag> flags = HostileTexts.ALL.stream().map(CsvFilesITCase::flag).toList();

        write(flags, TypeInformation.of(Flag.class), CsvFiles.flags(target(), "flags", SOURCES));

        List<String> lines = lines("flags/2013-11-25");
        assertThat(lines).as("a line for each row, and the header").hasSize(1 + flags.size());
        HostileTexts.assertHarmless(lines);
        int tradeId = FlagFormat.CSV_FIELDS.indexOf("tradeId");
        assertThat(rows("flags/2013-11-25").stream().map(row -> row.get(tradeId)))
                .noneMatch(cell -> cell.matches("\\s*[=+@-].*"))
                .contains("\\u0009=1", "a\\u000d\\u000ab", "'=cmd|' /C calc'!A1", "\\u001b[2J\\u001b]0;forged\\u0007");
    }

    @Test
    void aFlagsSourceIsColumnsAndItsEvidenceOneOfJson() throws Exception {
        write(List.of(flag("t")), TypeInformation.of(Flag.class), CsvFiles.flags(target(), "flags", SOURCES));

        List<String> row = rows("flags/2013-11-25").get(0);
        assertThat(row.get(FlagFormat.CSV_FIELDS.indexOf("source.topic"))).isEqualTo("prices");
        assertThat(row.get(FlagFormat.CSV_FIELDS.indexOf("source.partition"))).isEqualTo("3");
        assertThat(row.get(FlagFormat.CSV_FIELDS.indexOf("source.offset"))).isEqualTo("42");
        assertThat(row.get(FlagFormat.CSV_FIELDS.indexOf("seq"))).isEmpty();
        assertThat(row.get(FlagFormat.CSV_FIELDS.indexOf("evidence")))
                .isEqualTo("[{\"metric\":\"changePct\",\"over\":\"5m\",\"value\":-5.5,\"is\":\"<\",\"limit\":-5}]");
    }

    @Test
    void theFlagOfAQuoteHasTheColumnsOfAnyOther() throws Exception {
        Flag ofTrade = flag("t");
        Flag ofQuote = new Flag(
                "wide:1:CL=F:1385337600000:3:43",
                "wide",
                1,
                Severity.LOW,
                "CL=F",
                MIDNIGHT,
                0,
                Rule.On.QUOTE,
                null,
                null,
                null,
                Decimal.of("-37.75"),
                Decimal.of("-37.5"),
                null,
                9L,
                null,
                null,
                null,
                3,
                43,
                List.of(),
                List.of(),
                "CL=F was quoted",
                0,
                null,
                0,
                true,
                false,
                new Instrument("CL=F", "=1+1", null, null, "Energy", "XNYM", Decimal.of("1000")));

        write(List.of(ofTrade, ofQuote), TypeInformation.of(Flag.class), CsvFiles.flags(target(), "flags", SOURCES));

        assertThat(lines("flags/2013-11-25").get(0)).isEqualTo(String.join(",", FlagFormat.CSV_FIELDS));
        List<List<String>> rows = rows("flags/2013-11-25");
        assertThat(column(rows, "price")).containsExactly("-37.63", "");
        assertThat(column(rows, "bid")).containsExactly("", "-37.75");
        assertThat(column(rows, "ask")).containsExactly("", "-37.5");
        assertThat(column(rows, "seq")).containsExactly("", "9");
        assertThat(column(rows, "source.topic")).containsExactly("prices", "quotes");
        assertThat(column(rows, "late")).containsExactly("false", "true");
        assertThat(column(rows, "name")).as("text that would be run").containsExactly("", "'=1+1");
        assertThat(column(rows, "currency")).containsExactly("", "");
        assertThat(column(rows, "sector")).containsExactly("", "Energy");
        assertThat(column(rows, "venue")).containsExactly("", "XNYM");
        assertThat(column(rows, "multiplier")).containsExactly("", "1000");
    }

    private static List<String> column(List<List<String>> flags, String field) {
        return flags.stream()
                .map(row -> row.get(FlagFormat.CSV_FIELDS.indexOf(field)))
                .toList();
    }

    @Test
    void quotedTradesAreRowsOfTheDayOfTheTrade() throws Exception {
        List<QuotedTrade> trades = List.of(
                QuotedTrades.of("A", MIDNIGHT - 1, 2, null, null, null, null, null, null, null, null, null, true),
                QuotedTrades.of(
                        "@A", MIDNIGHT, 812, 1e-7, 810.0, 812.5, 811.25, 30.8, 18.49, Side.SELL, 1250L, "=t,1", false),
                QuotedTrades.of("A", MIDNIGHT + 1, 2, 0.0, null, 3.0, null, null, null, null, 0L, null, false));

        write(trades, TypeInformation.of(QuotedTrade.class), CsvFiles.quotedTrades(target()));

        assertThat(days("quoted-trades")).containsExactly("2013-11-24", "2013-11-25");
        assertThat(lines("quoted-trades/2013-11-24"))
                .containsExactly(
                        "symbol,time,price,size,bid,ask,mid,spreadBps,effectiveSpreadBps,side,quoteAgeMs,tradeId,late",
                        "A,2013-11-24T23:59:59.999Z,2,,,,,,,,,,true");
        assertThat(rows("quoted-trades/2013-11-25"))
                .containsExactly(
                        List.of(
                                "'@A",
                                "2013-11-25T00:00:00.000Z",
                                "812",
                                "0.0000001",
                                "810",
                                "812.5",
                                "811.25",
                                "30.8",
                                "18.49",
                                "sell",
                                "1250",
                                "'=t,1",
                                "false"),
                        List.of("A", "2013-11-25T00:00:00.001Z", "2", "0", "", "3", "", "", "", "", "0", "", "false"));
    }

    @ParameterizedTest
    @EnumSource
    void linesEndAsAsked(LineEnding lineEnding) throws Exception {
        write(
                List.of(flag("a\nb"), flag("a\rb"), flag("c")),
                TypeInformation.of(Flag.class),
                CsvFiles.flags(new CsvTarget(folder.toString(), lineEnding), "flags", SOURCES));

        String end = lineEnding == LineEnding.LF ? "\n" : "\r\n";
        for (Path file : files("flags/2013-11-25")) {
            String text = Files.readString(file);
            assertThat(text).endsWith(end);
            assertThat(text.replace(end, "")).doesNotContain("\n").doesNotContain("\r");
        }
        assertThat(lines("flags/2013-11-25", end))
                .hasSize(4)
                .anyMatch(line -> line.contains("a\\u000ab"))
                .anyMatch(line -> line.contains("a\\u000db"));
    }

    @Test
    void theNamesOfFilesSortByTheTimeAtWhichTheyWereBegun() throws Exception {
        Instant before = Instant.now();
        for (int run = 0; run < 3; run++) {
            write(
                    List.of(Ticks.tick("A").at(MIDNIGHT).price(1 + run).tick()),
                    TickSerializer.TYPE,
                    CsvFiles.prices(target()));
        }

        List<String> prices = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("prices/2013-11-25"))) {
            for (Path file : files.sorted().toList()) {
                Matcher name = Pattern.compile("prices-(\\d{8}T\\d{9}Z)-[0-9a-f-]{36}-0\\.csv")
                        .matcher(file.getFileName().toString());
                assertThat(name.matches()).as("%s", file).isTrue();
                assertThat(Instant.from(DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSSX")
                                .parse(name.group(1))))
                        .isBetween(before.truncatedTo(ChronoUnit.MILLIS), Instant.now());
                prices.add(Files.readAllLines(file).get(1).split(",")[2]);
            }
        }
        assertThat(prices).as("by name").containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @MethodSource("io.tapewatch.io.sink.CsvTargetTest#names")
    void aFolderOfAnyNameIsWrittenTo(String name) throws Exception {
        Path csv = folder.resolve(name);

        write(
                List.of(Ticks.tick("A").at(MIDNIGHT).price(1).tick()),
                TickSerializer.TYPE,
                CsvFiles.prices(new CsvTarget(csv.toString(), LineEnding.LF)));

        assertThat(csv.resolve("prices/2013-11-25")).isNotEmptyDirectory();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve(Path.of(name).getName(0)));
        }
    }

    @Test
    void ticksAreRowsOfTimeSymbolPriceAndSize() throws Exception {
        Tick sized = Ticks.tick("BTC-USD").at(MIDNIGHT).price(801.25).size(0.5).tick();
        Tick unsized = Ticks.tick("BTC-USD").at(MIDNIGHT + 1).price(1e-12).tick();

        write(List.of(sized, unsized), TickSerializer.TYPE, CsvFiles.prices(target()));

        assertThat(lines("prices/2013-11-25"))
                .containsExactly(
                        "time,symbol,price,size",
                        "2013-11-25T00:00:00.000Z,BTC-USD,801.25,0.5",
                        "2013-11-25T00:00:00.001Z,BTC-USD,0.000000000001,");
    }

    /** A bounded job as the real one: checkpoints, one writer, files finished at its end. */
    private static <T> void write(List<T> records, TypeInformation<T> type, FileSink<T> sink) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(200);
        env.fromData(records, type).sinkTo(sink).setParallelism(1);
        env.execute();
    }

    private CsvTarget target() {
        return new CsvTarget(folder.toString(), LineEnding.LF);
    }

    private List<String> days(String kind) throws IOException {
        try (Stream<Path> days = Files.list(folder.resolve(kind))) {
            return days.map(day -> day.getFileName().toString()).sorted().toList();
        }
    }

    /** The finished files of a day, in the order in which they were written: a checkpoint may have cut them anywhere. */
    private List<Path> files(String day) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(day))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty().allSatisfy(file -> assertThat(
                            file.getFileName().toString())
                    .doesNotStartWith(".")
                    .endsWith(".csv"));
            return all;
        }
    }

    private List<String> lines(String day) throws IOException {
        return lines(day, "\n");
    }

    /** The lines of all files of a day, of which the header once. */
    private List<String> lines(String day, String end) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(day)) {
            List<String> more = List.of(Files.readString(file).split(end));
            if (!lines.isEmpty()) {
                assertThat(more).first().isEqualTo(lines.get(0));
            }
            lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
        }
        return lines;
    }

    /** The rows of all files of a day, each file without its header. */
    private List<List<String>> rows(String day) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Path file : files(day)) {
            try (MappingIterator<String[]> all = new CsvMapper()
                    .readerFor(String[].class)
                    .with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .readValues(Files.readString(file, UTF_8))) {
                all.next();
                all.forEachRemaining(row -> rows.add(List.of(row)));
            }
        }
        return rows;
    }

    private static <T> List<String> texts(JsonWriter<T> format, T record) throws IOException {
        String json = new String(format.bytes(new JsonFactory(), record), UTF_8);
        JsonNode node = new ObjectMapper()
                .configure(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
                .readTree(json);
        return SummaryFormat.FIELDS.stream()
                .map(field -> !node.has(field)
                        ? ""
                        : node.get(field).isNumber()
                                ? node.get(field).decimalValue().toPlainString()
                                : node.get(field).textValue())
                .toList();
    }

    private static Summary summary(String symbol, long start, double price, Double turnover) {
        long end = start + 60_000;
        Bar bar = new Bar();
        bar.add(Ticks.tick(symbol)
                .at(start)
                .price(price)
                .size(turnover == null ? Ticks.NO_SIZE : 1)
                .tick());
        return Summaries.like(Summary.of(symbol, "1m", start, end, end, bar, null, 0, end))
                .with("volume", turnover == null ? null : BigDecimal.valueOf(turnover))
                .with("turnover", turnover == null ? null : BigDecimal.valueOf(turnover))
                .summary();
    }

    private static Flag flag(String tradeId) {
        return new Flag(
                "fall:1:CL=F:1385337600000:3:42",
                "fall",
                1,
                Severity.HIGH,
                "CL=F",
                MIDNIGHT,
                0,
                Rule.On.TRADE,
                Decimal.of("-37.63"),
                null,
                Decimal.of("-35.67"),
                null,
                null,
                tradeId,
                null,
                Side.SELL,
                null,
                null,
                3,
                42,
                List.of(new Evidence("changePct", "5m", -5.5, "<", Decimal.of("-5"))),
                List.of(),
                "CL=F fell 5.5 % in 5m (limit < -5 %), -35.67 → -37.63",
                0,
                null,
                0,
                false,
                false,
                null);
    }
}
