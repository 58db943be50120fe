package io.tapewatch.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.kafka.RulesOnKafka;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import io.tapewatch.settings.JobSettings;
import java.nio.charset.StandardCharsets;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class OursTest {

    @Test
    void theTwentyRulesAreTwentyThatTheJobAccepts() {
        RuleParser parser = new RuleParser();
        RuleBook book = new RuleBook(JobSettings.ruleLimits(new Configuration()));

        for (RulesOnKafka.Request rule : Ours.rules(20)) {
            ParsedRule parsed = parser.parse(bytes(rule.ruleId()), bytes(rule.json()));
            assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
            assertThat(book.apply(((ParsedRule.Change) parsed).change(), 0).outcome())
                    .as(rule.json())
                    .isEqualTo(Verdict.Outcome.ACCEPTED);
        }

        assertThat(book.rules()).hasSize(20).extracting(Rule::when).doesNotContainNull();
        assertThat(Ours.rules(20).stream()
                        .filter(rule -> rule.json().replace(" ", "").contains("\"over\":\"1m\"")))
                .as("those over a minute")
                .hasSizeGreaterThan(5);
        assertThat(Ours.rules(5)).isEqualTo(Ours.rules(20).subList(0, 5));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
