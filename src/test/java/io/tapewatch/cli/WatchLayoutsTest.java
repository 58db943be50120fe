package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.SentRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records as they stand on a terminal, to the character. */
class WatchLayoutsTest {

    private static final String SUMMARY = """
            {"symbol":"BTC-USD","window":"1d@America/New_York+1m","start":"2023-11-14T05:00:00.000Z",
             "end":"2023-11-15T05:00:00.000Z","asOf":"2023-11-14T22:14:00.000Z","count":3,"sizedCount":3,
             "open":64250.5,"high":68003.25,"low":0.0000005,"close":68003.25,"vwap":66980.45454545454,
             "volume":2.75,"turnover":184196.25,"previousClose":66000,"changePct":3.0352272727272727,"revision":2}
            """;
    private static final String MOVERS = """
            {"window":"1d+1m","start":"2023-11-14T00:00:00.000Z","end":"2023-11-15T00:00:00.000Z",
             "asOf":"2023-11-14T09:30:00.000Z",
             "gainers":[{"rank":1,"symbol":"BTC-USD","changePct":3.0352272727272727,"close":68003.25}],
             "losers":[{"rank":1,"symbol":"ETH-USD","changePct":-1.9268292682926829,"close":2010.5},
                       {"rank":10,"symbol":"A-VERY-LONG-NAME","changePct":-0.5,"close":0.1234567890123}],
             "mostActive":[{"rank":1,"symbol":"ETH-USD","changePct":-1.9268292682926829,"close":2010.5},
                           {"rank":2,"symbol":"BTC-USD","close":68003.25}],"revision":1}
            """;
    private static final String FLAG = """
            {"ruleId":"rise","severity":"high","symbol":"BTC-USD","time":"2023-11-14T22:13:21.000Z",
             "message":"BTC-USD rose 5.8 % in 5m (limit 5 %), 64250.5 → 68003.25"}
            """;

    @Test
    void aSummaryIsALine() {
        assertThat(shown(new SummaryLayout(0), SUMMARY, "{\"symbol\":\"ETH-USD\",\"window\":\"1m\",\"count\":1}"))
                .containsExactly(
                        "WINDOW    START                 AS OF                 SYMBOL        COUNT        OPEN        HIGH"
                                + "         LOW       CLOSE        VWAP      VOLUME  CHANGE%  REV",
                        "1d@America/New_York+1m  2023-11-14T05:00:00Z  2023-11-14T22:14:00Z  BTC-USD           3     64250.5"
                                + "    68003.25   0.0000005    68003.25  66980.45454545454        2.75     3.04    2",
                        "1m                                                    ETH-USD           1");
    }

