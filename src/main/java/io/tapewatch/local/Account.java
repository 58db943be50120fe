package io.tapewatch.local;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the prices that came in have gone. Each was counted in a result, is a dead letter, or is of a symbol that is not
 * watched; what is none of these is the difference.
 *
 * @param in how many came in; heartbeats are not prices
 * @param counted how many were counted in a window at least
 * @param deadLetters how many were not, by reason
 * @param unwatched how many were of symbols that are not watched
 */
public record Account(long in, long counted, SortedMap<String, Long> deadLetters, long unwatched) {

    public Account {
        SortedMap<String, Long> some = new TreeMap<>(deadLetters);
        some.values().removeIf(count -> count == 0);
        deadLetters = Collections.unmodifiableSortedMap(some);
    }

    /** How many prices are dead letters, for whatever reason. */
    public long dead() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many prices are none of these; negative if more are than came in. */
    public long difference() {
        return in - counted - dead() - unwatched;
    }

    /** Whether nothing disappeared. */
    public boolean balances() {
        return difference() == 0;
    }

    /** {@code 100,000 in = 99,990 counted + 10 dead letters (too-late 10); difference 0}. */
    @Override
    public String toString() {
        return sum() + "; difference " + grouped(difference());
    }

    /** The same for a run that was cut short: what is neither is still on its way. */
    String soFar() {
        return sum() + " + " + grouped(difference()) + " on their way";
    }

    private String sum() {
        return grouped(in) + " in = " + grouped(counted) + " counted + " + grouped(dead()) + " dead letters"
                + reasons()
                + (unwatched == 0 ? "" : " + " + grouped(unwatched) + " of symbols not watched");
    }

    private String reasons() {
        if (deadLetters.isEmpty()) {
            return "";
        }
        return deadLetters.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(reason -> reason.getKey() + " " + grouped(reason.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
