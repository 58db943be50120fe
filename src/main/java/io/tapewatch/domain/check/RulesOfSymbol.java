package io.tapewatch.domain.check;

import io.tapewatch.domain.rule.PrintSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that apply to a symbol, by the prints that they see: usually all see those that set a price.
 *
 * @param version the version of the book that these rules are of
 * @param priced those that see the prints that set a price
 * @param others the others, in the order of their selections
 */
record RulesOfSymbol(Object version, CompiledRules priced, List<OfSelection> others) {

    /** No rules, and those of no book. */
    static final RulesOfSymbol NONE = new RulesOfSymbol(new Object(), CompiledRules.NONE, List.of());

    /** The rules that see the same prints, one at least. */
    record OfSelection(PrintSelection prints, CompiledRules rules) {}

    /**
     * Compiles rules.
     *
     * @param rules the rules, by id
     * @param counts what is counted of each, by id
     */
    static RulesOfSymbol of(List<RuleInForce> rules, Map<String, RuleCounts> counts, Object version) {
        SortedMap<PrintSelection, List<RuleInForce>> byPrints = new TreeMap<>();
        for (RuleInForce each : rules) {
            byPrints.computeIfAbsent(each.rule().prints(), prints -> new ArrayList<>())
                    .add(each);
        }
        List<RuleInForce> priced = byPrints.getOrDefault(PrintSelection.PRICED, List.of());
        List<OfSelection> others = byPrints.entrySet().stream()
                .filter(each -> !each.getKey().isPriced())
                .map(each -> new OfSelection(each.getKey(), new CompiledRules(each.getValue(), counts)))
                .toList();
        return new RulesOfSymbol(version, new CompiledRules(priced, counts), others);
    }

    boolean isOf(Object otherVersion) {
        return version == otherVersion;
    }

    /** Those with a selection; none if no rule has it. */
    CompiledRules of(PrintSelection prints) {
        if (prints.isPriced()) {
            return priced;
        }
        for (OfSelection each : others) {
            if (each.prints.equals(prints)) {
                return each.rules;
            }
        }
        return CompiledRules.NONE;
    }
}
