package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/**
 * Holds docs/tools.md, and the commands of docs/feeds.md, to what the tools do without Kafka; {@code DocsCommandsITCase} runs
 * the rest.
 */
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
                        .matcher(text.replaceAll("\\\\\n +", ""))
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
            String[] arguments = (command.replace("'", "") + " --help").strip().split(" +");
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
        assertThat(only("topics create --partitions 6 --prices.retention 30d [^`]*? broker:9092\n(.*?)```")
                        .lines())
                .containsExactlyElementsOf(out.toString().lines().toList());
    }

    private String only(String pattern) {
        Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        List<String> found = block.results().map(result -> result.group(1)).toList();
        assertThat(found).as(pattern).hasSize(1);
        return found.get(0);
    }
}
