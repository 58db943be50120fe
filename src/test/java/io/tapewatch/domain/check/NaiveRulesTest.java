package io.tapewatch.domain.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleCases.RuleCase;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the oracle says what the documentation does: small cases with the flags worked out by hand. */
class NaiveRulesTest {

    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.check.RuleCases#all")
    void aRuleFlagsWhatItShall(RuleCase each) {
        NaiveRules.Replay replay =
                NaiveRules.replay(List.of(each.rule()), each.shown(), each.previousClose(), each.settings());
        assertThat(each.inWords(replay.flags)).isEqualTo(each.expected());
        assertThat(replay.undecided).isEmpty();
    }

    @Test
    void theCasesHaveAFlagAndNoneOfEachMetric() {
        for (Metric metric : Metric.values()) {
            Stream<RuleCase> cases = RuleCases.all().stream()
                    .filter(each -> each.rule().when() instanceof Condition condition && condition.metric() == metric);
            assertThat(cases.map(each -> each.expected().isEmpty()))
                    .as(metric.word())
                    .contains(true, false);
        }
    }

    @Test
    void theCasesHaveAFlagAndNoneOfEachMetricOnQuotes() {
        for (Metric metric : Metric.values()) {
            if (metric.isMeasuredOn(Rule.On.QUOTE)) {
                assertThat(RuleCases.all().stream()
                                .filter(each -> each.rule().on() == Rule.On.QUOTE)
                                .filter(each -> each.rule().when() instanceof Condition condition
                                        && condition.metric() == metric)
                                .map(each -> each.expected().isEmpty()))
                        .as(metric.word())
                        .contains(true, false);
            }
        }
    }

    @Test
    void itCountsWhatEachRuleDid() {
        RuleCase quiet = RuleCases.all().stream()
                .filter(each -> each.words().startsWith("price > 100, cooldown 10s | 0@105 1@101 2@99 |"))
                .findFirst()
                .orElseThrow();
        assertThat(NaiveRules.replay(List.of(quiet.rule()), quiet.shown(), quiet.previousClose()).counts)
                .hasToString("{it=3 checked, 1 flagged, 1 suppressed, last at " + (RuleCases.NOON + 2000) + "}");
    }

    @Test
    void aFlagHasTheTickAndTheOneBefore() {
        List<Tick> ticks = List.of(
                Ticks.tick("X").at(1000).price(7).offset(41).tick(),
                Ticks.tick("X").at(2000).price(8).offset(42).tick());
        assertThat(NaiveRules.flags(List.of(Rules.rule("dear: price >= 8, version 3")), ticks))
                .containsExactly(new NaiveFlag(
                        "dear",
                        2000,
                        0,
                        0,
                        false,
                        false,
                        Rule.On.TRADE,
                        7.0,
                        8.0,
                        null,
                        null,
                        List.of(new Evidence("price", null, 8, ">=", 8)),
                        List.of(),
                        null,
                        "dear:3:X:2000:3:42"));
    }

    @Test
    void itCountsTheQuotesThatARuleOnQuotesChecked() {
        List<Rule> rules = List.of(
                Rules.rule("quotes: spreadBps >= 200, on quote, cooldown 10s"), Rules.rule("trades: spreadBps >= 200"));
        List<Shown> shown = new ShownWords("0q99/101 1q99/101 2@100 3@100 4q99.5/100.5 5! ~4.5q99/101 ~4q99/101").shown;
        assertThat(NaiveRules.replay(rules, shown, Rules.NO_CLOSES).counts)
                .hasToString("{quotes=4 checked, 1 flagged, 2 suppressed, last at " + (RuleCases.NOON + 4500)
                        + ", trades=2 checked, 2 flagged, 0 suppressed, last at " + (RuleCases.NOON + 3000) + "}");
    }

    @Test
    void theFlagOfARuleOnQuotesHasTheQuoteAndNoTrade() {
        Quote quote = Quotes.quote("X").at(2000).bid(99).ask(101).offset(42).quote();
        List<Shown> shown =
                List.of(new Shown.InOrder(Ticks.tick("X").at(1000).price(7).tick()), new Shown.QuoteInOrder(quote));
        assertThat(NaiveRules.replay(List.of(Rules.rule("wide: spreadBps >= 200, on quote")), shown, Rules.NO_CLOSES)
                        .flags)
                .containsExactly(new NaiveFlag(
                        "wide",
                        2000,
                        0,
                        0,
                        false,
                        false,
                        Rule.On.QUOTE,
                        null,
                        null,
                        99.0,
                        101.0,
                        List.of(new Evidence("spreadBps", null, 200, ">=", 200)),
                        List.of(),
                        null,
                        "wide:1:X:2000:3:42"));
    }

    @Test
    void theFlagOfATradeHasItsQuoteUnlessItIsLateOrASilence() {
        List<Rule> rules = List.of(Rules.rule("a: price > 0"), Rules.rule("b: silenceSeconds >= 3"));
        List<Shown> shown = new ShownWords("0@100 1q99/101 2@100 3q/101 4@100 4! ~3.5@100 10@100 20!").shown;
        assertThat(NaiveRules.replay(rules, shown, Rules.NO_CLOSES).flags)
                .extracting(
                        flag -> flag.ruleId() + (flag.time() - RuleCases.NOON) + " " + flag.bid() + "/" + flag.ask())
                .containsExactly(
                        "a0 null/null",
                        "a2000 99.0/101.0",
                        "a4000 null/101.0",
                        "a3500 null/null",
                        "a10000 null/null",
                        "b7000 null/null",
                        "b13000 null/null");
    }

