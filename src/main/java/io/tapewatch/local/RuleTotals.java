package io.tapewatch.local;

import static io.tapewatch.local.Account.grouped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a rule did in a run.
 *
 * @param id the rule's id
 * @param checked how many ticks it looked at
 * @param flags how many flags it raised; one that is updated counts once
 * @param suppressed how many checks met it while it was quiet
 */
record RuleTotals(String id, long checked, long flags, long suppressed) {

    private static final String HEADING = "rule";

    /** A heading and a line for each rule; nothing without rules. */
    static List<String> table(List<RuleTotals> rules) {
        if (rules.isEmpty()) {
            return List.of();
        }
        int width = HEADING.length();
        for (RuleTotals rule : rules) {
            width = Math.max(width, rule.id.length());
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(width, HEADING, "checked", "flags", "suppressed"));
        for (RuleTotals rule : rules) {
            lines.add(line(width, rule.id, grouped(rule.checked), grouped(rule.flags), grouped(rule.suppressed)));
        }
        return lines;
    }

    private static String line(int width, String rule, String checked, String flags, String suppressed) {
        return String.format(Locale.ROOT, "%-" + width + "s %12s %10s %12s", rule, checked, flags, suppressed);
    }
}
