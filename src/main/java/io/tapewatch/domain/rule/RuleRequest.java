package io.tapewatch.domain.rule;

import io.tapewatch.domain.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the rules topic asks for.
 *
 * @param change the change, or null when the record could not be understood
 * @param refusal the verdict on a record that could not be understood
 * @param origin where that record is
 */
public record RuleRequest(
        @Nullable RuleChange change, @Nullable Verdict refusal, Origin origin) {}
