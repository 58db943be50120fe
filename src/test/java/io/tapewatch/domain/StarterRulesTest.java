package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.io.ParsedRule;
import io.tapewatch.io.RuleParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StarterRulesTest {

    @Test
    void theyFlagInTheBitstampTradesWhatANaiveReplayFlags() throws IOException {
        List<Rule> rules = starterRules();
        RuleBook book = new RuleBook(100, 8, Condition.MAX_OVER, true);
        rules.forEach(rule -> assertThat(
                        book.apply(new RuleChange(rule.id(), rule), 0).outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED));
        List<Tick> ticks = BitstampTrades.read();
        assertThat(ticks).hasSize(100_000);

        RuleMemory memory = new RuleMemory();
        List<NaiveFlag> raised = new ArrayList<>();
        for (Tick tick : ticks) {
            memory.check(tick, book, Rules.NO_CLOSES, flag -> raised.add(NaiveFlag.of(flag)));
        }
        memory.advanceTo(Long.MAX_VALUE, "BTC-USD", book, flag -> raised.add(NaiveFlag.of(flag)));

        assertThat(raised).containsExactlyInAnyOrderElementsOf(NaiveRules.flags(rules, ticks));
        Map<String, Integer> flagsByRule = new TreeMap<>();
        raised.stream().filter(NaiveFlag::isFirst).forEach(flag -> flagsByRule.merge(flag.ruleId(), 1, Integer::sum));
        assertThat(flagsByRule)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("rise-5m", 4, "fall-5m", 4, "fall-1h", 6, "jump", 5, "large-bitcoin-trade", 17));
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
