package io.tapewatch.domain.check;

import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A rule that was accepted.
 *
 * @param rule the rule
 * @param since the watermark after which its windows can be known at the latest: when it came, or an earlier version that
 *     needed the same; the least there is for a rule that was there from the start
 * @param change which change of rules it came with, by its number; it tells a rule that was deleted and sent again from
 *     the old one, whose version it may have
 */
public record RuleInForce(Rule rule, long since, long change) {

    /** What {@link #since} is for a rule that was there from the start. */
    public static final long ALWAYS = Long.MIN_VALUE;

    /**
     * A rule that comes now.
     *
     * @param before the rule of this id that it replaces
     * @param watermark the watermark now
     * @param change which change of rules it comes with
     */
    public static RuleInForce coming(Rule rule, @Nullable RuleInForce before, long watermark, long change) {
        long since = before != null && needsNoMore(rule, before.rule) ? before.since : watermark;
        return new RuleInForce(rule, since, change);
    }

    private static boolean needsNoMore(Rule rule, Rule before) {
        return before.isEvaluated()
                && rule.on() == before.on()
                && rule.symbols().equals(before.symbols())
                && rule.except().equals(before.except())
                && rule.sectors().equals(before.sectors())
                && rule.venues().equals(before.venues())
                && rule.prints().equals(before.prints())
                && rule.when().conditions().stream()
                        .filter(each -> each.metric().isWindowed())
                        .allMatch(each -> before.when().conditions().stream().anyMatch(other -> isIn(each, other)));
    }

    /** Whether what a condition needs of its window is among what another one needs. */
    private static boolean isIn(Condition condition, Condition other) {
        return condition.metric().countsQuotes() == other.metric().countsQuotes()
                && condition.over() == other.over()
                && condition.baseline() == other.baseline()
                && other.metric().aspects().containsAll(condition.metric().aspects());
    }
}
