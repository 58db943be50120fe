package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
        assertThat(shown(new SummaryLayout(), SUMMARY, "{\"symbol\":\"ETH-USD\",\"window\":\"1m\",\"count\":1}"))
                .containsExactly(
                        "WINDOW    START                 AS OF                 SYMBOL        COUNT        OPEN        HIGH"
                                + "         LOW       CLOSE        VWAP      VOLUME  CHANGE%  REV",
                        "1d@Amer…  2023-11-14T05:00:00Z  2023-11-14T22:14:00Z  BTC-USD           3     64250.5    68003.25"
                                + "   0.0000005    68003.25  66980.4545        2.75     3.04    2",
                        "1m                                                    ETH-USD           1");
    }

    @Test
    void moversAreABlockWithTheListsBesideEachOther() {
        assertThat(shown(new MoversLayout(symbol -> true), MOVERS))
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        "  # GAINERS    CHANGE%    CLOSE     # LOSERS     CHANGE%    CLOSE     # ACTIVE     CHANGE%    CLOSE",
                        "  1 BTC-USD       3.04 68003.25     1 ETH-USD      -1.93   2010.5     1 ETH-USD      -1.93   2010.5",
                        "                                   10 A-VERY-LO…   -0.50 0.123457     2 BTC-USD            68003.25",
                        "")
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void moversOfSomeSymbolsAreTheListsThatHaveThem() {
        assertThat(shown(new MoversLayout("BTC-USD"::equals), MOVERS))
                .containsExactly(
                        "1d+1m  2023-11-14T00:00:00Z  as of 2023-11-14T09:30:00Z  revision 1",
                        "  # GAINERS    CHANGE%    CLOSE     # ACTIVE     CHANGE%    CLOSE",
                        "  1 BTC-USD       3.04 68003.25     2 BTC-USD            68003.25",
                        "");
        assertThat(shown(new MoversLayout("none"::equals), MOVERS)).hasSize(2);
    }

    @Test
    void aFlagIsALineAndAnUpdateSaysThatItIsOneAndIsNotCut() {
        String again =
                "; again 1234 times until 22:18:20.999Z, most extreme at 22:14:24.123Z: rose 40 % in 5m, 64250.5 →"
                        + " 89950.75, on 12.5 times its usual volume; at 22:15:01.002Z: is 41 % above its low of 1h";
        assertThat(shown(
                        new FlagLayout(),
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
                                new RuleStatusLayout(),
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
                        new QuotedTradeLayout(),
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
        Layout layout = new DeadLetterLayout();
        assertThat(layout.heading())
                .contains("TIME                  REASON            SOURCE                KEY         DETAIL"
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
                                + " \"dear\"                                               {\"price\":\"\uFFFD[31mdear\"}\uFFFD");
        assertThat(layout.lines(Records.of(null, new byte[] {(byte) 0xFF, 0, 'a'})))
                .containsExactly("2023-11-15T12:00:00Z  ?                 ?/?/?                             ?"
                        + "                                                             \uFFFD\uFFFDa");
        assertThat(layout.lines(Records.of("{\"price\":1e99999999999}")).get(0)).contains("1e99999999999");
        assertThat(layout.lines(Records.of(null, new byte[1_000_000])).get(0)).hasSizeLessThan(200);
        assertThat(layout.lines(Records.of((byte[]) null, null))).hasSize(1);
    }

    @Test
    void nothingThatIsInARecordLeavesItsLineOrReachesTheTerminal() {
        String bad = "\\u001b[2J\\r\\n\\u0007\\u009b\\ud800";
        String all =
                "\"symbol\":\"%s\",\"window\":\"%s\",\"time\":\"%s\",\"severity\":\"%s\",\"count\":\"%s\",\"close\":\"%s\","
                                .replace("%s", bad)
                        + "\"message\":[{\"%s\":1}],\"ruleId\":\"%s\",\"verdict\":\"%s\",\"changePct\":\"%s\",\"rank\":\"%s\""
                                .replace("%s", bad);
        for (Layout layout : List.of(
                new SummaryLayout(),
                new MoversLayout(symbol -> true),
                new FlagLayout(),
                new RuleStatusLayout(),
                new QuotedTradeLayout())) {
            List<String> lines = layout.lines(Records.of("{" + all + ",\"gainers\":[{" + all + "}]}"));
            assertThat(String.join("", lines))
                    .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f]")
                    .contains("\uFFFD[2J");
        }
    }

    @Test
    void onATerminalFlagsHaveTheColourOfTheirSeverityAndRejectedRulesAreRed() {
        assertThat(new FlagLayout().paint(Records.of(FLAG), "line")).isEqualTo("\u001b[31mline\u001b[0m");
        assertThat(new FlagLayout().paint(Records.of(FLAG.replace("high", "info")), "line"))
                .isEqualTo("line");
        assertThat(new RuleStatusLayout().paint(Records.of("{\"verdict\":\"rejected\"}"), "line"))
                .startsWith("\u001b[31mline\u001b[");
        assertThat(new RuleStatusLayout().paint(Records.of("{\"verdict\":\"accepted\"}"), "line"))
                .isEqualTo("line");
    }

    private static List<String> shown(Layout layout, String... records) {
        List<String> lines = new ArrayList<>();
        layout.heading().ifPresent(lines::add);
        for (String record : records) {
            lines.addAll(layout.lines(Records.of(record)));
        }
        return lines;
    }
}