    @Test
    void moversAreABlockWithTheListsBesideEachOther() {
        assertThat(shown(new MoversLayout(symbol -> true, 0), MOVERS))
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        "  # GAINERS    CHANGE%    CLOSE     # LOSERS           CHANGE%    CLOSE            # ACTIVE     CHANGE%"
                                + "    CLOSE",
                        "  1 BTC-USD       3.04 68003.25     1 ETH-USD            -1.93   2010.5            1 ETH-USD      -1.93"
                                + "   2010.5",
                        "                                   10 A-VERY-LONG-NAME   -0.50 0.1234567890123     2 BTC-USD"
                                + "            68003.25",
                        "");
    }

    @Test
    void moversOfSomeSymbolsAreTheListsThatHaveThem() {
        assertThat(shown(new MoversLayout("BTC-USD"::equals, 0), MOVERS))
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        "  # GAINERS    CHANGE%    CLOSE     # ACTIVE     CHANGE%    CLOSE",
                        "  1 BTC-USD       3.04 68003.25     2 BTC-USD            68003.25",
                        "");
        assertThat(shown(new MoversLayout("none"::equals, 0), MOVERS)).hasSize(2);
    }

    @Test
    void aFlagIsALineAndAnUpdateSaysThatItIsOneAndIsNotCut() {
        String again =
                "; again 1234 times until 22:18:20.999Z, most extreme at 22:14:24.123Z: rose 40 % in 5m, 64250.5 →"
                        + " 89950.75, on 12.5 times its usual volume; at 22:15:01.002Z: is 41 % above its low of 1h";
        assertThat(shown(
                        new FlagLayout(0),
                        FLAG,
                        FLAG.replace("}", ",\"revision\":1,\"suppressed\":1234}")
                                .replace("→ 68003.25", "→ 68003.25" + again)
                                .replace("high", "critical")))
                .containsExactly(
                        "TIME                  SEVERITY  RULE              SYMBOL      MESSAGE",
                        "2023-11-14T22:13:21Z  high      rise              BTC-USD     BTC-USD rose 5.8 % in 5m (limit 5 %),"
                                + " 64250.5 → 68003.25",
                        "2023-11-14T22:13:21Z  critical  rise              BTC-USD     updated: BTC-USD rose 5.8 %"
                                + " in 5m (limit 5 %), 64250.5 → 68003.25" + again);
    }

    @Test
    void aVerdictIsALine() {
        assertThat(
                        shown(
                                new RuleStatusLayout(0),
                                "{\"ruleId\":\"rise\",\"version\":1,\"verdict\":\"accepted\",\"time\":\"2023-11-14T22:13:21.000Z\"}",
                                "{\"verdict\":\"rejected\",\"reason\":\"\\\"id\\\" is missing\",\"time\":\"2023-11-14T22:13:22.000Z\"}"))
                .containsExactly(
                        "TIME                  VERDICT   RULE                  VERSION  REASON",
                        "2023-11-14T22:13:21Z  accepted  rise                        1",
                        "2023-11-14T22:13:22Z  rejected                                 \"id\" is missing");
    }

    @Test
    void aTradeBesideItsQuoteIsALine() {
        assertThat(shown(
                        new QuotedTradeLayout(0),
                        "{\"symbol\":\"BTC-USD\",\"time\":\"2023-11-14T22:13:21.123Z\",\"price\":64250.5,\"size\":0.5,"
                                + "\"bid\":64250,\"ask\":64251,\"spreadBps\":0.15564080591811,\"side\":\"buy\",\"quoteAgeMs\":500}",
                        "{\"symbol\":\"BTC-USD\",\"time\":\"2023-11-14T22:13:22.000Z\",\"price\":64251}"))
                .containsExactly(
                        "TIME                      SYMBOL             PRICE          SIZE           BID           ASK"
                                + "  SPREAD BPS  SIDE   AGE MS",
                        "2023-11-14T22:13:21.123Z  BTC-USD          64250.5           0.5         64250         64251"
                                + "        0.16  buy       500",
                        "2023-11-14T22:13:22.000Z  BTC-USD            64251");
    }

    @Test
    void aDeadLetterIsALineWhateverIsInIt() {
        Layout layout = new DeadLetterLayout(0);
        assertThat(layout.heading())
                .containsExactly("TIME                  REASON            SOURCE                KEY         DETAIL"
                        + "                                                        VALUE");
        Received letter = Records.of(
                "BTC-USD",
                "{\"price\":\"\u001b[31mdear\"}\n",
                "reason",
                "bad-price",
                "detail",
                "price is \"dear\"",
                "source-topic",
                "prices",
                "source-partition",
                "0",
                "source-offset",
                "4711");
        assertThat(layout.lines(letter))
                .containsExactly(
                        "2023-11-15T12:00:00Z  bad-price         prices/0/4711         BTC-USD     price is"
                                + " \"dear\"                                               {\"price\":\"\\u001b[31mdear\"}\\u000a");
        assertThat(layout.lines(Records.of(null, new byte[] {(byte) 0xFF, 0, 'a'})))
                .containsExactly("2023-11-15T12:00:00Z  ?                 ?/?/?                             ?"
                        + "                                                             \uFFFD\\u0000a");
        assertThat(layout.lines(Records.of("{\"price\":1e99999999999}")).get(0)).contains("1e99999999999");
        assertThat(String.join("", layout.lines(Records.of(null, new byte[1_000_000]))))
                .as("into a pipe all of it")
                .hasSizeGreaterThan(6_000_000);
        assertThat(String.join("", new DeadLetterLayout(100).lines(Records.of(null, new byte[1_000_000]))))
                .endsWith("\\u0000…")
                .hasSizeLessThan(6_000);
        assertThat(layout.lines(Records.of((byte[]) null, null))).hasSize(1);
    }

    @Test
    void nothingThatIsInARecordLeavesItsLineOrReachesTheTerminal() {
        String bad = "\\u001b[2J\\r\\n\\u0007\\u009b\\ud800";
        String all =
                "\"symbol\":\"%s\",\"window\":\"%s\",\"time\":\"%s\",\"severity\":\"%s\",\"count\":\"%s\",\"close\":\"%s\","
                                .replace("%s", bad)
                        + "\"message\":[{\"\\u001b\\u009b\":1}],\"ruleId\":\"%s\",\"verdict\":\"%s\",\"changePct\":\"%s\",\"rank\":\"%s\""
                                .replace("%s", bad);
        for (Layout layout : List.of(
                new SummaryLayout(0),
                new MoversLayout(symbol -> true, 0),
                new FlagLayout(0),
                new RuleStatusLayout(0),
                new QuotedTradeLayout(0))) {
            List<String> lines = layout.lines(Records.of("{" + all + ",\"gainers\":[{" + all + "}]}"));
            assertThat(String.join("", lines))
                    .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f]")
                    .contains("\\u001b[2J");
        }
    }

    @Test
    void onATerminalOfAHundredColumnsLinesAreWrappedBetweenColumnsAndWords() {
        assertThat(shown(new SummaryLayout(100), SUMMARY.replace("1d@America/New_York+1m", "1d+1m")))
                .containsExactly(
                        "WINDOW    START                 AS OF                 SYMBOL        COUNT        OPEN        HIGH",
                        "           LOW       CLOSE        VWAP      VOLUME  CHANGE%  REV",
                        "1d+1m     2023-11-14T05:00:00Z  2023-11-14T22:14:00Z  BTC-USD           3     64250.5    68003.25",
                        "     0.0000005    68003.25  66980.4545        2.75     3.04    2");
        assertThat(shown(new FlagLayout(100), FLAG))
                .containsExactly(
                        "TIME                  SEVERITY  RULE              SYMBOL      MESSAGE",
                        "2023-11-14T22:13:21Z  high      rise              BTC-USD",
                        "    BTC-USD rose 5.8 % in 5m (limit 5 %), 64250.5 → 68003.25");
        Received letter = Records.of(
                "BTC-USD",
                "{\"price\":\"dear\"}",
                "reason",
                "bad-price",
                "detail",
                "price is \"dear\"; expected a number");
        assertThat(Stream.concat(
                        new DeadLetterLayout(100).heading().stream(), new DeadLetterLayout(100).lines(letter).stream()))
                .containsExactly(
                        "TIME                  REASON            SOURCE                KEY         DETAIL",
                        "    VALUE",
                        "2023-11-15T12:00:00Z  bad-price         ?/?/?                 BTC-USD",
                        "    price is \"dear\"; expected a number",
                        "    {\"price\":\"dear\"}");
        assertThat(shown(new MoversLayout(symbol -> true, 80), MOVERS))
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        " # GAINERS    CHANGE%    CLOSE   # LOSERS           CHANGE%    CLOSE",
                        " 1 BTC-USD       3.04 68003.25   1 ETH-USD            -1.93   2010.5",
                        "                                10 A-VERY-LONG-NAME   -0.50 0.123457",
                        " # ACTIVE     CHANGE%    CLOSE",
                        " 1 ETH-USD      -1.93   2010.5",
                        " 2 BTC-USD            68003.25",
                        "");
        assertThat(shown(new MoversLayout(symbol -> true, 100), MOVERS.replace("A-VERY-LONG-NAME", "HAKO.SIM-USD")))
                .as("closer to each other, so that all fit")
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        " # GAINERS    CHANGE%    CLOSE   # LOSERS       CHANGE%    CLOSE   # ACTIVE     CHANGE%    CLOSE",
                        " 1 BTC-USD       3.04 68003.25   1 ETH-USD        -1.93   2010.5   1 ETH-USD      -1.93   2010.5",
                        "                                10 HAKO.SIM-USD   -0.50 0.123457   2 BTC-USD            68003.25",
                        "");
    }

    @Test
    void whatWasSentIsShownAsTheJobReadsIt() {
        SentRecords prices =
                new SentRecords("prices", PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)));
        Layout layout = new InputLayout<>(PriceColumns.of(0), each -> prices.decode(each.record()), 0);
        assertThat(layout.heading())
                .containsExactly(
                        "AT          TIME                      SYMBOL            PRICE        SIZE  SIDE  MORE");
        assertThat(lines(
                        layout,
                        Records.of(
                                null,
                                "{\"symbol\":\"BTC-USD\",\"price\":64250.5,\"size\":0.25,\"time\":1700049599123,\"side\":\"buy\","
                                        + "\"seq\":17,\"id\":\"4711\",\"venue\":\"XNAS\",\"conditions\":[\"@\",\"I\"]}"),
                        Records.of("ETH-USD", "2010.123456789012"),
                        Records.of("BTC-USD", "{\"price\":\"dear\"}"),
                        Records.of(null, "{\"heartbeat\":true,\"time\":1700049599000}"),
                        Records.of((byte[]) null, null)))
                .containsExactly(
                        "2/17        2023-11-15T11:59:59.123Z  BTC-USD         64250.5        0.25  buy   seq 17, id 4711,"
                                + " venue XNAS, conditions @,I",
                        "2/17        2023-11-15T12:00:00.000Z  ETH-USD     2010.123456789012",
                        "2/17        rejected  bad-price  price is \"dear\"; expected a number  key BTC-USD  value"
                                + " {\"price\":\"dear\"}",
                        "2/17        2023-11-15T11:59:59.000Z  heartbeat",
                        "2/17        rejected  empty  the record has no value");
        assertThat(layout.paint(Records.of("no JSON"), "line")).startsWith("\u001b[31mline");

        SentRecords quotes =
                new SentRecords("quotes", QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)));
        Layout ofQuotes = new InputLayout<>(QuoteColumns.of(0), each -> quotes.decode(each.record()), 0);
        assertThat(ofQuotes.heading())
                .containsExactly(
                        "AT          TIME                      SYMBOL             BID  BID SIZE         ASK  ASK SIZE  SEQ");
        assertThat(ofQuotes.lines(Records.of(
                        "BTC-USD", "{\"bid\":64250,\"bidSize\":2,\"ask\":64251.5,\"time\":1700049599123,\"seq\":9}")))
                .containsExactly("2/17        2023-11-15T11:59:59.123Z  BTC-USD          64250         2     64251.5"
                        + "            9");
    }

    private static List<String> lines(Layout layout, Received... records) {
        return Stream.of(records).flatMap(each -> layout.lines(each).stream()).toList();
    }

    @Test
    void onATerminalFlagsHaveTheColourOfTheirSeverityAndRejectedRulesAreRed() {
        assertThat(new FlagLayout(0).paint(Records.of(FLAG), "line")).isEqualTo("\u001b[31mline\u001b[0m");
        assertThat(new FlagLayout(0).paint(Records.of(FLAG.replace("high", "info")), "line"))
                .isEqualTo("line");
        assertThat(new RuleStatusLayout(0).paint(Records.of("{\"verdict\":\"rejected\"}"), "line"))
                .startsWith("\u001b[31mline\u001b[");
        assertThat(new RuleStatusLayout(0).paint(Records.of("{\"verdict\":\"accepted\"}"), "line"))
                .isEqualTo("line");
    }

    private static List<String> shown(Layout layout, String... records) {
        List<String> lines = new ArrayList<>();
        lines.addAll(layout.heading());
        for (String record : records) {
            lines.addAll(layout.lines(Records.of(record)));
        }
        return lines;
    }
}
