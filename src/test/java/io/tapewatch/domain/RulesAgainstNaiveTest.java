package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules against a naive replay, on generated input: each stream is made from its seed, and so are its rules. */
class RulesAgainstNaiveTest {

    private static final int STREAMS = 300;
    private static final int RULES = 12;

    private static final Comparator<NaiveFlag> ORDER =
            Comparator.comparing(NaiveFlag::id).thenComparing(NaiveFlag::revision);

    /** How the rules are shown a stream. */
    private enum Manner {
        /** Each watermark, and they are copied, written and read, and asked to forget now and then. */
        EACH_WATERMARK,
        /** Those watermarks that they ask for, and so on. */
        WHEN_DUE,
        /** No watermark before the last tick. */
        TICKS_ALONE
    }

    @Test
    void theyFlagWhatANaiveReplayFlags() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS; seed++) {
            check(seed, seen);
        }
        assertThat(seen).as("what %s streams had, and how often", STREAMS).containsKeys(required());
    }

    private static void check(long seed, Map<String, Integer> seen) throws IOException {
        boolean late = seed % 3 == 0;
        GeneratedRules generated = new GeneratedRules(seed, late);
        List<String> lines =
                IntStream.range(0, RULES).mapToObj(i -> generated.rule("r" + i)).toList();
        List<Rule> rules = lines.stream().map(Rules::rule).toList();
        NaiveRules.Replay naive = NaiveRules.replay(rules, generated.shown(), generated.previousClose());
        naive.seen.forEach((what, times) -> seen.merge(what, times, Integer::sum));
        for (Manner manner : Manner.values()) {
            if (late && manner == Manner.TICKS_ALONE) {
                continue; // where a watermark is decides what is late
            }
            RuleRun run = new RuleRun(rules, generated.previousClose(), manner == Manner.WHEN_DUE);
            try {
                show(run, generated.shown(), manner, late, new SplittableRandom(-seed));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + manner, e);
            }
            for (int i = 0; i < RULES; i++) {
                if (!naive.undecided.contains(rules.get(i).id())) {
                    String words = "seed " + seed + ", " + manner + ", " + lines.get(i);
                    assertThat(of(rules.get(i), run.flags)).as(words).isEqualTo(of(rules.get(i), naive.flags));
                    assertCounts(words, run.book, naive, rules.get(i));
                    seen.merge("rules compared " + (late ? "with late ticks" : manner), 1, Integer::sum);
                }
            }
        }
    }

    private static void show(RuleRun run, List<Shown> shown, Manner manner, boolean late, SplittableRandom random)
            throws IOException {
        Shown last = shown.get(shown.size() - 1);
        for (Shown each : shown) {
            boolean isWatermark = each instanceof Shown.Watermark;
            if (!isWatermark || manner != Manner.TICKS_ALONE || each == last) {
                run.show(each);
            }
            if (manner == Manner.TICKS_ALONE) {
                continue;
            }
            switch (random.nextInt(20)) {
                case 0 -> run.copy();
                case 1 -> run.writeAndRead();
                case 2 -> {
                    // What it forgets is of no use to ticks in order, but might be to a late one.
                    if (each instanceof Shown.Watermark watermark && !late) {
                        run.forget(watermark.time());
                    }
                }
                default -> {}
            }
        }
        run.end();
    }

    private static List<NaiveFlag> of(Rule rule, List<NaiveFlag> flags) {
        return flags.stream()
                .filter(flag -> flag.ruleId().equals(rule.id()))
                .sorted(ORDER)
                .toList();
    }

    private static void assertCounts(String words, RuleBook book, NaiveRules.Replay naive, Rule rule) {
        RuleCounts counts = book.counts(rule.id());
        NaiveRules.Counts expected = naive.counts.get(rule.id());
        assertThat(List.of(counts.checked(), counts.flagged(), counts.suppressed(), counts.lastTick()))
                .as("%s: checked, flagged, suppressed, last", words)
                .containsExactly(expected.checked, expected.flagged, expected.suppressed, expected.lastTick);
    }

    /** What must have been seen for the comparison to say something. */
    private static String[] required() {
        List<String> required = new ArrayList<>(List.of(
                "another condition while quiet",
                "check suppressed for a flag",
                "check suppressed for a late flag",
                "flag",
                "flag in shadow",
                "held for long enough",
                "held, but not yet for long enough",
                "late check suppressed for a flag",
                "late check suppressed for a late flag",
                "late flag",
                "late flag in shadow",
                "more extreme while quiet",
                "no longer held because of a check",
                "no longer held because of a tick that is too old",
                "no longer held because of after until",
                "no longer held because of another day",
                "no longer held because of out of hours",
                "not looking: after until",
                "not looking: before from",
                "not looking: except",
                "not looking: other symbols",
                "not looking: out of hours",
                "not looking: paused",
                "not met for want of a value",
                "published again",
                "rules compared EACH_WATERMARK",
                "rules compared TICKS_ALONE",
                "rules compared WHEN_DUE",
                "rules compared with late ticks",
                "silence found by the next tick at the latest",
                "silence found by the watermark",
                "silence that ended too soon",
                "silence until the end",
                "silence when the rule does not look"));
        for (Metric metric : Metric.values()) {
            if (metric == Metric.SILENCE_SECONDS || metric.needsQuotes()) {
                continue;
            }
            for (Comparison comparison : Comparison.values()) {
                required.add(metric.word() + " " + comparison.sign() + " met");
                required.add(metric.word() + " " + comparison.sign() + " not met");
            }
            required.add(metric.word() + " at its limit");
            if (metric != Metric.PRICE && metric != Metric.COUNT) {
                required.add(metric.word() + " without a value");
            }
        }
        return required.toArray(String[]::new);
    }
}
