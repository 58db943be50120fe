package io.tapewatch.local;

import static io.tapewatch.local.Account.grouped;

import io.tapewatch.feed.simulated.Incident;
import io.tapewatch.feed.simulated.IncidentKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Of the incidents that were planted in a simulated market, how many were flagged, and by which rules.
 *
 * <p>An incident counts as flagged if a flag on its symbol has an event time from its start to a little after its end,
 * whatever the rule, and no later incident of the symbol has begun by then. Other flags on simulated symbols are counted,
 * too. A flag that is published again is still one. Any thread may use it.
 */
final class Scoreboard {

    /** For how long after its end an incident may be what a rule has found: it is still in the rule's window. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final String LINE = "%-16s %9s %9s   %s";

    /** Where the last column of a line begins. */
    static final int LAST_COLUMN = 39;

    private final Set<String> symbols;
    private final List<Incident> planted = new ArrayList<>();
    private final Map<String, Set<Flagged>> flags = new HashMap<>();

    private record Flagged(String rule, long time) {}

    /** An incident, and the rules that found it; none if none did. */
    private record Score(Incident incident, Set<String> rules) {}

    /** @param symbols those that are simulated */
    Scoreboard(Collection<String> symbols) {
        this.symbols = Set.copyOf(symbols);
    }

    /** An incident was planted. */
    synchronized void planted(Incident incident) {
        planted.add(incident);
    }

    /**
     * A flag was raised.
     *
     * @param time its event time, in epoch milliseconds
     */
    synchronized void flagged(String rule, String symbol, long time) {
        if (symbols.contains(symbol)) {
            flags.computeIfAbsent(symbol, each -> new LinkedHashSet<>()).add(new Flagged(rule, time));
        }
    }

    /** A heading, a line for each kind of incident that was planted, their sum, and what else was flagged. */
    synchronized List<String> lines() {
        List<Score> scores =
                planted.stream().map(each -> new Score(each, found(each))).toList();
        List<String> lines = new ArrayList<>();
        lines.add(line("planted", "clear", "subtle", "found by"));
        for (IncidentKind kind : IncidentKind.values()) {
            List<Score> ofKind = scores.stream()
                    .filter(score -> score.incident.kind() == kind)
                    .toList();
            if (!ofKind.isEmpty()) {
                lines.add(line(kind.word(), found(ofKind, true), found(ofKind, false), rules(ofKind)));
            }
        }
        lines.add(line("all", found(scores, true), found(scores, false), ""));
        lines.add("other flags on simulated symbols: " + others());
        return lines;
    }

    private static String line(String kind, String clear, String subtle, String by) {
        return String.format(Locale.ROOT, LINE, kind, clear, subtle, by).stripTrailing();
    }

    private Set<String> found(Incident incident) {
        return flags.getOrDefault(incident.symbol(), Set.of()).stream()
                .filter(flag -> incident.equals(cause(incident.symbol(), flag)))
                .map(Flagged::rule)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The incident that a flag has found: the one that began last, if it is not over for long. */
    private @Nullable Incident cause(String symbol, Flagged flag) {
        return planted.stream()
                .filter(incident -> incident.symbol().equals(symbol) && incident.start() <= flag.time)
                .max(Comparator.comparingLong(Incident::start))
                .filter(incident -> flag.time <= incident.end() + GRACE.toMillis())
                .orElse(null);
    }

    /** {@code 5 of 6}. */
    private static String found(List<Score> scores, boolean clear) {
        List<Score> such =
                scores.stream().filter(score -> score.incident.clear() == clear).toList();
        long found = such.stream().filter(score -> !score.rules.isEmpty()).count();
        return found + " of " + such.size();
    }

    /** {@code price-spike 6, outlier 2}: how many of these each rule found, the best first. */
    private static String rules(List<Score> scores) {
        return counts(scores.stream().flatMap(score -> score.rules.stream()).toList());
    }

    private String others() {
        List<String> rules = new ArrayList<>();
        flags.forEach((symbol, ofSymbol) ->
                ofSymbol.stream().filter(flag -> cause(symbol, flag) == null).forEach(flag -> rules.add(flag.rule)));
        return grouped(rules.size()) + (rules.isEmpty() ? "" : " (" + counts(rules) + ")");
    }

    private static String counts(List<String> rules) {
        Map<String, Long> counts =
                rules.stream().collect(Collectors.groupingBy(rule -> rule, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(rule -> rule.getKey() + " " + grouped(rule.getValue()))
                .collect(Collectors.joining(", "));
    }
}
