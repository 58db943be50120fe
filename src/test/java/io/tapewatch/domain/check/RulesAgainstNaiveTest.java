package io.tapewatch.domain.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.quote.GeneratedQuotes;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
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

    private static final int STREAMS = Rounds.of(600);
    private static final int STREAMS_WITH_CONDITIONS = Rounds.of(240);
    private static final int STREAMS_WITH_QUOTES = Rounds.of(240);
    private static final int RULES = 12;

    /** Those with N set no price. NI is one code, and there is no space in one. */
    private static final List<String> CONDITIONS = List.of("N", "I", "I,N", "N, T", "T", "NI", "@,I", "TT");

    private static final List<String> SELECTIONS =
            List.of("", "", ", conditions all", ", conditions I T", ", conditions T", ", conditions N");

    private static final QuoteSettings NO_QUOTES = new QuoteSettings(5000, TapeOrder.QUOTES_AFTER);

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

    /** All that is made from a seed. */
    private record Stream(
            long seed,
            List<Rule> rules,
            List<Shown> shown,
            Closes previousClose,
            QuoteSettings settings,
            boolean late,
            boolean instrumentsChange) {

        static Stream of(long seed) {
            boolean late = seed % 3 == 0;
            GeneratedRules generated = GeneratedRules.ofAnyScale(seed, late);
            List<Rule> drafts = IntStream.range(0, RULES)
                    .mapToObj(i -> Rules.rule(generated.rule("r" + i)))
                    .toList();
            List<Rule> rules = NaiveRules.withValuesAsLimits(
                    drafts, generated.shown(), generated.previousClose(), NO_QUOTES, new SplittableRandom(seed));
            return new Stream(seed, rules, generated.shown(), generated.previousClose(), NO_QUOTES, late, false);
        }

        /** With prints that set no price, and rules that see them. */
        static Stream withConditions(long seed) {
            boolean late = seed % 3 == 0;
            SplittableRandom random = new SplittableRandom(seed);
            GeneratedRules generated = GeneratedRules.ofAnyScale(seed, late);
            List<Shown> shown = new ArrayList<>();
            generated.shown().forEach(each -> shown.add(withConditions(each, random)));
            // The last watermark is shown in each manner, and tells silences.
            shown.add(new Shown.Watermark(latestTime(shown)));
            List<Rule> drafts = IntStream.range(0, RULES)
                    .mapToObj(i -> Rules.rule(generated.rule("r" + i) + any(SELECTIONS, random)))
                    .toList();
            List<Rule> rules = NaiveRules.withValuesAsLimits(
                    drafts, shown, generated.previousClose(), NO_QUOTES, new SplittableRandom(seed));
            return new Stream(seed, rules, shown, generated.previousClose(), NO_QUOTES, late, false);
        }

        private static long latestTime(List<Shown> shown) {
            return shown.stream()
                    .mapToLong(each -> each instanceof Shown.Watermark watermark
                            ? watermark.time()
                            : each instanceof Shown.InOrder inOrder
                                    ? inOrder.tick().time()
                                    : Long.MIN_VALUE)
                    .max()
                    .orElseThrow();
        }

        private static Shown withConditions(Shown shown, SplittableRandom random) {
            if (shown instanceof Shown.InOrder inOrder) {
                return new Shown.InOrder(withConditions(inOrder.tick(), random));
            }
            return shown instanceof Shown.Late late ? new Shown.Late(withConditions(late.tick(), random)) : shown;
        }

        private static Tick withConditions(Tick tick, SplittableRandom random) {
            return Ticks.of(
                    tick.symbol(),
                    tick.price(),
                    tick.size(),
                    tick.time(),
                    tick.nanos(),
                    tick.id(),
                    tick.seq(),
                    tick.side(),
                    tick.venue(),
                    random.nextBoolean() ? null : any(CONDITIONS, random),
                    tick.origin());
        }

        private static String any(List<String> list, SplittableRandom random) {
            return list.get(random.nextInt(list.size()));
        }

        static Stream withQuotes(long seed) {
            boolean late = seed % 3 == 0;
            boolean instrumentsChange = seed % 2 == 0;
            GeneratedRules generated = new GeneratedRules(seed, late);
            GeneratedQuotes quotes = new GeneratedQuotes(seed, generated.shown(), late, instrumentsChange);
            List<Rule> drafts = IntStream.range(0, RULES)
                    .mapToObj(i -> Rules.rule(generated.ruleWithQuotes("r" + i)))
                    .toList();
            List<Rule> rules = NaiveRules.withValuesAsLimits(
                    drafts, quotes.shown(), generated.previousClose(), quotes.settings(), new SplittableRandom(seed));
            return new Stream(
                    seed, rules, quotes.shown(), generated.previousClose(), quotes.settings(), late, instrumentsChange);
        }
    }

    @Test
    void theyFlagWhatANaiveReplayFlags() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS; seed++) {
            check(Stream.of(seed), seen);
        }
        if (Rounds.areAll()) {
            assertThat(seen).as("what %s streams had, and how often", STREAMS).containsKeys(required());
        }
    }

    @Test
    void soTheyDoWhereRulesSeeOtherPrints() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS_WITH_CONDITIONS; seed++) {
            Stream stream = Stream.withConditions(seed);
            check(stream, seen);
            stream.rules.forEach(rule -> seen.merge("rules that see " + rule.prints(), 1, Integer::sum));
        }
        assertThat(seen)
                .as("what %s streams had, and how often", STREAMS_WITH_CONDITIONS)
                .containsKeys(
                        "flag",
                        "late flag",
                        "published again",
                        "silence found by the watermark",
                        "rules that see " + PrintSelection.PRICED,
                        "rules that see " + PrintSelection.ALL,
                        "rules that see " + PrintSelection.of(List.of("I", "T")));
    }

    @Test
    void soTheyDoWhereThereAreQuotesAndInstruments() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS_WITH_QUOTES; seed++) {
            check(Stream.withQuotes(seed), seen);
        }
        if (Rounds.areAll()) {
            assertThat(seen)
                    .as("what %s streams had, and how often", STREAMS_WITH_QUOTES)
                    .containsKeys(requiredWithQuotes());
        }
    }

    private static void check(Stream stream, Map<String, Integer> seen) throws IOException {
        List<Rule> rules = stream.rules;
        NaiveRules.Replay naive = NaiveRules.replay(rules, stream.shown, stream.previousClose, stream.settings);
        naive.seen.forEach((what, times) -> seen.merge(what, times, Integer::sum));
        for (Manner manner : Manner.values()) {
            if ((stream.late || stream.instrumentsChange) && manner == Manner.TICKS_ALONE) {
                continue; // where a watermark is decides what is late, and what a rule that begins to apply knows
            }
            String words = "seed " + stream.seed + ", " + manner;
            RuleRun run = new RuleRun(rules, stream.previousClose, stream.settings, manner == Manner.WHEN_DUE);
            try {
                show(run, stream.shown, manner, stream.late, new SplittableRandom(-stream.seed));
            } catch (AssertionError e) {
                throw new AssertionError(words, e);
            }
            for (int i = 0; i < RULES; i++) {
                Rule rule = rules.get(i);
                if (!naive.undecided.contains(rule.id())) {
                    String withRule = words + ", " + rule;
                    assertThat(of(rule, run.flags)).as(withRule).isEqualTo(of(rule, naive.flags));
                    assertCounts(withRule, run.book, naive, rule);
                    seen.merge("rules compared " + (stream.late ? "with late ticks" : manner), 1, Integer::sum);
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
            if (metric != Metric.SILENCE_SECONDS && !metric.needsQuotes()) {
                boolean hasAlwaysAValue = metric == Metric.PRICE || metric == Metric.COUNT;
                addRequired("", metric, hasAlwaysAValue, required);
            }
        }
        return required.toArray(String[]::new);
    }

    private static String[] requiredWithQuotes() {
        List<String> required = new ArrayList<>(List.of(
                "begins to apply",
                "ceases to apply",
                "check suppressed for a flag",
                "flag on a quote",
                "flag on a quote, held",
                "late check suppressed for a flag",
                "late check suppressed for a late flag",
                "late flag",
                "late flag on a quote",
                "late quote",
                "late quote that is too late",
                "no longer held because of another instrument",
                "no longer held because of out of hours",
                "not looking: other sectors",
                "not looking: other venues",
                "not published again, as the rule ceases to apply",
                "published again",
                "rules compared EACH_WATERMARK",
                "rules compared TICKS_ALONE",
                "rules compared WHEN_DUE",
                "rules compared with late ticks",
                "silence found by the watermark",
                "silence when the rule does not apply any more"));
        for (Metric metric : Metric.values()) {
            if (metric.needsQuotes()) {
                // Where a rule begins to apply, its windows are not known.
                addRequired("", metric, false, required);
                if (metric.isMeasuredOn(Rule.On.QUOTE)) {
                    addRequired("on quotes ", metric, false, required);
                }
            }
        }
        addRequired("", Metric.NOTIONAL, false, required);
        addRequired("", Metric.TURNOVER, false, required);
        return required.toArray(String[]::new);
    }

    private static void addRequired(String on, Metric metric, boolean hasAlwaysAValue, List<String> required) {
        for (Comparison comparison : Comparison.values()) {
            required.add(on + metric.word() + " " + comparison.sign() + " met");
            required.add(on + metric.word() + " " + comparison.sign() + " not met");
        }
        required.add(on + metric.word() + " at its limit");
        if (!hasAlwaysAValue) {
            required.add(on + metric.word() + " without a value");
        }
    }
}
