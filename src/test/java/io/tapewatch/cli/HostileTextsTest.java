package io.tapewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.HostileTexts;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.source.SentRecords;
import io.tapewatch.local.Screen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import picocli.CommandLine.Help.Ansi;

/** Whatever stands in a record, a rule or an argument: it stays in its line and does nothing to a terminal or a log. */
class HostileTextsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** What a person reads of a text that came from outside. */
    @FunctionalInterface
    private interface WayOut {
        List<String> lines(String hostile) throws Exception;
    }

    static Stream<Arguments> waysOut() {
        SentRecords prices =
                new SentRecords("prices", PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)));
        SentRecords quotes =
                new SentRecords("quotes", QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)));
        Stream<Arguments> layouts = IntStream.of(0, 100)
                .boxed()
                .flatMap(room -> Stream.of(
                        layout("summaries", new SummaryLayout(room)),
                        layout("movers", new MoversLayout(symbol -> true, room)),
                        layout("flags", new FlagLayout(room)),
                        layout("rule-status", new RuleStatusLayout(room)),
                        layout("quoted-trades", new QuotedTradeLayout(room)),
                        layout("dead-letters", new DeadLetterLayout(room)),
                        layout(
                                "prices",
                                new InputLayout<>(PriceColumns.of(room), each -> prices.decode(each.record()), room)),
                        layout(
                                "quotes",
                                new InputLayout<>(QuoteColumns.of(room), each -> quotes.decode(each.record()), room))));
        return Stream.concat(
                layouts,
                Stream.of(
                        way("--json of dead letters", text -> List.of(JsonLine.ofDeadLetter(anyRecord(text)))),
                        way(
                                "--json of prices",
                                text -> List.of(JsonLine.ofInput(
                                        price(text), prices.decode(price(text).record())))),
                        way(
                                "--json of flags",
                                text -> List.of(JsonLine.ofJson(anyRecord(text).text()))),
                        way(
                                "details of dead letters",
                                text -> List.of(((Rejection)
                                                prices.decode(badPrice(text).record()))
                                        .detail())),
                        way("--json of rules", HostileTextsTest::ruleAsJson),
                        way("verdicts", HostileTextsTest::verdict),
                        way("the run's lines", text -> shown(screen -> screen.line("rule " + text + " rejected"))),
                        way("wrong arguments", HostileTextsTest::wrongArguments),
                        way("the log", text -> logged(text, null)),
                        way("the log of an exception", text -> logged("failed", exception(text)))));
    }

    private static Arguments way(String name, WayOut way) {
        return arguments(name, way);
    }

    private static Arguments layout(String name, Layout layout) {
        return way("watch " + name, text -> Stream.of(anyRecord(text), price(text), badPrice(text))
                .flatMap(record -> layout.lines(record).stream())
                .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysOut")
    void nothingHiddenComesOut(String name, WayOut way) {
        assertThat(HostileTexts.ALL).allSatisfy(hostile -> {
            List<String> lines = way.lines(hostile);
            HostileTexts.assertHarmless(lines);
            assertThat(String.join("", lines)).as("the text is shown at all").contains(visiblePart(hostile));
        });
    }

    /** The longest part of a text that looks the same in all ways out. */
    private static String visiblePart(String text) {
        return Pattern.compile("[A-Za-z0-9]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(part -> part.substring(0, Math.min(30, part.length())))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** A record that has the text in each field, its key and its headers. */
    private static Received anyRecord(String text) {
        ObjectNode json = fields(text);
        for (String list : List.of("gainers", "losers", "mostActive")) {
            json.putArray(list).add(fields(text));
        }
        return Records.of(
                text,
                json.toString(),
                "reason",
                text,
                "detail",
                text,
                "source-topic",
                text,
                "source-partition",
                text,
                "source-offset",
                text,
                "truncated",
                text);
    }

    private static ObjectNode fields(String text) {
        ObjectNode json = JSON.createObjectNode();
        Stream.of("symbol", "window", "start", "end", "asOf", "time", "severity", "ruleId", "message", "verdict")
                .forEach(field -> json.put(field, text));
        Stream.of("reason", "version", "side", "count", "open", "close", "vwap", "changePct", "rank", "spreadBps")
                .forEach(field -> json.put(field, text));
        Stream.of("price", "size", "bid", "ask", "quoteAgeMs", "revision", "suppressed")
                .forEach(field -> json.put(field, text));
        json.putObject("volume").put(text, text);
        return json;
    }

    /** A price that the job takes, with the text where it takes any. */
    private static Received price(String text) {
        ObjectNode json =
                JSON.createObjectNode().put("symbol", "A").put("price", 1).put("bid", 1);
        json.put("id", text).put("venue", text).putArray("conditions").add(text);
        return Records.of(text, json.toString());
    }

    private static Received badPrice(String text) {
        return Records.of(text, "{\"price\":" + JSON.createObjectNode().textNode(text) + "}");
    }

    private static List<String> verdict(String text) {
        Columns columns = new Columns("ID", "IS", "WHY");
        Verdicts verdicts = new Verdicts();
        verdicts.add(text, new Verdict("a", 1, Verdict.Outcome.REJECTED, text, 0));
        columns.add(text, text, text);
        StringWriter out = new StringWriter();
        columns.printTo(new PrintWriter(out), Ansi.OFF);
        verdicts.columns().printTo(new PrintWriter(out), Ansi.OFF);
        List<String> lines = List.of(out.toString().split("\n"));
        assertThat(lines).hasSize(3);
        return lines;
    }

    /** A rule that was sent as JSON sends it, with the text where it takes any. */
    private static List<String> ruleAsJson(String text) throws Exception {
        ObjectNode rule = JSON.createObjectNode().put("id", "a").put("version", 1);
        rule.put("description", text.substring(0, Math.min(text.length(), 1_000)));
        rule.putObject("when").put("metric", "price").put("is", ">").put("limit", 1);
        RuleJudge judge = new RuleJudge(new org.apache.flink.configuration.Configuration());
        assertThat(judge.judge(null, JSON.writeValueAsString(rule).getBytes(UTF_8), 0)
                        .outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        String json = RulesListCommand.json(judge);
        if (UTF_8.newEncoder().canEncode(text)) {
            assertThat(JSON.readTree(json).get(0).get("description")).isEqualTo(rule.get("description"));
        }
        return List.of(json.split("\n"));
    }

    /** With the text in each of its messages, those of its cause and of what was suppressed. */
    private static Exception exception(String text) {
        Exception exception = new IllegalStateException(text, new IOException(text));
        exception.addSuppressed(new IOException(text));
        return exception;
    }

    private static List<String> shown(Consumer<Screen> says) {
        StringWriter out = new StringWriter();
        says.accept(new Screen(new PrintWriter(out), false));
        return List.of(out.toString().split("\n"));
    }

    /** Each text in one of these: to read a command line takes a while. */
    private static List<String> wrongArguments(String text) {
        List<List<String>> commands = List.of(
                List.of("watch", "flags", "--since", text),
                List.of("watch", "flags", "--symbol", text + "{"),
                List.of("watch", "flags", "--rule", text),
                List.of("watch", "summaries", "--window", text));
        String[] arguments =
                commands.get(HostileTexts.ALL.indexOf(text) % commands.size()).toArray(String[]::new);
        return complaint(arguments);
    }

    private static List<String> complaint(String... arguments) {
        StringWriter said = new StringWriter();
        assertThat(Main.run(arguments, new PrintWriter(new StringWriter()), new PrintWriter(said)))
                .isPositive();
        List<String> lines = List.of(said.toString().split("\n"));
        assertThat(lines).hasSize(1);
        return lines;
    }

    @Test
    void namesOfCommandsOptionsAndFilesAreHarmlessToo() {
        for (String hostile : List.of("\u001b[2J", "\rover", "\u202e0.1")) {
            HostileTexts.assertHarmless(complaint("watch", hostile));
            HostileTexts.assertHarmless(complaint("rules", "check", "--" + hostile));
            HostileTexts.assertHarmless(complaint("rules", "check", hostile + ".json"));
        }
        assertThat(complaint("rules", "check", "\rover.json").get(0)).startsWith("tapewatch: over.json");
    }

    /** As the local run logs it. */
    private static List<String> logged(String text, Exception thrown) throws Exception {
        Configuration run;
        String pattern;
        try (InputStream settings = HostileTextsTest.class.getResourceAsStream("/log4j2-run.xml")) {
            byte[] xml = settings.readAllBytes();
            run = new XmlConfiguration(
                    new LoggerContext("test"), new ConfigurationSource(new ByteArrayInputStream(xml)));
            pattern = ((Element) DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(xml))
                            .getElementsByTagName("PatternLayout")
                            .item(0))
                    .getAttribute("pattern");
        }
        String logged = PatternLayout.newBuilder()
                .withConfiguration(run)
                .withPattern(pattern)
                .build()
                .toSerializable(Log4jLogEvent.newBuilder()
                        .setLoggerName("io.tapewatch.Test")
                        .setLevel(Level.WARN)
                        .setThreadName("test")
                        .setMessage(new SimpleMessage("no price in " + text))
                        .setThrown(thrown)
                        .build());
        assertThat(logged).endsWith("\n");
        List<String> lines = List.of(logged.substring(0, logged.length() - 1).split("\n"));
        assertThat(lines.stream().filter(line -> !line.startsWith("\tat ")))
                .as("a line for each message")
                .hasSize(thrown == null ? 1 : 4);
        return lines.stream().map(line -> line.replaceFirst("^\t", "")).toList();
    }
}
