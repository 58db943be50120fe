package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.check.Rules;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.When;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleWordsTest {

    private static final long MINUTE = 60_000;
    private static final Condition PRICE =
            new Condition(Metric.PRICE, Condition.NO_OVER, Comparison.ABOVE, Decimal.of("64250.12"));
    private static final Condition CHANGE =
            new Condition(Metric.CHANGE_PCT, 5 * MINUTE, Comparison.AT_MOST, Decimal.of("-0.0000005"));
    private static final Condition RATIO =
            new Condition(Metric.VOLUME_RATIO, 5 * MINUTE, 60 * MINUTE, Comparison.AT_LEAST, Decimal.of("1e9"));

    @Test
    void aConditionIsItsMetricItsWindowsAndItsLimit() {
        assertThat(RuleWords.condition(rule(PRICE, 0))).isEqualTo("price > 64250.12");
        assertThat(RuleWords.condition(rule(CHANGE, 0))).isEqualTo("changePct 5m <= -0.0000005");
        assertThat(RuleWords.condition(rule(RATIO, 0))).isEqualTo("volumeRatio 5m/1h >= 1000000000");
        assertThat(RuleWords.condition(rule(new Condition(Metric.SIZE, 0, Comparison.BELOW, Decimal.of("0")), 0)))
                .isEqualTo("size < 0");
    }

    @Test
    void whatIsPutTogetherHasParenthesesWhereTheyAreNeeded() {
        When both = new When.All(List.of(PRICE, RATIO));
        assertThat(RuleWords.condition(rule(both, 30_000)))
                .isEqualTo("price > 64250.12 and volumeRatio 5m/1h >= 1000000000, for 30s");
        assertThat(RuleWords.condition(rule(new When.Any(List.of(CHANGE, both, new When.Not(both))), 0)))
                .isEqualTo("changePct 5m <= -0.0000005 or (price > 64250.12 and volumeRatio 5m/1h >= 1000000000)"
                        + " or not (price > 64250.12 and volumeRatio 5m/1h >= 1000000000)");
        assertThat(RuleWords.condition(rule(new When.Not(PRICE), 0))).isEqualTo("not price > 64250.12");
    }

    @Test
    void whenARuleLooksIsSaid() {
        Rule rule = Rules.rule("it: price > 1, for 30s, hours 15:50-16:00 America/New_York MON-FRI,"
                + " from 2024-03-01T05:00:00Z, until 2025-01-01T05:00:00Z");
        assertThat(RuleWords.condition(rule))
                .isEqualTo("price > 1, for 30s, 15:50-16:00 America/New_York MON-FRI, from 2024-03-01T05:00:00Z,"
                        + " until 2025-01-01T05:00:00Z");
    }

    @Test
    void whatARuleLooksAtIsSaid() {
        assertThat(RuleWords.condition(
                        Rules.rule("it: any(spreadBps < 0; quoteRatio over 1s baseline 1m >= 5), on quote, for 1s")))
                .isEqualTo("on quotes: spreadBps < 0 or quoteRatio 1s/1m >= 5, for 1s");
        assertThat(RuleWords.condition(Rules.rule("it: offQuoteBps >= 10, on trade")))
                .isEqualTo("offQuoteBps >= 10");
        assertThat(RuleWords.condition(Rules.rule("it: price > 1, conditions all")))
                .isEqualTo("of all prints: price > 1");
        assertThat(RuleWords.condition(Rules.rule("it: price > 1, conditions T I V B")))
                .isEqualTo("of prints with B,I,T and 1 more: price > 1");
    }

    @Test
    void whichInstrumentsItAppliesToIsSaid() {
        assertThat(RuleWords.symbols(Rules.rule("it: price > 1, sectors Energy")))
                .isEqualTo("* in Energy");
        assertThat(RuleWords.symbols(Rules.rule("it: price > 1, venues XNYS XNAS")))
                .isEqualTo("* at XNYS,XNAS");
        assertThat(RuleWords.symbols(Rules.rule("it: price > 1, symbols A* B*, except AB, sectors A B C D, venues X")))
                .isEqualTo("A*,B* except AB in A,B,C and 1 more at X");
    }

    @Test
    void ofManySymbolsTheFirstAreShown() {
        assertThat(RuleWords.symbols(rule(List.of("*"), List.of()))).isEqualTo("*");
        assertThat(RuleWords.symbols(rule(List.of("A", "B", "C"), List.of("AB*"))))
                .isEqualTo("A,B,C except AB*");
        assertThat(RuleWords.symbols(rule(List.of("A", "B", "C", "D", "E"), List.of())))
                .isEqualTo("A,B,C and 2 more");
    }

    private static Rule rule(When when, long heldFor) {
        return rule(List.of("*"), List.of(), when, heldFor);
    }

    private static Rule rule(List<String> symbols, List<String> except) {
        return rule(symbols, except, PRICE, 0);
    }

    private static Rule rule(List<String> symbols, List<String> except, When when, long heldFor) {
        return new Rule(
                "r",
                1,
                Rule.Status.ACTIVE,
                "",
                Rule.On.TRADE,
                symbols,
                except,
                List.of(),
                List.of(),
                Severity.LOW,
                0,
                heldFor,
                null,
                Rule.ALWAYS,
                Rule.FOR_EVER,
                when);
    }
}
