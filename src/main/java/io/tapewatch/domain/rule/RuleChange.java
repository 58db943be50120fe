package io.tapewatch.domain.rule;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the rules topic asks for: a rule, or a new version of it, or its deletion.
 *
 * @param ruleId the rule's id
 * @param rule the rule as it shall be, or null to delete it
 */
public record RuleChange(String ruleId, @Nullable Rule rule) {

    public RuleChange {
        Objects.requireNonNull(ruleId, "ruleId");
        if (rule != null && !rule.id().equals(ruleId)) {
            throw new IllegalArgumentException("A change of rule " + ruleId + " holds rule " + rule.id());
        }
    }

    public boolean isDeletion() {
        return rule == null;
    }
}
