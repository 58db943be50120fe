package io.tapewatch.domain.rule;

import io.tapewatch.domain.Origin;

/**
 * What a record of the rules topic asks for.
 *
 * @param change the change, or null when the record could not be understood
 * @param refusal the verdict on a record that could not be understood, or null
 * @param origin where that record is
 */
public record RuleRequest(RuleChange change, Verdict refusal, Origin origin) {}
