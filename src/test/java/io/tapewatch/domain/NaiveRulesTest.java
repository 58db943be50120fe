package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.RuleCases.RuleCase;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the oracle says what the documentation does: small cases with the flags worked out by hand. */
class NaiveRulesTest {

    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.RuleCases#all")
    void aRuleFlagsWhatItShall(RuleCase each) {
        NaiveRules.Replay replay = NaiveRules.replay(List.of(each.rule()), each.shown(), each.previousClose());
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
                        7.0,
                        8,
                        List.of(new Evidence("price", null, 8, ">=", 8)),
                        "dear:3:X:2000:3:42"));
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
                        null,
                        7,
                        List.of(new Evidence("silenceSeconds", null, 5.001, ">", 5)),
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
            assertThat(NaiveRules.replay(List.of(quiet.rule()), shown, time -> Double.NaN).undecided)
                    .as("%s ms", over)
                    .hasSize(over == 9999 ? 1 : 0);
        }
    }

    @Test
    void itSaysWhatItSaw() {
        TreeSet<String> seen = new TreeSet<>();
        for (RuleCase each : RuleCases.all()) {
            seen.addAll(NaiveRules.replay(List.of(each.rule()), each.shown(), each.previousClose())
                    .seen
                    .keySet());
        }
        assertThat(seen)
                .contains(
                        "changePct >= met",
                        "changePct >= not met",
                        "changePct at its limit",
                        "changePct without a value",
                        "no longer held because of a check",
                        "no longer held because of a tick that is too old",
                        "no longer held because of another day",
                        "no longer held because of out of hours",
                        "published again",
                        "silence found by the watermark",
                        "silence when the rule does not look");
    }
}
