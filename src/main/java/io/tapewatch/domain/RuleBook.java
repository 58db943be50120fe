package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules in force. Active and paused ones are; what is rejected leaves it as it was.
 *
 * <p>Not for several threads.
 */
public final class RuleBook {

    private static final int MAX_CACHED = 100_000;

    private final int maxCount;
    private final int maxWindows;
    private final long maxOver;
    private final SortedMap<String, Rule> rules = new TreeMap<>();

    /** Stands for the rules as they are now; another object once they have changed. */
    private Object edition = new Object();

    private List<ActiveRule> active = List.of();
    private final Map<String, RulesOfSymbol> bySymbol = new HashMap<>();
    private final Map<List<Rule>, RulesOfSymbol> shared = new HashMap<>();

    private record ActiveRule(Rule rule, SymbolPattern symbols) {}

    /**
     * An empty book.
     *
     * @param maxCount how many rules can be in force
     * @param maxWindows how many distinct windows the active ones can have
     * @param maxOver how long such a window can be, in milliseconds
     */
    public RuleBook(int maxCount, int maxWindows, long maxOver) {
        this.maxCount = maxCount;
        this.maxWindows = maxWindows;
        this.maxOver = maxOver;
    }

    /**
     * Makes the change, or rejects it with a reason.
     *
     * @param time the Kafka timestamp of the record that asks for it
     */
    public Verdict apply(RuleChange change, long time) {
        Rule inForce = rules.get(change.ruleId());
        return change.isDeletion() ? delete(change.ruleId(), inForce, time) : replace(inForce, change.rule(), time);
    }

    private Verdict delete(String id, Rule inForce, long time) {
        if (inForce == null) {
            return new Verdict(
                    id, null, Verdict.Outcome.REJECTED, "there is no rule " + Quoted.quoted(id) + " to delete", time);
        }
        rules.remove(id);
        changed();
        return new Verdict(id, inForce.version(), Verdict.Outcome.DELETED, null, time);
    }

    private Verdict replace(Rule inForce, Rule rule, long time) {
        if (rule.equals(inForce)) {
            String reason = "identical to the version in force";
            return new Verdict(rule.id(), rule.version(), Verdict.Outcome.ACCEPTED, reason, time);
        }
        String objection = objection(inForce, rule);
        if (objection != null) {
            return new Verdict(rule.id(), rule.version(), Verdict.Outcome.REJECTED, objection, time);
        }
        restore(rule);
        return new Verdict(rule.id(), rule.version(), Verdict.Outcome.ACCEPTED, null, time);
    }

    private String objection(Rule inForce, Rule rule) {
        if (inForce != null && rule.version() <= inForce.version()) {
            return "version " + rule.version() + " is not higher than version " + inForce.version()
                    + ", which is in force" + (rule.version() == inForce.version() ? " and differs from it" : "")
                    + ": send a higher one, or delete the rule first";
        }
        if (inForce == null && rules.size() >= maxCount) {
            return rules.size() + " rules are in force and at most " + maxCount
                    + " can be (rules.max-count): delete one first";
        }
        if (overOf(rule) > maxOver) {
            return "\"over\" " + Durations.format(overOf(rule)) + " is longer than " + Durations.format(maxOver)
                    + " (rules.max-over): use a shorter window";
        }
        SortedSet<Long> others = windowsWithout(rule.id());
        if (rule.looks()
                && overOf(rule) != Condition.NO_OVER
                && !others.contains(overOf(rule))
                && others.size() >= maxWindows) {
            return "\"over\" " + Durations.format(overOf(rule)) + " would be one window more than the "
                    + maxWindows + " that active rules can have (rules.max-windows): use one of "
                    + String.join(", ", others.stream().map(Durations::format).toList());
        }
        return null;
    }

    /** Puts a rule in force that was accepted before, as from a checkpoint, whatever version and limits say. */
    public void restore(Rule rule) {
        rules.put(rule.id(), rule);
        changed();
    }

    private void changed() {
        edition = new Object();
        bySymbol.clear();
        shared.clear();
        active = rules.values().stream()
                .filter(Rule::looks)
                .map(rule -> new ActiveRule(rule, new SymbolPattern(rule.symbols())))
                .toList();
    }

    /** The rules in force, active and paused, by id. */
    public Collection<Rule> rules() {
        return Collections.unmodifiableCollection(rules.values());
    }

    /** The lengths of the distinct windows of the active rules in milliseconds, the shortest first. */
    SortedSet<Long> windows() {
        return windowsWithout(null);
    }

    private SortedSet<Long> windowsWithout(String id) {
        SortedSet<Long> windows = new TreeSet<>();
        for (ActiveRule each : active) {
            if (overOf(each.rule) != Condition.NO_OVER && !each.rule.id().equals(id)) {
                windows.add(overOf(each.rule));
            }
        }
        return windows;
    }

    private static long overOf(Rule rule) {
        return ((Condition) rule.when()).over();
    }

    /** Whether these are a symbol's rules as they are now, in this book. */
    boolean isCurrent(RulesOfSymbol rulesOfSymbol) {
        return rulesOfSymbol.edition == edition;
    }

    /** The active rules that apply to the symbol. Symbols to which the same ones apply share them. */
    RulesOfSymbol rulesOf(String symbol) {
        RulesOfSymbol cached = bySymbol.get(symbol);
        if (cached != null) {
            return cached;
        }
        List<Rule> applying = new ArrayList<>();
        for (ActiveRule each : active) {
            if (each.symbols.matches(symbol)) {
                applying.add(each.rule);
            }
        }
        RulesOfSymbol rulesOfSymbol = shared.computeIfAbsent(applying, all -> new RulesOfSymbol(all, edition));
        if (bySymbol.size() >= MAX_CACHED) {
            bySymbol.clear();
        }
        bySymbol.put(symbol, rulesOfSymbol);
        return rulesOfSymbol;
    }
}
