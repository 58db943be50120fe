package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.JobOptions;
import io.tapewatch.io.ParsedRule;
import io.tapewatch.io.RuleParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The starter rules for jobs with quotes, as rules; what they flag is for other tests. */
class StarterQuoteRulesTest {

    private static final int MAX_WINDOWS = JobOptions.RULES_MAX_WINDOWS.defaultValue();

    private final List<Rule> rules = rules("/rules/starter-quotes.json");

    StarterQuoteRulesTest() throws IOException {}

    @Test
    void theyFitIntoAJobBesideTheOtherStarterRules() throws IOException {
        List<Rule> all = new ArrayList<>(rules("/rules/starter.json"));
        all.addAll(rules);
        assertThat(all).extracting(Rule::id).doesNotHaveDuplicates();
        RuleBook book = new RuleBook(new RuleLimits(all.size(), MAX_WINDOWS, Condition.MAX_OVER, false, true, false));
        for (Rule rule : all) {
            assertThat(book.apply(new RuleChange(rule.id(), rule), 0))
                    .isEqualTo(new Verdict(rule.id(), 1, Verdict.Outcome.ACCEPTED, null, 0));
        }
    }

    @Test
    void eachNeedsQuotesSaysWhatItIsForAndIsQuietAfterAFlag() {
        RuleBook without = new RuleBook(new RuleLimits(9, MAX_WINDOWS, Condition.MAX_OVER, true, false, true));
        assertThat(rules).hasSize(5).allSatisfy(rule -> {
            assertThat(without.apply(new RuleChange(rule.id(), rule), 0).reason())
                    .endsWith("(quotes.topic)");
            assertThat(rule.status()).isEqualTo(Rule.Status.ACTIVE);
            assertThat(rule.description()).hasSizeBetween(50, 200);
            assertThat(rule.cooldown()).isPositive();
        });
        assertThat(rules)
                .extracting(rule -> rule.id() + " on " + rule.on().word())
                .containsExactly(
                        "trade-outside-quote on trade",
                        "crossed-quote on quote",
                        "spread-blow-out on quote",
                        "quote-stuffing on quote",
                        "momentum-ignition on trade");
    }

    private static List<Rule> rules(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        RuleParser parser = new RuleParser();
        List<Rule> rules = new ArrayList<>();
        try (InputStream file = StarterQuoteRulesTest.class.getResourceAsStream(name)) {
            for (JsonNode each : json.readTree(file)) {
                ParsedRule parsed = parser.parse(null, json.writeValueAsBytes(each));
                assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
                rules.add(((ParsedRule.Change) parsed).change().rule());
            }
        }
        return rules;
    }
}
