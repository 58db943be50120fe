package io.tapewatch.domain.check;

import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiled condition of a rule, which must hold for a flag: each {@code not} has been carried down to the conditions, so
 * that all that is left are limits and all or some of such.
 */
sealed interface Clause permits Clause.Limit, Clause.Every, Clause.Some {

    boolean holds(MetricValues values);

    /**
     * Puts down what each limit saw that holds, in the parts that hold; for a clause that does.
     *
     * @param most what was most extreme before, by place, null for nothing: what is not more extreme is not put down
     */
    void see(MetricValues values, @Nullable Seen[] seen, @Nullable Seen[] most);

    /**
     * A metric on the right side of a limit.
     *
     * @param place which of the rule's conditions it is, in the order in which they are written
     * @param measure the place of its metric among what is measured
     * @param condition the condition as it is written
     * @param bound its limit, for comparing
     * @param surelyBelow an estimate below this is of a value below the limit
     * @param surelyAbove an estimate above this is of a value above the limit
     * @param is how it compares; the contrary of the condition's when that is negated
     * @param holdsBelow whether it holds below the limit
     * @param holdsAbove whether it holds above the limit
     * @param holdsWithoutValue whether it holds when the metric has no value: when the condition is negated
     */
    record Limit(
            int place,
            int measure,
            Condition condition,
            io.tapewatch.domain.exact.Limit bound,
            double surelyBelow,
            double surelyAbove,
            Comparison is,
            boolean holdsBelow,
            boolean holdsAbove,
            boolean holdsWithoutValue)
            implements Clause {

        static Limit of(int place, int measure, Condition condition, Comparison is, boolean holdsWithoutValue) {
            io.tapewatch.domain.exact.Limit bound = io.tapewatch.domain.exact.Limit.of(condition.limit());
            double subtracted = QuickEstimates.subtracted(condition.metric());
            return new Limit(
                    place,
                    measure,
                    condition,
                    bound,
                    bound.surelyBelow(subtracted),
                    bound.surelyAbove(subtracted),
                    is,
                    is.holds(-1),
                    is.holds(1),
                    holdsWithoutValue);
        }

        @Override
        public boolean holds(MetricValues values) {
            double estimate = values.estimate(measure);
            if (estimate < surelyBelow) {
                return holdsBelow;
            }
            if (estimate > surelyAbove) {
                return holdsAbove;
            }
            return values.hasValue(measure) ? is.holds(values.compare(measure, bound)) : holdsWithoutValue;
        }

        @Override
        public void see(MetricValues values, @Nullable Seen[] seen, @Nullable Seen[] most) {
            if (values.hasValue(measure)) {
                double value = values.value(measure);
                Seen before = most[place];
                if (before == null || is.isMoreExtreme(value, before.value())) {
                    seen[place] = new Seen(
                            value, values.base(measure), values.atHand().to());
                }
            }
        }
    }

    /** All of them. */
    record Every(List<Clause> of) implements Clause {

        @Override
        public boolean holds(MetricValues values) {
            for (int i = 0; i < of.size(); i++) {
                if (!of.get(i).holds(values)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void see(MetricValues values, @Nullable Seen[] seen, @Nullable Seen[] most) {
            of.forEach(each -> each.see(values, seen, most));
        }
    }

    /** One of them, or more. */
    record Some(List<Clause> of) implements Clause {

        @Override
        public boolean holds(MetricValues values) {
            for (int i = 0; i < of.size(); i++) {
                if (of.get(i).holds(values)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void see(MetricValues values, @Nullable Seen[] seen, @Nullable Seen[] most) {
            for (Clause each : of) {
                if (each.holds(values)) {
                    each.see(values, seen, most);
                }
            }
        }
    }
}
