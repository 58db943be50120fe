package io.tapewatch.domain.check;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force. Those that are active, in shadow or paused are; what is rejected leaves it as it was.
 *
 * <p>Not for several threads.
 */
public final class RuleBook {

    private static final int MAX_CACHED = 100_000;

    private final RuleLimits limits;
    private final SortedMap<String, RuleInForce> rules = new TreeMap<>();
    private final Map<String, RuleCounts> counts = new HashMap<>();

    /** Stands for the rules as they are now; another object once they have changed. */
    private Object version = new Object();

    /** Those that are not paused, by id. */
    private final SortedMap<String, EvaluatedRule> evaluated = new TreeMap<>();

    /** By window, the number of rules that need it. */
    private final SortedMap<TrailingSpan, Integer> windows = new TreeMap<>();

    private final Map<Selected, RulesOfSymbol> bySelected = new HashMap<>();

    /** By the ids of the rules. */
    private final Map<List<String>, RulesOfSymbol> shared = new HashMap<>();

    /** What of an instrument rules are selected by. */
    private record Selected(
            String symbol,
            @Nullable String sector,
            @Nullable String venue) {}

    /** A rule that is not paused. */
    private record EvaluatedRule(RuleInForce inForce, SymbolPattern symbols, SymbolPattern except) {
        static EvaluatedRule of(RuleInForce inForce) {
            Rule rule = inForce.rule();
            return new EvaluatedRule(inForce, new SymbolPattern(rule.symbols()), new SymbolPattern(rule.except()));
        }

        boolean appliesTo(Selected selected) {
            Rule rule = inForce.rule();
            return symbols.matches(selected.symbol)
                    && !except.matches(selected.symbol)
                    && isAmong(selected.sector, rule.sectors())
                    && isAmong(selected.venue, rule.venues());
        }

        private static boolean isAmong(@Nullable String name, List<String> names) {
            return names.isEmpty() || name != null && names.contains(name);
        }
    }

    /**
     * A window that rules look at: a trailing one, or, with a baseline, the one before it that it is compared with.
     *
     * @param prints the prints that the rules see
     * @param ofQuotes whether it holds the symbol's quotes; otherwise its ticks
     */
    private record TrailingSpan(PrintSelection prints, boolean ofQuotes, long over, long baseline)
            implements Comparable<TrailingSpan> {
        private static final Comparator<TrailingSpan> ORDER = Comparator.comparing(TrailingSpan::prints)
                .thenComparing(TrailingSpan::ofQuotes)
                .thenComparingLong(TrailingSpan::over)
                .thenComparingLong(TrailingSpan::baseline);

        @Override
        public int compareTo(TrailingSpan other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            String length = Durations.format(over) + (ofQuotes ? " of quotes" : "") + words(prints);
            return baseline == Condition.NO_OVER ? length : length + " with baseline " + Durations.format(baseline);
        }
    }

    private static String words(PrintSelection prints) {
        if (prints.isPriced()) {
            return "";
        }
        return prints.areAll() ? " of all prints" : " of prints with " + String.join(" or ", prints.codes());
    }

    /** An empty book. */
    public RuleBook(RuleLimits limits) {
        this.limits = limits;
    }

    /**
     * Makes the change, or rejects it with a reason.
     *
     * @param time the Kafka timestamp of the record that asks for it
     */
    public Verdict apply(RuleChange change, long time) {
        RuleInForce known = rules.get(change.ruleId());
        Rule inForce = known == null ? null : known.rule();
        Rule rule = change.rule();
        return rule == null ? delete(change.ruleId(), inForce, time) : replace(inForce, rule, time);
    }

    private Verdict delete(String id, @Nullable Rule inForce, long time) {
        if (inForce == null) {
            return new Verdict(
                    id,
                    null,
                    Verdict.Outcome.REJECTED,
                    "there is no rule " + Printable.quoted(id) + " to delete",
                    time);
        }
        rules.remove(id);
        stopEvaluating(id);
        changed();
        return new Verdict(id, inForce.version(), Verdict.Outcome.DELETED, null, time);
    }

