package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final StringWriter shown = new StringWriter();

    @Test
    void aFloodOfFlagsIsCutAndItsRestIsCounted() {
        Screen screen = screen(false);
        for (int i = 0; i < 10_000; i++) {
            screen.flag("high", "flag");
        }
        screen.line("end");

        List<String> lines = shown.toString().lines().toList();
        long flags = lines.stream().filter("flag"::equals).count();
        long said = lines.stream()
                .filter(line -> line.startsWith("... "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1].replace(",", "")))
                .sum();
        assertThat(flags).isBetween(20L, 1_000L);
        assertThat(flags + said).isEqualTo(10_000);
        assertThat(lines).endsWith("end");
    }

    @Test
    void severitiesHaveColoursOnATerminalOnly() {
        screen(true).flag("high", "rise");
        screen(true).flag("info", "note");
        screen(false).flag("high", "rise");
        assertThat(shown.toString().lines()).containsExactly("\u001b[31mrise\u001b[0m", "note", "rise");
    }

    @Test
    void aFlagIsOneLineWithItsTimeSeverityRuleAndMessageAndAnUpdateSaysThatItIsOne() throws Exception {
        String flag = """
                {"time":"2013-11-25T09:30:00.123Z","ruleId":"spike","symbol":"BTC-USD","message":"BTC-USD rose 5.2 %% in 5m"%s}
                """;
        ObjectMapper json = new ObjectMapper();
        assertThat(FlagWords.line("high", json.readTree(flag.formatted(""))))
                .isEqualTo("2013-11-25T09:30:00Z  high      spike: BTC-USD rose 5.2 % in 5m");
        JsonNode update = json.readTree(flag.formatted(",\"revision\":1,\"suppressed\":1234")
                .replace("in 5m", "in 5m; again 1234 times until 09:34:10Z"));
        assertThat(FlagWords.line("critical", update))
                .isEqualTo("2013-11-25T09:30:00Z  critical  spike updated: BTC-USD rose 5.2 % in 5m; again 1234 times"
                        + " until 09:34:10Z");
        JsonNode withdrawn = json.readTree(flag.formatted(",\"revision\":1,\"withdrawn\":\"cancelled\"")
                .replace("BTC-USD rose", "withdrawn, as the trade was cancelled: BTC-USD rose"));
        assertThat(FlagWords.line("high", withdrawn))
                .isEqualTo("2013-11-25T09:30:00Z  high      spike: withdrawn, as the trade was cancelled: BTC-USD rose"
                        + " 5.2 % in 5m");
    }

    @Test
    void aLineThatIsTooLongForTheTerminalIsBrokenBetweenWordsAndEachPieceHasItsColour() {
        Screen screen = new Screen(new PrintWriter(shown), true, new Wrapping(64));
        screen.flag(
                "high", "2013-11-25T09:30:00Z  high      spike: BTC-USD rose 5.2 % in 5m (limit 5 %), 811.02 → 853.2");
        screen.line("100,000 in = 99,990 counted + 10 dead letters (too-late 9, bad-price 1); difference 0");
        String indent = " ".repeat(32);
        assertThat(shown.toString().lines())
                .containsExactly(
                        "\u001b[31m2013-11-25T09:30:00Z  high      spike: BTC-USD rose 5.2 % in 5m\u001b[0m",
                        "\u001b[31m" + indent + "(limit 5 %), 811.02 → 853.2\u001b[0m",
                        "100,000 in = 99,990 counted + 10 dead letters (too-late 9,",
                        "    bad-price 1); difference 0");
    }

    private Screen screen(boolean colours) {
        return new Screen(new PrintWriter(shown), colours);
    }
}
