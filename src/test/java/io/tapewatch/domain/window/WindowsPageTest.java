package io.tapewatch.domain.window;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/windows.md to what the job does. */
class WindowsPageTest {

    private static final Duration FOUR_HOURS = Duration.ofHours(4);
    private static final Duration MONTH = Duration.ofDays(32);

    private final String page = Files.readString(Path.of("docs", "windows.md"));

    WindowsPageTest() throws IOException {}

    @Test
    void everyFormOnThePageIsOneAndInCanonicalForm() {
        Matcher row = Pattern.compile(
                        "(?m)^\\| `([^`]+)` \\| (tumbling|hopping|sliding|a day of a time zone|cumulating)")
                .matcher(page);
        List<String> forms = new ArrayList<>();
        while (row.find()) {
            assertThat(WindowSpec.parse(row.group(1)).name()).isEqualTo(row.group(1));
            forms.add(row.group(1));
        }
        assertThat(forms).hasSize(6);
    }

    @Test
    void theTicksOnThePageMakeItsSummaries() {
        Matcher windows = Pattern.compile("with `--windows ([^`]+)`:").matcher(page);
        assertThat(windows.find()).isTrue();
        List<WindowSpec> specs = WindowSpec.parseList(windows.group(1));
        List<String> rows = new ArrayList<>();
        for (WindowSpec spec : specs) {
            SymbolWindows symbol = new SymbolWindows(
                    "X",
                    new Windows(List.of(spec), FOUR_HOURS.toMillis(), Map.of(), 1_000, MONTH.toMillis()),
                    new WindowsState(),
                    new NodesInMemory(),
                    summary -> rows.add(row(summary)));
            block("ticks")
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(tick -> symbol.add(
                            tick("X")
                                    .at(Instant.parse(tick[0]).toEpochMilli())
                                    .price(Double.parseDouble(tick[1]))
                                    .tick(),
                            Long.MIN_VALUE));
            symbol.advanceTo(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        assertThat(rows)
                .containsExactlyElementsOf(block("summaries")
                        .lines()
                        .skip(1)
                        .map(line -> line.replaceAll(" +", " "))
                        .toList());
    }

    private static String row(Summary summary) {
        return "%s %s %s %d %s %s %s %s %s"
                .formatted(
                        summary.window(),
                        timeOfDay(summary.start()),
                        timeOfDay(summary.asOf()),
                        summary.count(),
                        summary.open(),
                        summary.high(),
                        summary.low(),
                        summary.close(),
                        summary.previousClose() == null
                                ? "–"
                                : summary.previousClose().toString());
    }

    private static String timeOfDay(long time) {
        return Instant.ofEpochMilli(time).toString().substring(11, 19);
    }

    private String block(String name) {
        Matcher block = Pattern.compile("(?s)```" + name + "\n(.*?)\n```").matcher(page);
        assertThat(block.find()).as(name).isTrue();
        return block.group(1);
    }
}
