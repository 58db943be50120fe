package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.io.rules.RuleParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariedRulesTest {

    private final List<RuleFile.Entry> rules = VariedRules.ofStarterKinds(100).rules();

    @Test
    void eachRuleHasAnIdAndLimitsOfItsOwn() {
        assertThat(rules).hasSize(100);
        assertThat(rules).extracting(RuleFile.Entry::id).doesNotHaveDuplicates();
        assertThat(rules.get(0).json()).contains("\"id\":\"price-spike-0\"", "\"limit\":40.0", "\"limit\":-40.0");
        assertThat(rules.get(10).json()).contains("\"id\":\"price-spike-10\"", "\"limit\":44.0", "\"limit\":-44.0");
    }

    @Test
    void eachIsAccepted() {
        RuleParser parser = new RuleParser();
        assertThat(rules)
                .extracting(rule -> parser.parse(null, rule.json().getBytes(StandardCharsets.UTF_8)))
                .allSatisfy(parsed -> assertThat(parsed).isInstanceOf(ParsedRule.Change.class));
    }
}
