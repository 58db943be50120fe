package io.tapewatch.cli;

import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.io.rules.RuleParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules of a file, each looked at before any is sent: the job's own parser reads it, and no id may stand in the file
 * twice. What depends on the job, such as the version in force and its limits, is not looked at.
 */
final class RuleFileCheck {

    /**
     * A rule of the file.
     *
     * @param name what it is called: its id, or its number in the file
     * @param rule the rule as it stands there
     * @param parsed what the parser made of it; a rejection where no job would accept it
     */
    record Checked(String name, RuleFile.Entry rule, ParsedRule parsed) {

        boolean isValid() {
            return parsed instanceof ParsedRule.Change;
        }
    }

    private final RuleParser parser = new RuleParser();

    /** By id. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private RuleFileCheck() {}

    /** Looks at the rules of a file, in their order. */
    static List<Checked> check(RuleFile file) {
        RuleFileCheck check = new RuleFileCheck();
        List<Checked> checked = new ArrayList<>();
        for (RuleFile.Entry rule : file.rules()) {
            int number = checked.size() + 1;
            checked.add(new Checked(nameOf(rule, number), rule, check.parse(rule, number)));
        }
        return checked;
    }

    private static String nameOf(RuleFile.Entry rule, int number) {
        return rule.id() == null || rule.id().isEmpty() ? "rule " + number : rule.id();
    }

    private ParsedRule parse(RuleFile.Entry rule, int number) {
        ParsedRule parsed = parser.parse(null, rule.json().getBytes(StandardCharsets.UTF_8));
        Integer first = numbers.putIfAbsent(nameOf(rule, number), number);
        if (first == null || !(parsed instanceof ParsedRule.Change change)) {
            return parsed;
        }
        return new ParsedRule.Rejection(
                change.change().ruleId(),
                Objects.requireNonNull(change.change().rule(), "rule").version(),
                "rule " + first + " of the file has the same id: keep one of them, or give one another id");
    }
}
