package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which records the options ask for. */
class WatchOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                        | true  | true  | true",
                "--symbol BTC-USD        | true  | false | false",
                "--symbol X,BTC-*        | true  | false | false",
                "--symbol *              | true  | true  | true",
                "--rule rise             | true  | false | false",
                "--rule fall,rise        | true  | true  | false",
                "--severity info         | true  | true  | false",
                "--severity low          | true  | false | false",
                "--severity high         | true  | false | false",
                "--severity critical     | false | false | false",
                "--symbol *-USD --severity high --rule rise | true | false | false",
                "--symbol ETH* --rule rise                  | false | false | false",
            })
    void flagsAreChosenBySymbolRuleAndSeverity(String options, boolean high, boolean info, boolean noJson) {
        WatchingCommand flags = given(new WatchFlagsCommand(), options);
        assertThat(flags.isWanted(Records.of("{\"symbol\":\"BTC-USD\",\"ruleId\":\"rise\",\"severity\":\"high\"}")))
                .isEqualTo(high);
        assertThat(flags.isWanted(Records.of("{\"symbol\":\"ETH-USD\",\"ruleId\":\"fall\",\"severity\":\"info\"}")))
                .isEqualTo(info);
        assertThat(flags.isWanted(Records.of("no JSON"))).isEqualTo(noJson);
    }

    @Test
    void moversAreThoseWithARowOfTheSymbol() {
        Received movers = Records.of(
                "{\"gainers\":[{\"symbol\":\"A\"}],\"losers\":[],\"mostActive\":[{\"symbol\":\"A\"},{\"symbol\":\"B\"}]}");
        Received none = Records.of("{\"gainers\":[],\"losers\":[],\"mostActive\":[]}");
        assertThat(given(new WatchMoversCommand(), "--symbol B").isWanted(movers))
                .isTrue();
        assertThat(given(new WatchMoversCommand(), "--symbol C").isWanted(movers))
                .isFalse();
        assertThat(given(new WatchMoversCommand(), "--symbol *").isWanted(none)).isFalse();
        assertThat(given(new WatchMoversCommand(), null).isWanted(none)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--window 1m    | true  | false",
                "--window 60s   | true  | false",
                "--window 1d+1m | false | true",
                "--window 5m/1m,1m,1d+1m | true | true",
                "--window 1h    | false | false",
                "               | true  | true",
            })
    void summariesAndMoversAreChosenByTheirWindow(String options, boolean minute, boolean day) {
        for (WatchingCommand each : List.of(new WatchSummariesCommand(), new WatchMoversCommand())) {
            WatchingCommand command = given(each, options);
            assertThat(command.isWanted(Records.of("{\"window\":\"1m\"}"))).isEqualTo(minute);
            assertThat(command.isWanted(Records.of("{\"window\":\"1d+1m\"}"))).isEqualTo(day);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m,", "1 parsec", "5m/7x"})
    void whatIsNoWindowIsRefused(String windows) {
        assertThatThrownBy(() -> new CommandLine(new WatchSummariesCommand()).parseArgs("--window", windows))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("--window")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                             | true  | true  | true  | false",
                "--symbol BTC-*               | true  | false | true  | false",
                "--symbol ETH-USD             | false | true  | false | false",
                "--symbol ETH-USD --heartbeats | false | true | false | true",
                "--heartbeats                 | true  | true  | true  | true",
            })
    void pricesAreChosenBySymbolAndHeartbeatsOnRequest(
            String options, boolean object, boolean bare, boolean rejected, boolean heartbeat) {
        WatchingCommand prices = givenSettings(new WatchPricesCommand(), options);
        assertThat(prices.isWanted(Records.of(null, "{\"symbol\":\"BTC-USD\",\"price\":1}")))
                .isEqualTo(object);
        assertThat(prices.isWanted(Records.of("ETH-USD", "1.5"))).isEqualTo(bare);
        assertThat(prices.isWanted(Records.of("BTC-USD", "{\"price\":\"dear\"}")))
                .isEqualTo(rejected);
        assertThat(prices.isWanted(Records.of(null, "{\"heartbeat\":true,\"time\":" + Records.NOON + "}")))
                .isEqualTo(heartbeat);
    }

    @Test
    void whatIsRejectedGoesByTheJobsSettings() {
        Received negative = Records.of("OIL", "-37.63");
        assertThat(givenSettings(new WatchPricesCommand(), null).json(negative)).contains("\"rejected\":\"bad-price\"");
        assertThat(givenSettings(new WatchPricesCommand(), "--prices.allow-nonpositive")
                        .json(negative))
                .contains("\"taken\":{\"symbol\":\"OIL\",\"price\":-37.63,");
    }

    private static WatchingCommand givenSettings(WatchingCommand command, String options) {
        CommandLine line = new CommandLine(command);
        JobCommand.addSettings(line, false);
        line.parseArgs(options == null ? new String[0] : options.split(" "));
        return command;
    }

    @Test
    void aDeadLettersSymbolIsThatOfItsValueAndElseItsKey() {
        WatchingCommand letters = given(new WatchDeadLettersCommand(), "--symbol BTC-*");
        assertThat(letters.isWanted(Records.of("BTC-USD", "no JSON"))).isTrue();
        assertThat(letters.isWanted(Records.of("ETH-USD", "no JSON"))).isFalse();
        assertThat(letters.isWanted(Records.of("ETH-USD", "{\"symbol\":\"BTC-USD\"}")))
                .isTrue();
        assertThat(letters.isWanted(Records.of("BTC-USD", "{\"symbol\":\"ETH-USD\"}")))
                .isFalse();
        assertThat(letters.isWanted(Records.of("BTC-USD", "{\"symbol\":5}"))).isTrue();
        assertThat(letters.isWanted(Records.of((byte[]) null, null))).isFalse();
        assertThat(given(new WatchDeadLettersCommand(), null).isWanted(Records.of((byte[]) null, null)))
                .isTrue();
    }

    @Test
    void verdictsAreChosenByRule() {
        WatchingCommand verdicts = given(new WatchRuleStatusCommand(), "--rule rise");
        assertThat(verdicts.isWanted(Records.of("{\"ruleId\":\"rise\"}"))).isTrue();
        assertThat(verdicts.isWanted(Records.of("{\"ruleId\":\"fall\"}"))).isFalse();
        assertThat(verdicts.isWanted(Records.of("rise", "{\"verdict\":\"rejected\"}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "15m, 2023-11-15T11:45:00Z",
        "1d, 2023-11-14T12:00:00Z",
        "0s, 2023-11-15T12:00:00Z",
        "36500d, 1970-01-01T00:00:00Z",
        "2023-11-15T12:00:00+01:00, 2023-11-15T11:00:00Z",
        "2030-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
    })
    void sinceIsATimeOrHowLongAgo(String text, Instant expected) {
        assertThat(SinceTime.parse(text, Instant.ofEpochMilli(Records.NOON))).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "15 minutes", "yesterday", "2023-11-15", "2023-11-15T12:00:00", "-15m", "1e3s"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> SinceTime.parse(text, Instant.ofEpochMilli(Records.NOON)))
                .isInstanceOf(CommandLine.TypeConversionException.class)
                .hasMessageNotContaining("\n");
    }

    private static WatchingCommand given(WatchingCommand command, String options) {
        new CommandLine(command).parseArgs(options == null ? new String[0] : options.split(" "));
        return command;
    }
}
