package io.tapewatch.local;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the prices that came in have gone, or the quotes, or the instruments. Each was counted in a result, or taken, is a
 * dead letter, or is of a symbol that is not watched; what is none of these is the difference.
 *
 * @param kind what came in
 * @param in how many came in, heartbeats left out
 * @param counted how many were taken; of prices, those that were counted in a window at least
 * @param deadLetters how many were not, by reason
 * @param unwatched how many were of symbols that are not watched
 */
public record Account(Kind kind, long in, long counted, SortedMap<String, Long> deadLetters, long unwatched) {

    /** What an account can be of. */
    public enum Kind {
        PRICES("in", "counted"),
        QUOTES("quotes in", "taken"),
        INSTRUMENTS("instruments in", "taken");

        private final String in;
        private final String counted;

        Kind(String in, String counted) {
            this.in = in;
            this.counted = counted;
        }
    }

    public Account {
        SortedMap<String, Long> some = new TreeMap<>(deadLetters);
        some.values().removeIf(count -> count == 0);
        deadLetters = Collections.unmodifiableSortedMap(some);
    }

    /** The same, of as many as were sent. */
    Account of(long sent) {
        return new Account(kind, sent, counted, deadLetters, unwatched);
    }

    /** How many of them are dead letters, for whatever reason. */
    public long dead() {
        return deadLetters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many are none of these; negative if more are than came in. */
    public long difference() {
        return in - counted - dead() - unwatched;
    }

    /** Whether nothing disappeared. */
    public boolean balances() {
        return difference() == 0;
    }

    /**
     * {@code 100,000 in = 99,990 counted + 10 dead letters (too-late 10); difference 0}, or of quotes {@code 203,999 quotes
     * in = 203,990 taken + 9 dead letters (bad-price 9); difference 0}.
     */
    @Override
    public String toString() {
        return sum() + "; difference " + grouped(difference());
    }

    /** The same for a run that was cut short: what is neither is still in flight. */
    String soFar() {
        return sum() + " + " + grouped(difference()) + " in flight";
    }

    private String sum() {
        return grouped(in) + " " + kind.in + " = " + grouped(counted) + " " + kind.counted + " + " + grouped(dead())
                + " dead letters"
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

    /** {@code 1 price}, {@code 12,345 prices}. */
    public static String counted(long count, String what) {
        return grouped(count) + " " + what + (count == 1 ? "" : "s");
    }
}
