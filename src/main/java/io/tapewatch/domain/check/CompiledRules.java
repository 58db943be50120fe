package io.tapewatch.domain.check;

import io.tapewatch.domain.check.MetricValues.Measure;
import io.tapewatch.domain.rule.Aspect;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.When;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The rules that apply to a symbol and see the same of its prints, compiled for the check of its ticks and quotes: each metric stands here once, however
 * many rules need its value, and each window once.
 */
final class CompiledRules {

    /** No rules. */
    static final CompiledRules NONE = new CompiledRules(List.of(), Map.of());

    private final RuleCheck[] checks;
    private final WindowNeed[] windows;
    private final WindowNeed[] quoteWindows;
    private final boolean needQuotes;
    private final long since;
    private final long quotesSince;
    private final MetricValues values;

    /**
     * @param rules the rules, by id
     * @param counts what is counted of each, by id
     */
    CompiledRules(List<RuleInForce> rules, Map<String, RuleCounts> counts) {
        this.windows = needs(rules, false);
        this.quoteWindows = needs(rules, true);
        List<Measure> measures = new ArrayList<>();
        this.checks = rules.stream()
                .map(each -> check(
                        each,
                        measures,
                        Objects.requireNonNull(counts.get(each.rule().id()), "counts")))
                .toArray(RuleCheck[]::new);
        this.values = new MetricValues(measures.toArray(Measure[]::new));
        this.since = earliest(rules, each -> true);
        this.quotesSince = earliest(rules, CompiledRules::needsQuotes);
        this.needQuotes = rules.stream().map(RuleInForce::rule).anyMatch(CompiledRules::needsQuotes);
    }

    private static long earliest(List<RuleInForce> rules, Predicate<Rule> which) {
        return rules.stream()
                .filter(each -> which.test(each.rule()))
                .mapToLong(RuleInForce::since)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static boolean needsQuotes(Rule rule) {
        return rule.on() == Rule.On.QUOTE
                || rule.when().conditions().stream()
                        .anyMatch(each -> each.metric().countsQuotes());
    }

    boolean isEmpty() {
        return checks.length == 0;
    }

    /** The rules, by id. */
    RuleCheck[] checks() {
        return checks;
    }

    /** What they need of the symbol's windows, the shortest first. */
    WindowNeed[] windows() {
        return windows;
    }

    /** What they need of the windows of its quotes, the shortest first. */
    WindowNeed[] quoteWindows() {
        return quoteWindows;
    }

    /** Whether quotes are to be checked, or counted. */
    boolean needQuotes() {
        return needQuotes;
    }

    /** Since when the symbol's ticks have been followed for one of them; the greatest there is for none. */
    long since() {
        return since;
    }

    /** Since when its quotes have been. */
    long quotesSince() {
        return quotesSince;
    }

    /** The values of their metrics. Scratch: nothing is kept there. */
    MetricValues values() {
        return values;
    }

    // What they need.

    /** What is needed of a window, while it is being found out. */
    private static final class Need {
        private int aspects;
        private final long[] since = new long[Aspects.ALL.length];
        private final SortedMap<Long, Need> baselines = new TreeMap<>();

        Need() {
            Arrays.fill(since, Long.MAX_VALUE);
        }

        void add(int more, long from) {
            aspects |= more;
            for (Aspect aspect : Aspects.ALL) {
                if (Aspects.has(more, aspect)) {
                    since[aspect.ordinal()] = Math.min(since[aspect.ordinal()], from);
                }
            }
        }
    }

    private static WindowNeed[] needs(List<RuleInForce> rules, boolean ofQuotes) {
        SortedMap<Long, Need> needs = new TreeMap<>();
        for (RuleInForce each : rules) {
            for (Condition condition : each.rule().when().conditions()) {
                if (condition.metric().isWindowed() && condition.metric().countsQuotes() == ofQuotes) {
                    int aspects = Aspects.of(condition.metric());
                    Need need = needs.computeIfAbsent(condition.over(), over -> new Need());
                    need.add(aspects, each.since());
                    if (condition.metric().isCompared()) {
                        need.baselines
                                .computeIfAbsent(condition.baseline(), length -> new Need())
                                .add(aspects, each.since());
                    }
                }
            }
        }
        return laidOut(needs);
    }

    private static WindowNeed[] laidOut(SortedMap<Long, Need> needs) {
        return needs.entrySet().stream()
                .map(each -> new WindowNeed(
                        each.getKey(),
                        each.getValue().aspects,
                        each.getValue().since,
                        laidOut(each.getValue().baselines)))
                .toArray(WindowNeed[]::new);
    }

    // What they check.

    private RuleCheck check(RuleInForce inForce, List<Measure> measures, RuleCounts counts) {
        List<Clause.Limit> limits = new ArrayList<>();
        Clause when = clause(inForce.rule().when(), false, measures, limits);
        return new RuleCheck(inForce, when, limits.toArray(Clause.Limit[]::new), counts);
    }

    private Clause clause(When when, boolean negated, List<Measure> measures, List<Clause.Limit> limits) {
        if (when instanceof Condition condition) {
            Comparison is = negated ? condition.is().inverted() : condition.is();
            Clause.Limit limit = Clause.Limit.of(limits.size(), measure(condition, measures), condition, is, negated);
            limits.add(limit);
            return limit;
        }
        if (when instanceof When.Not not) {
            return clause(not.of(), !negated, measures, limits);
        }
        List<Clause> parts = when.parts().stream()
                .map(part -> clause(part, negated, measures, limits))
                .toList();
        return when instanceof When.All != negated ? new Clause.Every(parts) : new Clause.Some(parts);
    }

    private int measure(Condition condition, List<Measure> measures) {
        WindowNeed[] among = condition.metric().countsQuotes() ? quoteWindows : windows;
        int window = placeOf(condition.over(), among);
        int baseline = window < 0 ? -1 : placeOf(condition.baseline(), among[window].baselines());
        Measure measure = new Measure(
                condition.metric(),
                Aspects.of(condition.metric()),
                window,
                condition.over(),
                baseline,
                condition.baseline());
        int known = measures.indexOf(measure);
        if (known >= 0) {
            return known;
        }
        measures.add(measure);
        return measures.size() - 1;
    }

    private static int placeOf(long length, WindowNeed[] among) {
        for (int i = 0; i < among.length; i++) {
            if (among[i].length() == length) {
                return i;
            }
        }
        return -1;
    }
}
