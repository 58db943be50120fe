package io.tapewatch.cli;

import io.tapewatch.domain.Verdict;

/** Verdicts on rules, a line each, and how many there are of each kind. */
final class Verdicts {

    private final Columns columns = new Columns();
    private int rules;
    private int rejected;
    private int missing;

    /**
     * @param rule what the rule is called
     * @param verdict the verdict on it, or null when there is none
     */
    void add(String rule, Verdict verdict) {
        rules++;
        if (verdict == null) {
            missing++;
            columns.add(rule, "", "no verdict");
            return;
        }
        rejected += verdict.outcome() == Verdict.Outcome.REJECTED ? 1 : 0;
        columns.add(
                rule,
                verdict.version() == null ? "" : verdict.version().toString(),
                verdict.outcome().word(),
                verdict.reason() == null ? "" : verdict.reason());
    }

    Columns columns() {
        return columns;
    }

    /** How many verdicts did not come. */
    int missing() {
        return missing;
    }

    boolean areGood() {
        return rejected == 0 && missing == 0;
    }

    /** {@code 5 rules, 1 rejected}. */
    String summary() {
        return rules + (rules == 1 ? " rule" : " rules") + ", " + rejected + " rejected"
                + (missing == 0 ? "" : ", " + missing + " without a verdict");
    }
}
