package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.JobOptions;
import io.tapewatch.io.InputTopics;
import io.tapewatch.io.JobTopics;
import io.tapewatch.io.RecordLimits;
import io.tapewatch.io.SentRecords;
import io.tapewatch.io.TopicSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** Holds docs/tools.md, and the commands of docs/feeds.md, to what the tools do. */
class ToolsPageTest {

    private final String page = Files.readString(Path.of("docs", "tools.md"));

    @TempDir
    private Path folder;

    ToolsPageTest() throws IOException {}

    @Test
    void everyCommandThatIsShownIsOne() throws IOException {
        String feeds = Files.readString(Path.of("docs", "feeds.md"));
        List<String> commands = Stream.of(page, feeds)
                .flatMap(text -> Pattern.compile("(?m)(?:^|\\$ |\\| )\\./tapewatch\\b([^\n|#]*)")
                        .matcher(text)
                        .results())
                .map(command -> command.group(1).strip())
                .toList();
        assertThat(commands)
                .contains(
                        "rules list --json",
                        "rules put - --kafka.bootstrap-servers other:9092",
                        "feed yahoo --symbols BTC-USD,AAPL,^GSPC --kafka.bootstrap-servers broker:9092")
                .hasSizeGreaterThan(8);
        for (String command : commands) {
            // Asked for help, a command reads its arguments and does nothing.
            StringWriter err = new StringWriter();
            String[] arguments = (command + " --help").strip().split(" +");
            assertThat(Main.run(arguments, new PrintWriter(new StringWriter()), new PrintWriter(err)))
                    .as("%s: %s", command, err)
                    .isZero();
        }
    }

    @Test
    void theRulesOnThePageAreJudgedAsItSays() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), only("```json rules\n(.*?)```"));
        StringWriter out = new StringWriter();
        int exitCode = Main.run(
                new String[] {"rules", "check", file.toString()},
                new PrintWriter(out),
                new PrintWriter(new StringWriter()));
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactlyElementsOf(only("\\$ \\./tapewatch rules check rules.json\n(.*?)```")
                        .lines()
                        .toList());
    }

    @Test
    void theRulesOnThePageAreNotSentAsItSays() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), only("```json rules\n(.*?)```"));
        ToolInProcess.Said said = ToolInProcess.run(List.of("rules", "put", file.toString()));
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(Stream.concat(said.out().stream(), said.err().stream())
                        .map(line -> line.replace(file.toString(), "rules.json")))
                .containsExactlyElementsOf(only("\\$ \\./tapewatch rules put rules.json [^\n]*\n([^\n]* valid\n.*?)```")
                        .lines()
                        .toList());
    }

    @Test
    void theTopicsOnThePageAreTheJobsWithQuotesAndInstruments() {
        Columns columns = new Columns();
        for (TopicSpec topic : new JobTopics(6, TopicSpec.ANY, TopicSpec.ANY, 30L * 24 * 60 * 60 * 1000, null)
                .all(
                        new InputTopics(
                                JobOptions.PRICES_TOPIC.defaultValue(),
                                JobOptions.RULES_TOPIC.defaultValue(),
                                "quotes",
                                "instruments"),
                        JobOptions.OUTPUT_PREFIX.defaultValue())) {
            columns.add(topic.name(), "created", topic.inWords());
        }
        StringWriter out = new StringWriter();
        columns.printTo(new PrintWriter(out), Ansi.OFF);
        assertThat(only("topics create [^\n]*--partitions 6 --prices.retention 30d [^\n]*\n(.*?)```")
                        .lines())
                .containsExactlyElementsOf(out.toString().lines().toList());
    }

    @Test
    void whatIsWatchedOnThePageIsTheRecordsOfTheOtherAsTheyAreShown() throws IOException {
        assertThat(only("watch flags [^\n]*\n(.*?)\n\\$")).isEqualTo(shown(new FlagLayout(100), "flag"));
        assertThat(only("watch movers [^\n]*\n(.*?)\n\\$"))
                .isEqualTo(shown(new MoversLayout(symbol -> true, 100), "movers"));
    }

    @Test
    void thePricesOnThePageAreReadAsTheJobReadsThem() {
        SentRecords prices = SentRecords.ofPrices("prices", new RecordLimits(64_000, Duration.ofMinutes(1), false));
        Layout layout = new InputLayout<>(PriceColumns.of(100), each -> prices.decode(each.record()), 100);
        Stream<Received> sent = Stream.of(
                Records.at(
                        4710,
                        1_700_000_001_500L,
                        null,
                        "{\"symbol\":\"BTC-USD\",\"price\":64250.12,\"size\":0.5,\"time\":1700000001000,\"side\":\"buy\","
                                + "\"seq\":17,\"id\":\"8f3\"}"),
                Records.at(4711, 1_700_000_002_000L, "ETH-USD", "2010.5"),
                Records.at(4712, 1_700_000_003_000L, null, "{\"heartbeat\":true}"),
                Records.at(4713, 1_700_000_004_000L, "BTC-USD", "{\"price\":\"dear\"}"));
        assertThat(only("watch prices [^\n]*\n(.*?)\n```").lines())
                .containsExactlyElementsOf(
                        Stream.concat(layout.heading().stream(), sent.flatMap(each -> layout.lines(each).stream()))
                                .toList());
    }

    /** The first record of a kind in docs/records.md. */
    private static String shown(Layout layout, String kind) throws IOException {
        Matcher record = Pattern.compile("```json " + kind + "\n(.*?)\n```")
                .matcher(Files.readString(Path.of("docs", "records.md")));
        assertThat(record.find()).as(kind).isTrue();
        return Stream.concat(layout.heading().stream(), layout.lines(Records.of(record.group(1))).stream())
                .collect(Collectors.joining("\n"));
    }

    private String only(String pattern) {
        Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        List<String> found = block.results().map(result -> result.group(1)).toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0);
    }
}
