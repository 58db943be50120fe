package io.tapewatch.io.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.Rules;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.check.Unquoted;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.rule.When;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.io.json.FlagFormat;
import io.tapewatch.io.json.RuleStatusFormat;
import io.tapewatch.io.json.SourceTopics;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/rules.md to what the job does. */
class RulesPageTest {

    private static final long START = 1_700_000_000_000L;

    private final String page = Files.readString(Path.of("docs", "rules.md"));
    private final ObjectMapper json = new ObjectMapper();

    RulesPageTest() throws IOException {}

    @Test
    void everyRuleOnThePageIsAccepted() {
        List<Rule> rules = rules();
        assertThat(rules)
                .extracting(Rule::id)
                .contains("pump", "above-1100", "jump", "crash", "large-trade", "crossed");
        RuleBook book = new RuleBook(new RuleLimits(100, 8, Condition.MAX_OVER, true, true, true));
        for (Rule rule : rules) {
            assertThat(book.apply(new RuleChange(rule.id(), rule), 0).outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        }
    }

    @Test
    void thePageHasAnExampleOfEveryPartOfTheLanguage() {
        List<Rule> rules = rules();
        List<When> parts = new ArrayList<>();
        rules.forEach(rule -> addParts(rule.when(), parts));
        assertThat(parts)
                .hasAtLeastOneElementOfType(When.All.class)
                .hasAtLeastOneElementOfType(When.Any.class)
                .hasAtLeastOneElementOfType(When.Not.class);
        assertThat(rules.stream().flatMap(rule -> rule.when().conditions().stream()))
                .anyMatch(condition -> condition.baseline() != Condition.NO_OVER)
                .anyMatch(condition -> condition.metric() == Metric.SILENCE_SECONDS)
                .anyMatch(condition -> condition.metric() == Metric.OFF_QUOTE_BPS)
                .anyMatch(condition -> condition.metric() == Metric.BUY_PCT)
                .anyMatch(condition -> condition.metric() == Metric.QUOTE_RATIO);
        assertThat(rules)
                .anyMatch(rule -> rule.hours() != null)
                .anyMatch(rule -> rule.heldFor() > 0)
                .anyMatch(rule -> !rule.except().isEmpty())
                .anyMatch(rule -> !rule.sectors().isEmpty())
                .anyMatch(rule -> !rule.venues().isEmpty())
                .anyMatch(rule -> rule.on() == Rule.On.QUOTE)
                .anyMatch(rule -> rule.from() != Rule.ALWAYS && rule.until() != Rule.FOR_EVER)
                .anyMatch(rule -> rule.status() == Rule.Status.SHADOW);
    }

    @Test
    void theRulesOnThePageThatNeedQuotesAndInstrumentsAreRejectedWithoutThem() {
        List<String> rejected = new ArrayList<>();
        RuleBook book = new RuleBook(new RuleLimits(100, 100, Condition.MAX_OVER, true, false, false));
        for (Rule rule : rules()) {
            Verdict verdict = book.apply(new RuleChange(rule.id(), rule), 0);
            if (verdict.outcome() == Verdict.Outcome.REJECTED) {
                assertThat(verdict.reason()).containsAnyOf("(quotes.topic)", "(instruments.topic)");
                rejected.add(rule.id());
            }
        }
        assertThat(rejected).containsExactly("energy-move", "trade-through", "push-up", "crossed", "stuffing");
    }

    private static void addParts(When when, List<When> parts) {
        parts.add(when);
        when.parts().forEach(part -> addParts(part, parts));
    }

    @Test
    void theFlagOnThePageIsTheOneThatIsRaised() throws IOException {
        RuleBook book = new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false));
        book.restore(rules().get(0));
        List<Flag> flags = new ArrayList<>();
        SymbolRules memory = new SymbolRules();
        Unquoted.check(memory, tick(811.02, START, 17), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick(860.66, START + 60_000, 18), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).hasSize(1);
        assertSame(
                blocks("flag").get(0),
                generator -> FlagFormat.write(generator, flags.get(0), new SourceTopics("prices", "quotes")));

