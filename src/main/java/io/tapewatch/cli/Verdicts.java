package io.tapewatch.cli;

import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.io.rules.ParsedRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Verdicts on rules, and on those that were not sent what is wrong with them: a line each, and how many of each kind. */
final class Verdicts {

    private final Columns columns = new Columns();
    private int rules;
    private int rejected;
    private int missing;
    private int invalid;

    /**
     * @param rule what the rule is called
     * @param verdict the verdict on it, or null when there is none
     */
    void add(String rule, @Nullable Verdict verdict) {
        if (verdict == null) {
            missing++;
            add(rule, null, "no verdict", null);
            return;
        }
        rejected += verdict.outcome() == Verdict.Outcome.REJECTED ? 1 : 0;
        add(rule, verdict.version(), verdict.outcome().word(), verdict.reason());
    }

    /** Adds a rule that no job would accept. */
    void addInvalid(String rule, ParsedRule.Rejection why) {
        invalid++;
        add(rule, why.version(), "invalid", why.reason());
    }

    /** Adds a rule that could have been sent. */
    void addValid(String rule, RuleChange change) {
        add(rule, Objects.requireNonNull(change.rule(), "rule").version(), "valid", null);
    }

    private void add(String rule, @Nullable Integer version, String what, @Nullable String reason) {
        rules++;
        columns.add(rule, version == null ? "" : version.toString(), what, reason == null ? "" : reason);
    }

    Columns columns() {
        return columns;
    }

    /** How many verdicts did not come. */
    int missing() {
        return missing;
    }

    /** How many rules were not sent, as no job would accept them. */
    int invalid() {
        return invalid;
    }

    boolean areGood() {
        return rejected == 0 && missing == 0 && invalid == 0;
    }

    /** {@code 5 rules, 1 rejected}, or {@code 5 rules, 1 rejected, 2 invalid and not sent}. */
    String summary() {
        return rules + (rules == 1 ? " rule" : " rules") + ", " + rejected + " rejected"
                + (missing == 0 ? "" : ", " + missing + " without a verdict")
                + (invalid == 0 ? "" : ", " + invalid + " invalid and not sent");
    }
}