    @Test
    void aRuleThatBeginsToApplyKnowsTheWindowsThatOthersHaveAskedForAllTheTime() {
        String changing = "new: changePct over 1m >= 6, sectors Tech";
        List<Shown> shown = new ShownWords("0@90 1@100 1! sector=Tech 2@106").shown;
        assertThat(flagged(shown, changing)).isEmpty();
        assertThat(flagged(shown, changing, "old: changePct over 1m > 1000")).containsExactly("new");
        assertThat(flagged(shown, changing, "old: changePct over 2m > 1000")).isEmpty();
        assertThat(flagged(shown, changing, "old: rangePct over 1m > 1000")).isEmpty();
    }

    @Test
    void ofASymbolThatOthersFollowedItKnowsAllThatCameAfterTheLastTick() {
        String changing = "new: changePct over 1m >= 6, sectors Tech";
        List<Shown> shown = new ShownWords("0@90 30! sector=Tech 31@100 61@106").shown;
        assertThat(flagged(shown, changing)).isEmpty();
        assertThat(flagged(shown, changing, "old: price > 1000")).containsExactly("new");
        assertThat(flagged(shown, "new: tickChangePct >= 11, sectors Tech", "old: price > 1000"))
                .containsExactly("new");
    }

    private static List<String> flagged(List<Shown> shown, String... rules) {
        return NaiveRules.replay(Stream.of(rules).map(Rules::rule).toList(), shown, Rules.NO_CLOSES).flags.stream()
                .map(NaiveFlag::ruleId)
                .toList();
    }

    @Test
    void aSilenceHasThePlaceOfTheLastTickAndItsOwnTime() {
        List<Tick> ticks = List.of(
                Ticks.tick("X").at(1000).price(7).offset(41).tick(),
                Ticks.tick("X").at(9000).price(8).offset(42).tick());
        assertThat(NaiveRules.flags(List.of(Rules.rule("still: silenceSeconds > 5")), ticks))
                .containsExactly(new NaiveFlag(
                        "still",
                        6001,
                        0,
                        0,
                        false,
                        false,
                        Rule.On.TRADE,
                        null,
                        7.0,
                        null,
                        null,
                        List.of(new Evidence("silenceSeconds", null, 5.001, ">", 5)),
                        List.of(),
                        null,
                        "still:1:X:6001:3:41"));
    }

    @Test
    void theWindowOfEvidenceIsInItsCanonicalForm() {
        List<Tick> ticks = List.of(Ticks.tick("X").at(1000).tick());
        List<Rule> rules = Stream.of("1ms", "1500ms", "90s", "3600s", "1440m", "60000ms")
                .map(over -> Rules.rule("over-" + over + ": count over " + over + " > 0"))
                .toList();
        assertThat(NaiveRules.flags(rules, ticks))
                .extracting(flag -> flag.evidence().get(0).over())
                .containsExactly("1ms", "1500ms", "90s", "1h", "1d", "1m");
    }

    @Test
    void aLateTickInAQuietTimeThatIsOverIsUndecided() {
        RuleCase quiet = RuleCases.all().stream()
                .filter(each -> each.words().startsWith("price > 100, cooldown 10s | 0@101 5! ~3@150 |"))
                .findFirst()
                .orElseThrow();
        Shown late = quiet.shown().get(2);
        for (long over : new long[] {9998, 9999}) {
            List<Shown> shown = List.of(quiet.shown().get(0), new Shown.Watermark(RuleCases.NOON + over), late);
            assertThat(NaiveRules.replay(List.of(quiet.rule()), shown, time -> null).undecided)
                    .as("%s ms", over)
                    .hasSize(over == 9999 ? 1 : 0);
        }
    }

    @Test
    void itSaysWhatItSaw() {
        TreeSet<String> seen = new TreeSet<>();
        for (RuleCase each : RuleCases.all()) {
            seen.addAll(NaiveRules.replay(List.of(each.rule()), each.shown(), each.previousClose(), each.settings())
                    .seen
                    .keySet());
        }
        assertThat(seen)
                .contains(
                        "changePct >= met",
                        "changePct >= not met",
                        "changePct at its limit",
                        "changePct without a value",
                        "begins to apply",
                        "ceases to apply",
                        "late quote",
                        "late quote that is too late",
                        "no longer held because of a check",
                        "no longer held because of a quote that is too old",
                        "no longer held because of a tick that is too old",
                        "no longer held because of another instrument",
                        "no longer held because of another day",
                        "no longer held because of out of hours",
                        "not published again, as the rule ceases to apply",
                        "on quotes spreadBps at its limit",
                        "published again",
                        "silence found by the watermark",
                        "silence when the rule does not apply any more",
                        "silence when the rule does not look");
    }
}
