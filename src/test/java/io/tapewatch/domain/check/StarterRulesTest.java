package io.tapewatch.domain.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.RecordedMarket;
import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.rule.When;
import io.tapewatch.domain.window.BitstampTrades;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StarterRulesTest {

    private static final long OUT_OF_ORDERNESS = 2000;
    private static final long MINUTE = 60_000;

    private static final Comparator<NaiveFlag> BY_RULE =
            Comparator.comparing(NaiveFlag::ruleId).thenComparing(NaiveFlag::id).thenComparing(NaiveFlag::revision);

    private static List<Rule> rules;
    private static List<Shown> bitstamp;
    private static List<Shown> beginning;
    private static List<NaiveFlag> flagsOfBitstamp;

    @BeforeAll
    static void replayBitstampsWeek() throws IOException {
        rules = starterRules();
        List<Tick> week = BitstampTrades.read();
        bitstamp = asOnTheTape(week);
        beginning = asOnTheTape(week.subList(0, Math.min(week.size(), Rounds.of(100_000))));
        flagsOfBitstamp = flags(rules, bitstamp);
    }

    @Test
    void theyLookAtFewWindows() {
        RuleBook book = new RuleBook(new RuleLimits(rules.size(), 4, Condition.MAX_OVER, false, false, false));
        assertThat(rules).allSatisfy(rule -> assertThat(
                        book.apply(new RuleChange(rule.id(), rule), 0).outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED));
    }

    @Test
    void theyFlagInBitstampsWeekWhatANaiveReplayFlags() {
        assertThat(flags(rules, beginning)).isNotEmpty().isEqualTo(naiveFlags(rules, beginning));
        assertThat(flagsOfBitstamp).anyMatch(flag -> flag.revision() == 1);
        assertThat(flagsOfBitstamp.stream().filter(NaiveFlag::isFirst))
                .as("flags together")
                .hasSizeBetween(10, 60);
    }

    @Test
    void thePageHasWhatEachCatchesAndHowOftenItDidInThatWeek() throws IOException {
        Map<String, Integer> counts = countByRule(flagsOfBitstamp);
        List<String> rows = rules.stream()
                .map(rule -> "| `" + rule.id() + "` | " + counts.getOrDefault(rule.id(), 0) + " | " + rule.description()
                        + " |")
                .toList();
        String page = Files.readString(Path.of("docs", "starter-rules.md"));
        String table = page.substring(page.indexOf("| rule | flags |"), page.indexOf("## On quotes"));
        assertThat(table.lines().filter(line -> line.startsWith("| `"))).isEqualTo(rows);
        int together = counts.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(page).contains("raise " + together + " flags in that week");
    }

    @Test
    void eachRaisesAFlagInThatWeekOrInACaseOfThisTest() {
        Set<String> raised = new HashSet<>(countByRule(flagsOfBitstamp).keySet());
        raised.addAll(
                countByRule(flags(rules, closing("2024-03-01T15:55", 0.6, 4))).keySet());
        assertThat(raised).containsExactlyInAnyOrderElementsOf(ids(rules));
    }

    @Test
    void theCloseIsMarkedByAMoveOnVolumeInTheLastTenMinutes() {
        assertThat(flags(rules, closing("2024-03-01T15:55", 0.6, 4)))
                .extracting(NaiveFlag::ruleId)
                .containsOnly("marking-the-close");
        assertThat(flags(rules, closing("2024-03-01T15:55", -0.6, 4)))
                .extracting(NaiveFlag::ruleId)
                .containsOnly("marking-the-close");

        assertThat(flags(rules, closing("2024-03-01T15:45", 0.6, 4)))
                .as("earlier")
                .isEmpty();
        assertThat(flags(rules, closing("2024-03-02T15:55", 0.6, 4)))
                .as("on a Saturday")
                .isEmpty();
        assertThat(flags(rules, closing("2024-03-01T15:55", 0.4, 4)))
                .as("less far")
                .isEmpty();
        assertThat(flags(rules, closing("2024-03-01T15:55", 0.6, 2)))
                .as("on less volume")
                .isEmpty();
    }

    @Test
    void theyFlagInBinancesTradesWhatANaiveReplayFlags() throws IOException {
        // Calm minutes: with limits of a hundredth more of them have something to say.
        List<Rule> both = new ArrayList<>(rules);
        rules.forEach(rule -> both.add(withAHundredthOfItsLimits(rule)));
        List<NaiveFlag> all = new ArrayList<>();
        for (List<Tick> ticks : binance().values()) {
            List<Shown> shown = asOnTheTape(ticks);
            List<NaiveFlag> flags = flags(both, shown);
            assertThat(flags).as(ticks.get(0).symbol()).isEqualTo(naiveFlags(both, shown));
            all.addAll(flags);
        }
        if (RecordedMarket.isWhole()) {
            assertThat(countByRule(all).keySet())
                    .containsExactlyInAnyOrder(
                            "fat-finger",
                            "price-spike-fine",
                            "flash-fall-fine",
                            "off-vwap-fine",
                            "fat-finger-fine",
                            "silence-fine");
            assertThat(countByRule(all).get("fat-finger")).isEqualTo(3);
        } else {
            assertThat(countByRule(all).keySet())
                    .containsExactlyInAnyOrder(
                            "price-spike-fine", "flash-fall-fine", "off-vwap-fine", "fat-finger-fine", "silence-fine");
        }
    }

    // What is shown.

    /**
     * From two hours before, a tick a minute of size 1 at 100. In the five minutes from then on the price moves in five
     * steps, on so many times the volume.
     *
     * @param local by the clock in New York
     */
    private static List<Shown> closing(String local, double percent, double volume) {
        long moment = ZonedDateTime.parse(local + ":00-05:00").toInstant().toEpochMilli();
        List<Tick> ticks = new ArrayList<>();
        for (int minute = -120; minute < 5; minute++) {
            int steps = Math.max(0, minute + 1);
            ticks.add(Ticks.tick("ACME")
                    .at(moment + minute * MINUTE)
                    .price(100 + steps * percent / 5)
                    .size(steps == 0 ? 1 : volume)
                    .offset(ticks.size())
                    .tick());
        }
        return asOnTheTape(ticks);
    }

    /** By symbol, in the order of event time. */
    private static Map<String, List<Tick>> binance() throws IOException {
        Map<String, List<Tick>> ticks = new TreeMap<>();
        long offset = 0;
        for (String[] fields : RecordedMarket.trades()) {
            ticks.computeIfAbsent(fields[2], symbol -> new ArrayList<>())
                    .add(Ticks.tick(fields[2])
                            .at(Long.parseLong(fields[1]))
                            .price(Double.parseDouble(fields[3]))
                            .size(Double.parseDouble(fields[4]))
                            .offset(offset++)
                            .tick());
        }
        ticks.values().forEach(each -> each.sort(null));
        return ticks;
    }

    /** Each tick once the watermark has passed it, which follows the ticks that arrive; without the end of the input. */
    private static List<Shown> asOnTheTape(List<Tick> ticks) {
        List<Shown> shown = new ArrayList<>();
        int next = 0;
        for (Tick arrived : ticks) {
            long watermark = arrived.time() - OUT_OF_ORDERNESS - 1;
            while (ticks.get(next).time() <= watermark) {
                shown.add(new Shown.InOrder(ticks.get(next++)));
            }
            shown.add(new Shown.Watermark(watermark));
        }
        ticks.subList(next, ticks.size()).forEach(tick -> shown.add(new Shown.InOrder(tick)));
        return shown;
    }

    // Flags.

    /** What the product flags, first and again. */
    private static List<NaiveFlag> flags(List<Rule> rules, List<Shown> shown) {
        RuleBook book = new RuleBook(
                new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, false, false, false));
        rules.forEach(book::restore);
        String symbol = ((Shown.InOrder) shown.get(shown.size() - 1)).tick().symbol();
        SymbolRules memory = new SymbolRules();
        List<NaiveFlag> flags = new ArrayList<>();
        for (Shown each : shown) {
            if (each instanceof Shown.InOrder inOrder) {
                Unquoted.check(memory, inOrder.tick(), book, Rules.NO_CLOSES, flag -> flags.add(NaiveFlag.of(flag)));
            } else if (each instanceof Shown.Watermark watermark && memory.due() <= watermark.time()) {
                memory.advanceTo(
                        watermark.time(), Instrument.unknown(symbol), book, flag -> flags.add(NaiveFlag.of(flag)));
            }
        }
        memory.advanceTo(Long.MAX_VALUE, Instrument.unknown(symbol), book, flag -> flags.add(NaiveFlag.of(flag)));
        flags.sort(BY_RULE);
        return flags;
    }

    private static List<NaiveFlag> naiveFlags(List<Rule> rules, List<Shown> shown) {
        return NaiveRules.replay(rules, shown, Rules.NO_CLOSES).flags.stream()
                .sorted(BY_RULE)
                .toList();
    }

    private static Map<String, Integer> countByRule(List<NaiveFlag> flags) {
        return flags.stream()
                .filter(NaiveFlag::isFirst)
                .collect(Collectors.toMap(NaiveFlag::ruleId, flag -> 1, Integer::sum, TreeMap::new));
    }

    // Rules.

    private static List<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::id).toList();
    }

    private static Rule withAHundredthOfItsLimits(Rule rule) {
        return new Rule(
                rule.id() + "-fine",
                rule.version(),
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
                withAHundredthOfItsLimits(rule.when()));
    }

    private static When withAHundredthOfItsLimits(When when) {
        if (when instanceof Condition condition) {
            return new Condition(
                    condition.metric(),
                    condition.over(),
                    condition.baseline(),
                    condition.is(),
                    Decimal.of(condition.limit().toBigDecimal().movePointLeft(2).toPlainString()));
        } else if (when instanceof When.All all) {
            return new When.All(all.of().stream()
                    .map(StarterRulesTest::withAHundredthOfItsLimits)
                    .toList());
        } else if (when instanceof When.Any any) {
            return new When.Any(any.of().stream()
                    .map(StarterRulesTest::withAHundredthOfItsLimits)
                    .toList());
        }
        return new When.Not(withAHundredthOfItsLimits(((When.Not) when).of()));
    }

    private static List<Rule> starterRules() throws IOException {
        ObjectMapper json = new ObjectMapper();
        RuleParser parser = new RuleParser();
        List<Rule> rules = new ArrayList<>();
        try (InputStream file = StarterRulesTest.class.getResourceAsStream("/rules/starter.json")) {
            for (JsonNode each : json.readTree(file)) {
                ParsedRule parsed = parser.parse(null, json.writeValueAsBytes(each));
                assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
                rules.add(((ParsedRule.Change) parsed).change().rule());
            }
        }
        return rules;
    }
}