    private Verdict replace(@Nullable Rule inForce, Rule rule, long time) {
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

    private @Nullable String objection(@Nullable Rule inForce, Rule rule) {
        if (inForce != null && rule.version() <= inForce.version()) {
            return "version " + rule.version() + " is not higher than version " + inForce.version()
                    + ", which is in force" + (rule.version() == inForce.version() ? " and differs from it" : "")
                    + ": send a higher one, or delete the rule first";
        }
        if (inForce == null && rules.size() >= limits.maxCount()) {
            return rules.size() + " rules are in force and at most " + limits.maxCount()
                    + " can be (rules.max-count): delete one first";
        }
        String tooLong = tooLong(rule);
        return tooLong != null ? tooLong : !rule.isEvaluated() ? null : unmeasurable(rule);
    }

    private @Nullable String tooLong(Rule rule) {
        for (Condition condition : rule.when().conditions()) {
            String field = condition.over() > limits.maxOver() ? "over" : "baseline";
            long length = Math.max(condition.over(), condition.baseline());
            if (length > limits.maxOver()) {
                return '"' + field + "\" " + Durations.format(length) + " is longer than "
                        + Durations.format(limits.maxOver()) + " (rules.max-over): use a shorter window";
            }
        }
        return null;
    }

    private @Nullable String unmeasurable(Rule rule) {
        String needsQuotes = limits.hasQuotes() ? null : needsQuotes(rule);
        if (needsQuotes != null) {
            return needsQuotes + " needs quotes, and this job has none: give it their topic (quotes.topic)";
        }
        String ofInstruments = limits.hasInstruments() ? null : ofInstruments(rule);
        if (ofInstruments != null) {
            return ofInstruments + " are those of instruments, and this job knows none: give it their topic"
                    + " (instruments.topic)";
        }
        boolean needsCloses =
                rule.when().conditions().stream().anyMatch(each -> each.metric() == Metric.DAY_CHANGE_PCT);
        if (needsCloses && !limits.hasPreviousCloses()) {
            return "dayChangePct needs the closes of days, and this job has none: its windows must have a day, such as"
                    + " 1d (windows, movers.window)";
        }
        return tooManyWindows(rule);
    }

    private @Nullable String tooManyWindows(Rule rule) {
        Set<TrailingSpan> others = windowsWithout(rule.id());
        Set<TrailingSpan> more = windowsOf(rule);
        more.removeAll(others);
        int together = others.size() + more.size();
        if (more.isEmpty() || together <= limits.maxWindows()) {
            return null;
        }
        return "it would make " + together + " windows with " + listed(more) + ", and rules can have "
                + limits.maxWindows() + " together (rules.max-windows)"
                + (others.isEmpty() ? "" : ": others have " + listed(others));
    }

    /** What of a rule has no meaning without quotes. */
    private static @Nullable String needsQuotes(Rule rule) {
        if (rule.on() == Rule.On.QUOTE) {
            return "a rule on quotes";
        }
        return rule.when().conditions().stream()
                .map(Condition::metric)
                .filter(Metric::needsQuotes)
                .map(Metric::word)
                .findFirst()
                .orElse(null);
    }

    /** What of a rule has no meaning without instruments. */
    private static @Nullable String ofInstruments(Rule rule) {
        List<String> fields = new ArrayList<>();
        if (!rule.sectors().isEmpty()) {
            fields.add("\"sectors\"");
        }
        if (!rule.venues().isEmpty()) {
            fields.add("\"venues\"");
        }
        return fields.isEmpty() ? null : String.join(" and ", fields);
    }

    private static String listed(Set<TrailingSpan> windows) {
        return String.join(", ", windows.stream().map(TrailingSpan::toString).toList());
    }

    /** Puts a rule in force that was accepted before, as from a checkpoint, whatever version and limits say. */
    public void restore(Rule rule) {
        put(new RuleInForce(rule, RuleInForce.ALWAYS, 0));
    }

    /** The same for a rule that came when the job was running. */
    public void put(RuleInForce rule) {
        String id = rule.rule().id();
        rules.put(id, rule);
        stopEvaluating(id);
        if (rule.rule().isEvaluated()) {
            evaluated.put(id, EvaluatedRule.of(rule));
            windowsOf(rule.rule()).forEach(window -> windows.merge(window, 1, Integer::sum));
        }
        counts.computeIfAbsent(id, each -> new RuleCounts());
        changed();
    }

    private void stopEvaluating(String id) {
        EvaluatedRule before = evaluated.remove(id);
        if (before != null) {
            windowsOf(before.inForce.rule())
                    .forEach(window -> windows.computeIfPresent(window, (any, rules) -> rules == 1 ? null : rules - 1));
        }
    }

    private void changed() {
        version = new Object();
        bySelected.clear();
        shared.clear();
    }

    /** For how long a trade can be taken back, in milliseconds of event time; 0 for not at all. */
    long correctionsHorizon() {
        return limits.correctionsHorizon();
    }

    /** How many rules are in force. */
    public int size() {
        return rules.size();
    }

    /** The rules in force, also those that are paused, by id. */
    public Collection<Rule> rules() {
        return rules.values().stream().map(RuleInForce::rule).toList();
    }

    /** What is counted of a rule that is in force, or was. */
    public RuleCounts counts(String ruleId) {
        return Objects.requireNonNull(counts.get(ruleId), ruleId);
    }

    /** The windows that rules need, this rule left out. */
    private Set<TrailingSpan> windowsWithout(String id) {
        Set<TrailingSpan> others = new TreeSet<>(windows.keySet());
        EvaluatedRule before = evaluated.get(id);
        if (before != null) {
            windowsOf(before.inForce.rule()).stream()
                    .filter(window -> windows.getOrDefault(window, 0) == 1)
                    .forEach(others::remove);
        }
        return others;
    }

    private static Set<TrailingSpan> windowsOf(Rule rule) {
        Set<TrailingSpan> windows = new TreeSet<>();
        for (Condition condition : rule.when().conditions()) {
            Metric metric = condition.metric();
            if (metric.isWindowed()) {
                windows.add(
                        new TrailingSpan(rule.prints(), metric.countsQuotes(), condition.over(), Condition.NO_OVER));
                windows.add(
                        new TrailingSpan(rule.prints(), metric.countsQuotes(), condition.over(), condition.baseline()));
            }
        }
        return windows;
    }

    /** Whether these are a symbol's rules as they are now, in this book. */
    boolean isCurrent(RulesOfSymbol compiled) {
        return compiled.isOf(version);
    }

    /** The rules that apply to the instrument and are not paused. Instruments to which the same ones apply share them. */
    RulesOfSymbol rulesOf(Instrument instrument) {
        Selected selected = new Selected(instrument.symbol(), instrument.sector(), instrument.venue());
        RulesOfSymbol cached = bySelected.get(selected);
        if (cached != null) {
            return cached;
        }
        if (bySelected.size() >= MAX_CACHED) {
            bySelected.clear();
            shared.clear();
        }
        List<RuleInForce> applying = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (EvaluatedRule each : evaluated.values()) {
            if (each.appliesTo(selected)) {
                applying.add(each.inForce);
                ids.add(each.inForce.rule().id());
            }
        }
        RulesOfSymbol rules = shared.computeIfAbsent(ids, all -> RulesOfSymbol.of(applying, counts, version));
        bySelected.put(selected, rules);
        return rules;
    }
}
