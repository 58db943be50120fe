package io.tapewatch.io.rules;

import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import org.jspecify.annotations.Nullable;

/** What a record of the rules topic turned out to be. */
public sealed interface ParsedRule {

    /** A rule, or the deletion of one. */
    record Change(RuleChange change) implements ParsedRule {}

    /**
     * Nothing that can be applied.
     *
     * @param ruleId the rule's id, or null when the record does not say
     * @param version the rule's version, or null when the record does not say
     * @param reason what is wrong and what would be right
     */
    record Rejection(@Nullable String ruleId, @Nullable Integer version, String reason) implements ParsedRule {

        /** @param time the Kafka timestamp of the record */
        public Verdict verdict(long time) {
            return new Verdict(ruleId, version, Verdict.Outcome.REJECTED, reason, time);
        }
    }
}
