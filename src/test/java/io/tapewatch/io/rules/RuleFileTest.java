package io.tapewatch.io.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {

    @Test
    void anArrayHoldsItsRulesAsTheyStandThere() {
        assertThat(RuleFile.parse(
                                "f",
                                " [ {\"id\":\"a\", \"limit\":1.50},\n{ \"id\" : \"b\", \"when\":{\"id\":\"c\"}} ]\n")
                        .rules())
                .containsExactly(
                        new RuleFile.Entry("a", "{\"id\":\"a\", \"limit\":1.50}"),
                        new RuleFile.Entry("b", "{ \"id\" : \"b\", \"when\":{\"id\":\"c\"}}"));
    }

    @Test
    void oneRuleIsAFileToo() {
        assertThat(RuleFile.parse("f", "\uFEFF\n{\"version\":1,\"id\":\"a\"}").rules())
                .containsExactly(new RuleFile.Entry("a", "{\"version\":1,\"id\":\"a\"}"));
    }

    @Test
    void aRuleNeedsNoIdAndNoSense() {
        assertThat(RuleFile.parse("f", "[{},{\"id\":7,\"id\":[8]}]").rules())
                .containsExactly(new RuleFile.Entry(null, "{}"), new RuleFile.Entry(null, "{\"id\":7,\"id\":[8]}"));
        assertThat(RuleFile.parse("f", "[]").rules()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | f: expected a JSON array of rules, or one rule",
                "7         | f: expected a JSON array of rules, or one rule",
                "[{},7]    | f, line 1: expected an object as rule 2",
                "[{}       | f, line 1: expected JSON: Unexpected end-of-input",
                "{} {}     | f, line 1: something follows after the rules",
                "id=a      | f, line 1: expected JSON: Unrecognized token 'id'",
            })
    void whatIsNoListOfRulesIsRefused(String text, String message) {
        assertThatThrownBy(() -> RuleFile.parse("f", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void whatIsNestedTooDeepForTheReaderIsSaidSo() {
        assertThatThrownBy(() -> RuleFile.parse("f", "[{\"a\":" + "[".repeat(2_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("f: expected JSON: ")
                .hasMessageContaining("1000")
                .message()
                .hasLineCount(1);
    }

    /** Longer than the parser's buffers, and with characters of one to four bytes. */
    @Test
    void rulesAreCutOutWhereverTheyStand() {
        Random random = new Random(5);
        List<RuleFile.Entry> rules = new ArrayList<>();
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 2_000; i++) {
            String id = "rule-" + i;
            String description = "aé€😀\\\"]}".repeat(random.nextInt(8));
            String json = "{\"description\":\"%s\",%s\"id\":\"%s\",\"when\":[{}]}"
                    .formatted(description, "\n ".repeat(random.nextInt(3)), id);
            rules.add(new RuleFile.Entry(id, json));
            text.append(i == 0 ? "" : ",")
                    .append(" \n".repeat(random.nextInt(3)))
                    .append(json);
        }
        assertThat(text.length()).isGreaterThan(100_000);
        assertThat(RuleFile.parse("f", text + "]").rules()).isEqualTo(rules);
    }
}
