package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {

    private final RuleBook book = new RuleBook(new RuleLimits(3, 2, Condition.MAX_OVER, true, false, false));

    private Verdict put(String line) {
        Rule rule = rule(line);
        return book.apply(new RuleChange(rule.id(), rule), 42);
    }

    private Verdict delete(String id) {
        return book.apply(new RuleChange(id, null), 43);
    }

    @Test
    void theWindowsOfRulesThatSeeOtherPrintsAreOthers() {
        assertThat(judge(book, "a: changePct over 5m > 5").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(book, "b: changePct over 5m > 5, conditions all").outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(book, "c: changePct over 5m > 5, conditions I T").reason())
                .isEqualTo("it would make 3 windows with 5m of prints with I or T, and rules can have 2 together"
                        + " (rules.max-windows): others have 5m, 5m of all prints");
        assertThat(judge(book, "c: volume over 5m > 5, conditions all").outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void aNewRuleIsAccepted() {
        RulesOfSymbol before = book.rulesOf(Instrument.unknown("X"));
        assertThat(put("a: price > 1, version 7")).isEqualTo(new Verdict("a", 7, Verdict.Outcome.ACCEPTED, null, 42));
        assertThat(book.rules()).containsExactly(rule("a: price > 1, version 7"));
        assertThat(book.isCurrent(before)).isFalse();
    }

    @Test
    void aHigherVersionReplacesTheOneInForce() {
        put("a: price > 1, version 2");
        assertThat(put("a: price > 2, version 9").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(book.rules()).containsExactly(rule("a: price > 2, version 9"));
    }

    @Test
    void aLowerVersionIsRejectedEvenIfItIsIdenticalToAnEarlierOne() {
        put("a: price > 1, version 2");
        put("a: price > 2, version 3");
        RulesOfSymbol before = book.rulesOf(Instrument.unknown("X"));
        assertThat(put("a: price > 1, version 2"))
                .isEqualTo(new Verdict(
                        "a",
                        2,
                        Verdict.Outcome.REJECTED,
                        "version 2 is not higher than version 3, which is in force: send a higher one, or delete the"
                                + " rule first",
                        42));
        assertThat(book.rules()).containsExactly(rule("a: price > 2, version 3"));
        assertThat(book.isCurrent(before)).isTrue();
    }

    @Test
    void theSameVersionIsRejectedUnlessItIsIdentical() {
        put("a: price > 1, version 2");
        RulesOfSymbol before = book.rulesOf(Instrument.unknown("X"));
        assertThat(put("a: price > 1.5, version 2").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(put("a: price > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(book.rules()).containsExactly(rule("a: price > 1, version 2"));
        assertThat(book.isCurrent(before)).as("nothing changed").isTrue();
    }

    @Test
    void aPausedRuleIsInForceForItsVersion() {
        put("a: price > 1, version 2, paused");
        assertThat(put("a: price > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(put("a: price > 1, version 3").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void versionsRestartAfterADeletionOnly() {
        put("a: price > 1, version 5");
        assertThat(put("a: price > 2, version 1").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(delete("a")).isEqualTo(new Verdict("a", 5, Verdict.Outcome.DELETED, null, 43));
        assertThat(book.rules()).isEmpty();
        assertThat(put("a: price > 2, version 1").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void thereIsNothingToDeleteOfAnUnknownRule() {
        RulesOfSymbol before = book.rulesOf(Instrument.unknown("X"));
        assertThat(delete("a"))
                .isEqualTo(new Verdict("a", null, Verdict.Outcome.REJECTED, "there is no rule \"a\" to delete", 43));
        assertThat(book.isCurrent(before)).isTrue();
    }

    @Test
    void noMoreRulesThanTheLimitAreInForce() {
        put("a: price > 1");
        put("b: price > 1, paused");
        put("c: price > 1");
        Verdict verdict = put("d: price > 1");
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(verdict.reason())
                .isEqualTo("3 rules are in force and at most 3 can be (rules.max-count): delete one first");
        assertThat(put("a: price > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        delete("b");
        assertThat(put("d: price > 1").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void activeRulesHaveNoMoreDistinctWindowsThanTheLimit() {
        put("a: changePct over 60s > 1");
        put("b: changePct over 5m > 1");
        Verdict verdict = put("c: changePct over 1h > 1");
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(verdict.reason())
                .isEqualTo("it would make 3 windows with 1h, and rules can have 2 together (rules.max-windows): others"
                        + " have 1m, 5m");
        assertThat(put("c: changePct over 1m > 1").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(put("b: changePct over 1h > 1, version 2").outcome())
                .as("its own old window does not count")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void windowsOfQuotesAreOthersThanThoseOfTicks() {
        RuleBook quoted = new RuleBook(new RuleLimits(9, 4, Condition.MAX_OVER, true, true, false));
        assertThat(judge(quoted, "a: any(count over 1s > 1; buyPct over 1s > 90)")
                        .outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(quoted, "b: quoteCount over 1s > 1, on quote").outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(quoted, "c: all(quoteRatio over 1s baseline 1m > 1; countRatio over 1s baseline 1m > 1)")
                        .outcome())
                .as("1s of both, and its baseline twice")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(quoted, "d: quoteRatio over 1s baseline 1m < 1, on quote")
                        .outcome())
                .as("quotes and trades look at the same window of quotes")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(judge(quoted, "e: any(spreadBps < 0; quoteRatio over 10s baseline 5m > 1)")
                        .reason())
                .isEqualTo(
                        "it would make 6 windows with 10s of quotes, 10s of quotes with baseline 5m, and rules can have"
                                + " 4 together (rules.max-windows): others have 1s, 1s with baseline 1m, 1s of quotes, 1s of"
                                + " quotes with baseline 1m");
        assertThat(judge(quoted, "e: any(spreadBps < 0; offQuoteBps > 1; quoteAgeSeconds > 1)")
                        .outcome())
                .as("without a window")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    private static Verdict judge(RuleBook book, String line) {
        Rule rule = rule(line);
        return book.apply(new RuleChange(rule.id(), rule), 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spreadBps > 50, on quote              | a rule on quotes
            quoteCount over 1s > 50, on quote     | a rule on quotes
            spreadBps > 50                        | spreadBps
            offQuoteBps > 10                      | offQuoteBps
            all(price > 1; quoteAgeSeconds > 3)   | quoteAgeSeconds
            not(any(size > 1; not(buyPct over 10s > 90))) | buyPct
            any(quoteCount over 1s < 1; spreadBps > 1) | quoteCount
            quoteRatio over 1s baseline 1h > 5    | quoteRatio
            """)
    void whatNeedsQuotesIsRejectedByAJobWithoutThem(String rule, String needing) {
        assertThat(put("a: " + rule))
                .isEqualTo(new Verdict(
                        "a",
                        1,
                        Verdict.Outcome.REJECTED,
                        needing + " needs quotes, and this job has none: give it their topic (quotes.topic)",
                        42));
        assertThat(put("a: " + rule + ", paused").outcome())
                .as("it does not look")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(put("a: " + rule + ", shadow, version 2").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(judge(new RuleBook(new RuleLimits(3, 2, Condition.MAX_OVER, false, true, false)), "a: " + rule)
                        .outcome())
                .as("with quotes")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sectors Energy Utilities           | "sectors"
            venues XNYS                        | "venues"
            venues XNYS, symbols A*, sectors X | "sectors" and "venues"
            """)
    void whatSelectsInstrumentsIsRejectedByAJobThatKnowsNone(String selection, String fields) {
        assertThat(put("a: price > 1, " + selection))
                .isEqualTo(new Verdict(
                        "a",
                        1,
                        Verdict.Outcome.REJECTED,
                        fields + " are those of instruments, and this job knows none: give it their topic"
                                + " (instruments.topic)",
                        42));
        assertThat(put("a: price > 1, paused, " + selection).outcome())
                .as("it does not look")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        RuleBook knowing = new RuleBook(new RuleLimits(3, 2, Condition.MAX_OVER, false, false, true));
        assertThat(judge(knowing, "a: price > 1, " + selection).outcome())
                .as("with instruments")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void aPausedRuleHasNoWindow() {
        put("a: changePct over 1m > 1");
        put("b: changePct over 5m > 1");
        assertThat(put("c: changePct over 1h > 1, paused").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(put("c: changePct over 1h > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        put("b: changePct over 5m > 1, version 2, paused");
        assertThat(put("c: changePct over 1h > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void aWindowIsThereAsLongAsOneRuleLooksAtIt() {
        put("a: changePct over 1m > 1");
        put("b: rangePct over 1m > 1");
        put("c: changePct over 5m > 1");
        delete("a");
        assertThat(put("a: changePct over 1h > 1").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(put("b: changePct over 1h > 1, version 2").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(put("a: changePct over 1m > 1").outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        delete("b");
        assertThat(put("a: changePct over 1m > 1").outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    /** All other rules were looked through for each: 100,000 rules took a quarter of an hour, and now take a second. */
    @Test
    @Timeout(180)
    void aRuleCostsTheSameHoweverManyThereAre() {
        RuleBook large = new RuleBook(new RuleLimits(100_000, 2, Condition.MAX_OVER, true, false, false));
        for (int i = 0; i < 100_000; i++) {
            Rule rule = rule("r" + i + ": changePct over " + (1 + i % 2) + "m > 1");
            assertThat(large.apply(new RuleChange(rule.id(), rule), 0).outcome())
                    .isEqualTo(Verdict.Outcome.ACCEPTED);
        }
        assertThat(large.size()).isEqualTo(100_000);
    }

    @Test
    void rulesAreRestoredWhateverTheLimitsSayNow() {
        RuleBook small = new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false));
        small.restore(rule("a: changePct over 1m > 1"));
        small.restore(rule("b: changePct over 2m > 1"));
        assertThat(small.rules()).hasSize(2);
        Rule changed = rule("b: changePct over 1m > 2, version 2");
        assertThat(small.apply(new RuleChange("b", changed), 0).outcome())
                .as("a change that adds no window")
                .isEqualTo(Verdict.Outcome.ACCEPTED);
    }

    @Test
    void symbolsToWhichTheSameRulesApplyShareThem() {
        put("a: price > 1, symbols B*");
        put("b: price > 1, symbols ETH");
        assertThat(book.rulesOf(Instrument.unknown("BTC")))
                .isSameAs(book.rulesOf(Instrument.unknown("BNB")))
                .isNotSameAs(book.rulesOf(Instrument.unknown("ETH")));
        RulesOfSymbol before = book.rulesOf(Instrument.unknown("BTC"));
        assertThat(book.isCurrent(before)).isTrue();
        delete("b");
        assertThat(book.isCurrent(before)).isFalse();
    }

    @Test
    void rulesThatMeasureTheSameMeasureItOnce() {
        book.restore(rule("a: changePct over 1m > 5"));
        book.restore(rule("b: changePct over 60s < -5"));
        book.restore(rule("c: changePct over 5m < -5"));
        book.restore(rule("d: price > 5"));
        assertThat(book.rulesOf(Instrument.unknown("X")).priced().values().size())
                .isEqualTo(3);
        assertThat(book.rulesOf(Instrument.unknown("X")).priced().windows())
                .extracting(WindowNeed::length)
                .containsExactly(60_000L, 300_000L);
    }

    @Test
    void aWindowLongerThanAllowedIsRejected() {
        RuleBook minutes = new RuleBook(new RuleLimits(9, 9, 60_000, true, false, false));
        assertThat(minutes.apply(new RuleChange("a", Rules.rule("a: changePct over 1m > 5")), 0)
                        .outcome())
                .isEqualTo(Verdict.Outcome.ACCEPTED);
        assertThat(minutes.apply(new RuleChange("b", Rules.rule("b: changePct over 90s > 5")), 0)
                        .reason())
                .isEqualTo("\"over\" 90s is longer than 1m (rules.max-over): use a shorter window");
    }
}
