package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The active rules that apply to a symbol, laid out for its ticks to be checked: each thing to measure once, however
 * many rules look at it, and each window once.
 */
final class RulesOfSymbol {

    /** A metric, and the place of its window in {@link #overs}. */
    record Measure(Metric metric, int window) {}

    /** The edition of the book that these rules are of. */
    final Object edition;

    /** The rules, by id. */
    final Rule[] rules;

    /** For each rule the place of its measure. */
    final int[] measureOf;

    final Measure[] measures;

    /** The lengths of the windows in milliseconds, the shortest first. */
    final long[] overs;

    /** For each measure its value at the tick being checked, NaN for none. Scratch: nothing is kept here. */
    final double[] values;

    /** For each measure the price its change is counted from. Scratch as well. */
    final double[] bases;

    RulesOfSymbol(List<Rule> rules, Object edition) {
        this.edition = edition;
        this.rules = rules.toArray(Rule[]::new);
        this.overs = rules.stream()
                .map(rule -> (Condition) rule.when())
                .filter(condition -> condition.metric().isWindowed())
                .mapToLong(Condition::over)
                .sorted()
                .distinct()
                .toArray();
        this.measureOf = new int[this.rules.length];
        List<Measure> distinct = new ArrayList<>();
        for (int i = 0; i < this.rules.length; i++) {
            Condition when = (Condition) this.rules[i].when();
            Measure measure = new Measure(when.metric(), Arrays.binarySearch(overs, when.over()));
            int place = distinct.indexOf(measure);
            measureOf[i] = place >= 0 ? place : distinct.size();
            if (place < 0) {
                distinct.add(measure);
            }
        }
        this.measures = distinct.toArray(Measure[]::new);
        this.values = new double[measures.length];
        this.bases = new double[measures.length];
    }
}