        for (int i = 1; i <= 7; i++) {
            double price = i == 4 ? 1135.43 : 900 + i;
            Unquoted.check(memory, tick(price, START + 60_000 + i * 1000, 18 + i), book, Rules.NO_CLOSES, flags::add);
        }
        assertThat(page)
                .containsPattern("went on to\\s1135.43 four seconds after the flag, and seven ticks were suppressed");
        memory.advanceTo(START + 60_000 + 300_000 - 2, Instrument.unknown("BTC-USD"), book, flags::add);
        assertThat(flags).as("before the cooldown has ended").hasSize(1);
        memory.advanceTo(START + 60_000 + 300_000 - 1, Instrument.unknown("BTC-USD"), book, flags::add);
        assertThat(flags).hasSize(2);
        assertSame(
                blocks("flag").get(1),
                generator -> FlagFormat.write(generator, flags.get(1), new SourceTopics("prices", "quotes")));
    }

    @Test
    void theWithdrawnFlagOnThePageIsTheOneThatIsPublished() throws IOException {
        RuleBook book = new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false, 1));
        book.restore(rules().get(1));
        List<Flag> flags = new ArrayList<>();
        SymbolRules memory = new SymbolRules();
        Unquoted.check(memory, tick(1135.43, START, 19), book, Rules.NO_CLOSES, flags::add);
        memory.takenBack(START, 0, 19, null, Instrument.unknown("BTC-USD"), book, flags::add);
        assertThat(flags).hasSize(2);
        assertSame(
                blocks("flag").get(2),
                generator -> FlagFormat.write(generator, flags.get(1), new SourceTopics("prices", "quotes")));
    }

    @Test
    void theRulesOnThePageThatSelectPrintsSeeThoseThatItSays() {
        List<Rule> selecting =
                rules().stream().filter(rule -> !rule.prints().isPriced()).toList();
        assertThat(selecting).extracting(Rule::id).containsExactly("large-odd", "busy");
        RuleBook book = new RuleBook(new RuleLimits(9, 9, Condition.MAX_OVER, true, false, false));
        selecting.forEach(book::restore);
        Eligibility volumeAlone = new Eligibility(false, Eligibility.Last.NO, true, false);
        List<String> flags = new ArrayList<>();
        SymbolRules memory = new SymbolRules();
        for (String conditions : List.of("@", "I", "@,V", "W")) {
            Tick print = Ticks.of(
                    "IBM",
                    Decimal.of("249.75"),
                    Decimal.of("1000"),
                    START,
                    0,
                    null,
                    Tick.NO_SEQ,
                    null,
                    null,
                    conditions,
                    tick(1, START, 20).origin());
            memory.check(
                    print,
                    volumeAlone,
                    QuoteAtTrade.NOTHING,
                    Instrument.unknown("IBM"),
                    book,
                    Rules.NO_CLOSES,
                    flag -> flags.add(flag.ruleId() + " " + flag.conditions()));
        }
        assertThat(flags).containsExactly("large-odd I", "large-odd @,V");
    }

    @Test
    void theVerdictOnThePageIsTheOneThatIsGiven() throws IOException {
        Rule rule = rules().get(0);
        RuleBook book = new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false));
        book.restore(new Rule(
                rule.id(),
                2,
                rule.status(),
                rule.description(),
                Rule.On.TRADE,
                rule.symbols(),
                rule.except(),
                List.of(),
                List.of(),
                rule.severity(),
                rule.cooldown(),
                rule.heldFor(),
                rule.hours(),
                rule.from(),
                rule.until(),
                rule.when()));
        Verdict verdict = book.apply(new RuleChange(rule.id(), rule), START);
        assertSame(blocks("verdict").get(0), generator -> RuleStatusFormat.write(generator, verdict));
    }

    @Test
    void thePageNamesEveryFieldAndWordAndTheLimits() {
        for (String field : Stream.of(
                        RuleParser.RULE_FIELDS,
                        HoursParser.FIELDS,
                        WhenParser.CONDITION_FIELDS,
                        WhenParser.COMBINATIONS)
                .flatMap(List::stream)
                .toList()) {
            assertThat(page).contains("`" + field + "`");
        }
        for (Rule.Status status : Rule.Status.values()) {
            assertThat(page).contains("`" + status.word() + "`");
        }
        String metrics = page.substring(page.indexOf("## Metrics"), page.indexOf("A size of 0 is a size."));
        for (Metric metric : Metric.values()) {
            assertThat(metrics.lines().filter(line -> line.startsWith("| `" + metric.word() + "` |")))
                    .singleElement()
                    .asString()
                    .matches(line -> line.contains("needs `over`") == metric.isWindowed(), "needs over")
                    .matches(line -> line.contains("`baseline`") == metric.isCompared(), "needs baseline")
                    .matches(line -> line.contains("quotes") == metric.needsQuotes(), "needs quotes");
        }
        for (Rule.On on : Rule.On.values()) {
            assertThat(page).contains("`" + on.word() + "`");
        }
        for (Severity severity : Severity.values()) {
            assertThat(page).contains("`" + severity.word() + "`");
        }
        assertThat(page).contains("at most " + RuleParser.MAX_BYTES + " bytes long");
        assertThat(page)
                .contains("nested " + When.MAX_DEPTH + " deep, with " + When.MAX_CONDITIONS + " conditions altogether");
    }

    private static Tick tick(double price, long time, long offset) {
        Origin origin = new Origin(0, offset, time, Origin.Stamp.CREATE_TIME);
        return Ticks.of("BTC-USD", price, 0.5, time, "t-" + offset, Tick.NO_SEQ, Side.BUY, null, null, origin);
    }

    private List<Rule> rules() {
        RuleParser parser = new RuleParser();
        List<Rule> rules = new ArrayList<>();
        for (String block : blocks("rule")) {
            ParsedRule parsed = parser.parse(null, block.getBytes(StandardCharsets.UTF_8));
            assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
            rules.add(((ParsedRule.Change) parsed).change().rule());
        }
        return rules;
    }

    /** The examples that are fenced as JSON of this kind. */
    private List<String> blocks(String kind) {
        List<String> blocks = new ArrayList<>();
        Matcher fenced = Pattern.compile("```json " + kind + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        while (fenced.find()) {
            blocks.add(fenced.group(1));
        }
        assertThat(blocks).as("examples of a %s", kind).isNotEmpty();
        return blocks;
    }

    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** The same fields with the same values in the same order. */
    private void assertSame(String onPage, Writer writer) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(text)) {
            writer.write(generator);
        }
        ObjectNode expected = (ObjectNode) json.readTree(onPage);
        assertThat(text.toString()).isEqualTo(json.writeValueAsString(expected));
    }
}
