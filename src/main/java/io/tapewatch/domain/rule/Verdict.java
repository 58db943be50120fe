package io.tapewatch.domain.rule;

import io.tapewatch.domain.Origin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record of the rules topic.
 *
 * @param ruleId the rule's id, or null when the record does not say
 * @param version the rule's version, of a deletion the deleted one, or null when it is not known
 * @param outcome what became of it
 * @param reason why, in a sentence a person can act on; null when there is nothing to explain
 * @param time the Kafka timestamp of the record in epoch milliseconds, or {@link Origin#NO_TIMESTAMP}
 */
public record Verdict(
        @Nullable String ruleId,
        @Nullable Integer version,
        Outcome outcome,
        @Nullable String reason,
        long time) {

    /** What can become of a rule. */
    public enum Outcome {
        /** It is in force now. */
        ACCEPTED,
        /** It is not; what was in force before still is. */
        REJECTED,
        /** It is in force no longer. */
        DELETED;

        /** How rule-status spells it: {@code accepted}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
